import { SUBMISSION_STATES } from '../../domain/answer/submission.ts'
import { HOSPITAL_FUNCTIONS } from '../../domain/master/hospital.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { hospitalSheetColumns } from '../../files/hospitals/sheet-columns.ts'
import type { Draft } from '../../office/draft/draft.ts'
import type { HospitalRow } from '../../office/master/rows.ts'
import { hospitalLink, submissionLink, tag } from '../list/cell.ts'
import { type Column, pickColumns } from '../list/table.ts'

/** The hospital sheet, which can be read in again as it is, and on the page what the draft says of each. */
export function hospitalColumns(draft: Draft): Column<HospitalRow>[] {
  return [...SHEET, bandColumn(draft), answerColumn, decisionColumn(draft)]
}

export const HOSPITALS_ON_PAGE = [
  '医療機関名',
  '医療機関コード',
  '二次医療圏',
  '市町村',
  '許可病床数',
  '病床規模区分',
  '医療機能',
  '立入検査',
  '回答',
  '選定案での判定',
]

/** For the calls that follow the deadline's approach. */
export function nonrespondentColumns(draft: Draft): Column<HospitalRow>[] {
  const known = [
    '医療機関コード',
    '医療機関名',
    '二次医療圏',
    '市町村',
    '許可病床数',
    '電話番号',
    'メールアドレス',
  ]
  return [...pickColumns(SHEET, known), bandColumn(draft), othersColumn]
}

export const NONRESPONDENTS_ON_PAGE = [
  '医療機関名',
  '二次医療圏',
  '市町村',
  '許可病床数',
  '病床規模区分',
  '電話番号',
  'メールアドレス',
  'そのほかの回答',
]

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
  電話番号: { cell: ({ hospital }) => hospital.phone ?? NOT_KNOWN, look: 'keep' },
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

function decisionColumn({ reading }: Draft): Column<HospitalRow> {
  return {
    header: '選定案での判定',
    cell: ({ result: row }) => tag(row.decision === 'selected' ? 'ok' : 'muted', reading.texts.decision(row)),
  }
}

const othersColumn: Column<HospitalRow> = {
  header: 'そのほかの回答',
  value: ({ others }) =>
    others.map(({ number, state }) => `${number}（${labelOf(SUBMISSION_STATES, state)}）`).join('、') || null,
}
