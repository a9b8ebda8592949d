import type { Stores } from '../db/stores.ts'
import { Sealed } from '../domain/answer/sealed.ts'
import type { NewSubmission } from '../domain/answer/submission.ts'
import { HOSPITAL_FIELDS, type Hospital } from '../domain/master/hospital.ts'
import type { Policy } from '../domain/selection/policy.ts'
import { periodOf } from '../domain/survey/period.ts'
import { isoDayText } from '../domain/text/dates.ts'
import { type DemoAnswer, demoAnswers } from './answers.ts'
import { addCalls } from './calls.ts'
import { answers2026, askEdition2026, hospitals2026, POLICY_2026 } from './edition-2026.ts'
import { demoHospitals } from './hospitals.ts'
import { seededRandom } from './random.ts'

const DAY = 24 * 60 * 60 * 1000
const ACTOR = 'demo'

/** The survey as it is shipped, or one that asks more. */
export const DEMO_EDITIONS = ['r6', 'r8'] as const
export type DemoEdition = (typeof DEMO_EDITIONS)[number]

/** Fills an empty survey, in the middle of its period, so that every page has something to show. */
export function fillDemo(stores: Stores, now: Date, edition: DemoEdition = 'r6'): void {
  const random = seededRandom(20240308)
  const asksMore = edition === 'r8'
  if (asksMore) askEdition2026(stores, now)
  setDates(stores, now, asksMore ? POLICY_2026 : {})
  const hospitals = asksMore ? hospitals2026(demoHospitals(random)) : demoHospitals(random)
  stores.hospitals.import({ hospitals, fields: HOSPITAL_FIELDS }, { actor: ACTOR, at: now, source: 'demo' })
  const given = demoAnswers(random, hospitals, periodOf(stores.settings.read())!, now)
  const answers = asksMore ? answers2026(given) : given
  for (const answer of answers) save(stores, { kind: 'master', code: answer.hospital.key }, answer)
  importGmis(stores, answers, now)
  addWhatWaits(stores, answers, hospitals, now)
  const answered = new Set(answers.map(({ hospital }) => hospital.key))
  const without = hospitals.filter(({ key }) => !answered.has(key))
  addCalls(
    stores,
    without.map(({ key }) => key),
    now,
  )
}

/** The notice went out a week ago and the deadline is four days ahead; the programme is next fiscal year's. */
function setDates(stores: Stores, now: Date, further: Partial<Policy>): void {
  const day = (offset: number) => isoDayText(new Date(now.getTime() + offset * DAY))
  const fiscalYear = Number(day(0).slice(0, 4)) + (Number(day(0).slice(5, 7)) >= 4 ? 1 : 0)
  stores.settings.change(
    {
      issuedOn: day(-7),
      opensAt: day(-7),
      closesAt: day(4),
      fiscalYear: String(fiscalYear),
      contractorContactFrom: `${fiscalYear}-04`,
      gmisSurveyOn: day(-45),
      nationalSeats: '2000',
      contactPhone: '099-000-0000',
      contactEmail: 'imu@pref.example.jp',
    },
    { actor: ACTOR, at: now },
  )
  const { policy } = stores.policies.current()
  stores.policies.save(
    { ...policy, supportPeriodEnd: `${fiscalYear + 1}-03`, lotterySeed: day(5), ...further },
    { actor: ACTOR, at: now, note: 'デモ用の選定基準' },
  )
}

function save(stores: Stores, hospital: NewSubmission['hospital'], answer: DemoAnswer, index = 0): void {
  const serial = answer.hospital.key.slice(5, 9)
  stores.submissions.save(
    { submissionId: `00000000-0000-4000-8000-0000${serial}000${index}`, hospital, answers: answer.answers },
    { at: answer.submittedAt, channel: answer.channel, actor: ACTOR },
  )
}

function importGmis(stores: Stores, answers: DemoAnswer[], now: Date): void {
  const rows = answers.flatMap(({ hospital, gmis }) =>
    gmis ? [[hospital.key, new Sealed(gmis)] as const] : [],
  )
  stores.gmis.import(new Map(rows), { actor: ACTOR, at: now, source: 'demo' })
}

/** Two answers that came twice and one from a hospital outside the master: what an officer has to settle. */
function addWhatWaits(stores: Stores, answers: DemoAnswer[], hospitals: Hospital[], now: Date): void {
  const later = { submittedAt: new Date(now.getTime() - 30 * 60_000), channel: 'web' as const }
  for (const answer of answers.slice(3, 5)) {
    const again = { ...answer, ...later, answers: { ...answer.answers, intent: 'network' as const } }
    save(stores, { kind: 'master', code: answer.hospital.key }, again, 1)
  }
  const name = '分院 うぐいす色クリニック'
  const typed = { kind: 'other' as const, name, address: '鹿児島県鹿児島市架空町10番10号', beds: 32 }
  save(stores, typed, { ...answers[0]!, ...later, hospital: hospitals[0]! }, 2)
}
