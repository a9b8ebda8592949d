import type { Channel, Emr, Intent } from '../domain/answer/choices.ts'
import type { Answers } from '../domain/answer/submission.ts'
import type { Hospital } from '../domain/master/hospital.ts'
import type { Period } from '../domain/survey/period.ts'
import type { Random } from './random.ts'

export interface DemoAnswer {
  hospital: Hospital
  answers: Answers
  channel: Channel
  submittedAt: Date
  /** What the hospital said in the GMIS survey; null where it took no part. */
  gmis: { offlineBackup: boolean | null; bcp: boolean | null; networkControl: boolean | null } | null
}

/** About 160 of 225 answer, up to `now`, at the rates the ministry's surveys show for each bed size. */
export function demoAnswers(random: Random, hospitals: Hospital[], period: Period, now: Date): DemoAnswer[] {
  const answered = hospitals.filter(({ beds }) => random.chance(beds < 100 ? 0.64 : 0.8))
  return answered
    .map((hospital, index) => {
      const given = answer(random, hospital, momentIn(random, period, now))
      const masterCorrection = STATEMENTS.get(index)?.(hospital) ?? null
      return { ...given, answers: { ...given.answers, masterCorrection } }
    })
    .sort((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime())
}

function answer(random: Random, hospital: Hospital, submittedAt: Date): DemoAnswer {
  const band = bandIndex(hospital.beds)
  const emr = emrOf(random, band)
  const intent = emr === 'none' ? random.weighted(INTENT_WITHOUT_EMR) : random.weighted(INTENT)
  const answers: Answers = {
    department: random.pick(['事務部', '総務課', '医療情報管理室', '情報システム課', '経営企画室']),
    contactName: `${random.pick(FAMILY_NAMES)} ${random.pick(GIVEN_NAMES)}`,
    phone: hospital.phone!,
    email: hospital.email!,
    emr,
    emrPlannedMonth: emr === 'planned' ? plannedMonth(random, submittedAt) : null,
    intent,
    gmisConsent: random.chance(0.78),
    masterCorrection: null,
    extra: {},
    remarks: random.chance(0.12) ? random.pick(REMARKS) : null,
  }
  const channel = random.weighted<Channel>([
    ['web', 88],
    ['fax', 7],
    ['phone', 3],
    ['mail', 2],
  ])
  return { hospital, answers, channel, submittedAt, gmis: random.chance(0.655) ? gmisOf(random, band) : null }
}

/** What some hospitals state of their entry in the master, by their places among those that answer. */
const STATEMENTS = new Map<number, (hospital: Hospital) => string>([
  [12, ({ beds }) => `許可病床数は${beds + 4}床です（一般病床を4床増やしました）。`],
  [57, () => '在宅療養支援の体制に変わりはありませんが、救急告示病院の指定を受けています。'],
])

/** Full and partly introduced together are the national rate of the bed size. */
function emrOf(random: Random, band: number): Emr {
  if (random.chance(EMR_RATE[band]!)) return random.chance(0.85) ? 'full' : 'partial'
  return random.chance(0.4) ? 'planned' : 'none'
}

function gmisOf(random: Random, band: number): NonNullable<DemoAnswer['gmis']> {
  const known = (yes: number) => (random.chance(0.06) ? null : random.chance(yes))
  return { offlineBackup: known(0.48), bcp: known(BCP_RATE[band]!), networkControl: known(0.44) }
}

const EMR_RATE = [0.57, 0.7, 0.75, 0.86, 0.91, 0.97]
const BCP_RATE = [0.14, 0.21, 0.24, 0.32, 0.38, 0.45]
const INTENT: [Intent, number][] = [
  ['both', 64],
  ['network', 7],
  ['backup', 9],
  ['undecided', 8],
  ['none', 12],
]
const INTENT_WITHOUT_EMR: [Intent, number][] = [
  ['both', 10],
  ['undecided', 20],
  ['none', 70],
]

function bandIndex(beds: number): number {
  return Math.max(0, Math.min(5, Math.floor(beds / 100)))
}

/** From two months to two years ahead: some are in time for the support, some are not. */
function plannedMonth(random: Random, from: Date): string {
  const month = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + random.between(2, 24), 1))
  return month.toISOString().slice(0, 7)
}

/** Most people answer in office hours, and many of them at once or at the end. */
function momentIn(random: Random, period: Period, now: Date): Date {
  const days = Math.floor((now.getTime() - period.opensAt.getTime()) / DAY)
  const day = random.chance(0.4) ? random.between(0, 1) : random.between(0, Math.max(0, days - 1))
  const minutes = random.between(9 * 60, 17 * 60 + 30)
  const moment = period.opensAt.getTime() + day * DAY + minutes * 60_000 + random.between(0, 59) * 1000
  return new Date(Math.min(moment, now.getTime() - random.between(1, 3_600_000)))
}

const DAY = 24 * 60 * 60 * 1000

const FAMILY_NAMES = ['架空', '試験', '見本', '仮名', '例示', '模擬']
const GIVEN_NAMES = ['一郎', '花子', '次郎', '桜', '健', '恵', '誠', '葵', '実', '薫']
const REMARKS = [
  '電子カルテの更新を来年度に予定しています。日程の調整をお願いします。',
  '診療への影響が少ない土曜日の午後を希望します。',
  'バックアップの方式について、事前に相談させてください。',
  'システムベンダーの立会いを希望します。',
  '部門システムは電子カルテとは別のネットワークで運用しています。',
]
