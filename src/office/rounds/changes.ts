import type { Stores } from '../../db/stores.ts'
import type { FurtherQuestion } from '../../domain/answer/further.ts'
import { changedLines } from '../../domain/answer/lines.ts'
import { HOSPITAL_FUNCTIONS, INSPECTIONS } from '../../domain/master/hospital.ts'
import { overrideLabel } from '../../domain/record/override.ts'
import {
  entriesOf,
  type RegisterEntry,
  type RegisterHospital,
  registerOf,
} from '../../domain/record/register.ts'
import type { Candidate } from '../../domain/selection/snapshot.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { FrozenRound } from './frozen.ts'

interface ChangedLine {
  label: string
  before: string
  after: string
}

/** 確定後の変更: what is known of a hospital today, where it is not what was frozen. The round itself never moves. */
export interface HospitalChange {
  /** The hospital's key. */
  code: string
  medicalCode: string | null
  name: string
  /** 選定, 補欠第3位, 辞退, 対象外 */
  place: string
  isSelected: boolean
  lines: ChangedLine[]
}

/** What is known of a hospital, frozen or today. */
interface Known extends RegisterEntry {
  gmis: Candidate['gmis']
}

export interface KnownToday {
  /** By the hospital's key. */
  hospitals: ReadonlyMap<string, Known>
  /** The further questions that answers are read by. */
  further: readonly FurtherQuestion[]
}

export function knownToday({ hospitals, submissions, overrides, gmis, questions }: Stores): KnownToday {
  const consented = gmis.all()
  const register = registerOf({
    prefecture: '',
    ministryColumns: [],
    hospitals: hospitals.all(),
    submissions: submissions.all(),
    overrides: overrides.active(),
  })
  const known = new Map(
    Array.from(entriesOf(register), ([code, entry]) => [
      code,
      { ...entry, gmis: entry.answers?.gmisConsent ? (consented.get(code) ?? null) : null },
    ]),
  )
  return { hospitals: known, further: questions.all() }
}

/** Every hospital of which something changed: the selected first, then by their places. */
export function changesSince(frozen: FrozenRound, today: KnownToday): HospitalChange[] {
  const { reading, register } = frozen
  const entries = entriesOf(register)
  const changes = reading.rows.flatMap((row): HospitalChange[] => {
    const before: Known = { ...entries.get(row.code)!, gmis: reading.candidate(row.code).gmis }
    const lines = linesOf(before, today, reading.place)
    if (lines.length === 0) return []
    const isSelected = row.decision === 'selected'
    const { name, medicalCode } = before.hospital
    const place = reading.texts.decision(row)
    return [{ code: row.code, medicalCode, name, place, isSelected, lines }]
  })
  return changes.toSorted((a, b) => Number(b.isSelected) - Number(a.isSelected))
}

function linesOf(before: Known, { hospitals, further }: KnownToday, place: Prefecture): ChangedLine[] {
  const after = hospitals.get(before.hospital.code)
  if (!after) return [{ label: '病院台帳', before: 'あり', after: 'なし' }]
  return [
    ...differences(masterLines(before.hospital), masterLines(after.hospital)),
    ...answerChanges(before, after, further),
    ...differences(gmisLines(before.gmis), gmisLines(after.gmis)),
    ...differences([overrideLine(before, place)], [overrideLine(after, place)]),
  ]
}

function answerChanges(before: Known, after: Known, further: readonly FurtherQuestion[]): ChangedLine[] {
  if (before.answers === null || after.answers === null) {
    if (before.answers === after.answers) return []
    return [
      { label: '有効な回答', before: before.number ?? 'なし', after: after.number ?? 'なし（取下げなど）' },
    ]
  }
  const other = differences([['有効な回答', before.number!]], [['有効な回答', after.number!]])
  return [...other, ...changedLines(before.answers, after.answers, further)]
}

function masterLines(hospital: RegisterHospital): [label: string, text: string][] {
  const { name, region, address, beds, functions, inspection, phone, email } = hospital
  return [
    ['病院名', name],
    ['二次医療圏', region],
    ['所在地', address ?? ''],
    ['許可病床数', `${beds}床`],
    ['医療機能', functions.map((id) => labelOf(HOSPITAL_FUNCTIONS, id)).join('、')],
    ['立入検査の結果', labelOf(INSPECTIONS, inspection)],
    ['台帳の電話番号', phone ?? ''],
    ['台帳のメールアドレス', email ?? ''],
  ]
}

function gmisLines(gmis: Candidate['gmis']): [label: string, text: string][] {
  return [
    ['GMIS調査：オフライン・バックアップ', yesOrNo(gmis?.offlineBackup)],
    ['GMIS調査：BCPの策定', yesOrNo(gmis?.bcp)],
    ['GMIS調査：外部接続点の管理', yesOrNo(gmis?.networkControl)],
  ]
}

function yesOrNo(value: boolean | null | undefined): string {
  return value === true ? 'はい' : value === false ? 'いいえ' : '不明'
}

function overrideLine({ override }: Known, place: Prefecture): [label: string, text: string] {
  const text = override ? `${overrideLabel(override.kind, place)}：${override.reason}` : 'なし'
  return [`${place.kind}の判断`, text]
}

function differences(
  before: [label: string, text: string][],
  after: [label: string, text: string][],
): ChangedLine[] {
  return before
    .map(([label, text], index) => ({
      label,
      before: text || '（なし）',
      after: after[index]![1] || '（なし）',
    }))
    .filter((line) => line.before !== line.after)
}
