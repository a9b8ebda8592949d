import { HOSPITAL_FUNCTIONS } from '../../domain/master/hospital.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { phoneText } from '../../domain/text/phone.ts'
import { hospitalSheetColumns, TOLD_BESIDE } from '../../files/hospitals/sheet-columns.ts'
import type { Draft } from '../../office/draft/draft.ts'
import type { HospitalRow } from '../../office/master/rows.ts'
import { type ConfirmedResult, confirmedText } from '../../office/rounds/confirmed.ts'
import { leftOutText } from '../../office/rounds/held-seats.ts'
import { hospitalLink, submissionLink, type Tone, tag } from '../list/cell.ts'
import type { Column } from '../list/table.ts'

/**
 * The hospital sheet, which can be read in again as it is; what is confirmed of each, once a round is, and what the draft
 * says of it.
 */
export function hospitalColumns(draft: Draft, isConfirmed: boolean): Column<HospitalRow>[] {
  const decided = isConfirmed ? [confirmedColumn, nextColumn(draft)] : [decisionColumn(draft)]
  return [...SHEET, bandColumn(draft), answerColumn, ...decided]
}

/** The decision beside the name, so that a narrow window has it in sight. */
export function hospitalsOnPage(isConfirmed: boolean): string[] {
  return [
    '医療機関名',
    ...(isConfirmed ? TOLD_BESIDE : ['選定案での判定']),
    '回答',
    '医療機関コード',
    '二次医療圏',
    '市町村',
    '許可病床数',
    '病床規模区分',
    '医療機能',
    '立入検査',
  ]
}

/** What the page tells in another way than the sheet does. */
const ON_PAGE: Record<string, Partial<Column<HospitalRow>>> = {
  医療機関コード: { cell: ({ hospital }) => hospital.medicalCode ?? NOT_KNOWN, look: 'mono keep' },
  医療機関名: {
    label: '病院',
    cell: ({ hospital }) => hospitalLink(hospital.key, hospital.name),
    look: 'name',
  },
  二次医療圏: { label: '医療圏', look: 'keep' },
  市町村: { cell: ({ hospital }) => hospital.municipality ?? '－', look: 'keep' },
  許可病床数: { label: '病床数', look: 'number' },
  医療機能: {
    cell: ({ hospital }) => hospital.functions.map((id) => labelOf(HOSPITAL_FUNCTIONS, id)).join('、'),
  },
  立入検査: { look: 'keep' },
  電話番号: { cell: ({ hospital: { phone } }) => (phone ? phoneText(phone) : NOT_KNOWN), look: 'keep' },
  メールアドレス: { cell: ({ hospital }) => hospital.email ?? NOT_KNOWN, look: 'mail' },
}

const NOT_KNOWN = '（登録なし）'

const SHEET: readonly Column<HospitalRow>[] = hospitalSheetColumns.map(({ header, value }) => ({
  header,
  value: ({ hospital }) => value(hospital),
  ...ON_PAGE[header],
}))

function bandColumn({ reading }: Draft): Column<HospitalRow> {
  return { header: '病床規模区分', cell: ({ result }) => reading.bandLabel(result.band), look: 'keep' }
}

const answerColumn: Column<HospitalRow> = {
  header: '回答',
  cell: ({ submission }) => (submission ? submissionLink(submission.number) : 'なし'),
  look: 'keep',
}

/** What is confirmed comes first: the draft is of a round that comes after it. */
const confirmedColumn: Column<HospitalRow> = {
  header: '確定結果',
  value: ({ confirmed }) => confirmed && confirmedText(confirmed),
  cell: ({ confirmed }) =>
    confirmed === null
      ? []
      : [tag(CONFIRMED_TONES[confirmed.kind], confirmed.text), { kind: 'small', text: confirmed.detail }],
}

export const CONFIRMED_TONES: Record<ConfirmedResult['kind'], Tone> = {
  selected: 'ok',
  waitlisted: 'muted',
  declined: 'warn',
  out: 'muted',
}

function nextColumn({ reading, snapshot, held }: Draft): Column<HospitalRow> {
  const { decision } = reading.texts
  // Which other round it is no snapshot says.
  const why = (row: HospitalRow['result']) => {
    const leftOut = row.reason?.startsWith('already_') ? held.leftOut.get(row.code) : undefined
    return leftOut ? leftOutText(leftOut) : reading.texts.why(row)
  }
  const ofRow = ({ result }: HospitalRow) =>
    result.decision === 'ineligible' ? why(result) : decision(result)
  return {
    header: '次の選定での扱い',
    label: `${roundLabel(snapshot.round)}での扱い`,
    value: ofRow,
    cell: ({ result }) =>
      result.decision === 'ineligible' ? why(result) : tag(toneOf(result), decision(result)),
  }
}

function decisionColumn({ reading }: Draft): Column<HospitalRow> {
  return {
    header: '選定案での判定',
    cell: ({ result: row }) => tag(toneOf(row), reading.texts.decision(row)),
  }
}

function toneOf({ decision }: HospitalRow['result']): Tone {
  return decision === 'selected' ? 'ok' : 'muted'
}
