import { HOSPITAL_FUNCTIONS } from '../../domain/master/hospital.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { bandIndexOf, bandLabel, NO_BAND } from '../../domain/selection/bands.ts'
import type { HospitalResult } from '../../domain/selection/result.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { phoneText } from '../../domain/text/phone.ts'
import { CLOSED, hospitalSheetColumns, TOLD_BESIDE } from '../../files/hospitals/sheet-columns.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { UNDRAWN, undrawnCodes } from '../../office/lot/in-force.ts'
import type { ListedHospital } from '../../office/master/rows.ts'
import { type ConfirmedResult, confirmedText } from '../../office/rounds/confirmed.ts'
import { leftOutText } from '../../office/rounds/held-seats.ts'
import { hospitalLink, submissionLink, type Tone, tag } from '../list/cell.ts'
import type { Column } from '../list/table.ts'

/**
 * The hospital sheet, which can be read in again as it is; what is confirmed of each, once a round is, and what the draft
 * says of it.
 */
export function hospitalColumns(draft: Draft, isConfirmed: boolean): Column<ListedHospital>[] {
  const decided = isConfirmed ? [confirmedColumn, nextColumn(draft)] : [decisionColumn(draft)]
  return [...SHEET, bandColumn(draft), answerColumn, ...decided]
}

/**
 * The decision beside the name, so that a narrow window has it in sight.
 * @param isSupported some of them were supported in an earlier year
 */
export function hospitalsOnPage(isConfirmed: boolean, isSupported: boolean): string[] {
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
    ...(isSupported ? ['過去の支援年度'] : []),
  ]
}

/** What the page tells in another way than the sheet does. */
const ON_PAGE: Record<string, Partial<Column<ListedHospital>>> = {
  医療機関コード: {
    cell: ({ hospital }) => hospital.medicalCode ?? NOT_KNOWN,
    look: 'mono keep',
    sort: 'code',
  },
  医療機関名: {
    label: '病院',
    cell: ({ hospital }) => hospitalLink(hospital.key, hospital.name),
    look: 'name',
    sort: 'name',
  },
  二次医療圏: { label: '医療圏', look: 'keep', sort: 'region' },
  市町村: { cell: ({ hospital }) => hospital.municipality ?? '－', look: 'keep', sort: 'municipality' },
  許可病床数: { label: '病床数', look: 'number', sort: 'beds' },
  医療機能: {
    cell: ({ hospital }) => hospital.functions.map((id) => labelOf(HOSPITAL_FUNCTIONS, id)).join('、'),
  },
  立入検査: { look: 'keep', sort: 'inspection' },
  電話番号: { cell: ({ hospital: { phone } }) => (phone ? phoneText(phone) : NOT_KNOWN), look: 'keep' },
  メールアドレス: { cell: ({ hospital }) => hospital.email ?? NOT_KNOWN, look: 'mail' },
}

const NOT_KNOWN = '（登録なし）'

const SHEET: readonly Column<ListedHospital>[] = hospitalSheetColumns.map(({ header, value }) => ({
  header,
  value: ({ hospital }) => value(hospital),
  ...ON_PAGE[header],
}))

function bandColumn({ policy: { bands } }: Draft): Column<ListedHospital> {
  return {
    header: '病床規模区分',
    cell: ({ hospital }) => {
      const band = bands[bandIndexOf(bands, hospital.beds)]
      return band ? bandLabel(band) : NO_BAND.label
    },
    look: 'keep',
  }
}

/** What stands where others have what the draft says of them. */
function outText({ hospital }: ListedHospital): string {
  return hospital.mergedInto === null ? CLOSED : '統合済み'
}

const answerColumn: Column<ListedHospital> = {
  header: '回答',
  cell: ({ submission }) => (submission ? submissionLink(submission.number) : 'なし'),
  look: 'keep',
  sort: 'answer',
}

/** What is confirmed comes first: the draft is of a round that comes after it. */
const confirmedColumn: Column<ListedHospital> = {
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

function nextColumn(draft: Draft): Column<ListedHospital> {
  const { reading, snapshot, held } = draft
  const undrawn = undrawnCodes(draft)
  const { decision } = reading.texts
  // Which other round it is no snapshot says.
  const why = (row: HospitalResult) => {
    const leftOut = row.reason?.startsWith('already_') ? held.leftOut.get(row.code) : undefined
    return leftOut ? leftOutText(leftOut) : reading.texts.why(row)
  }
  const ofRow = (row: ListedHospital) => {
    const { result } = row
    if (!result) return outText(row)
    return result.decision === 'ineligible' ? why(result) : decision(result)
  }
  return {
    header: '次の選定での扱い',
    label: `${roundLabel(snapshot.round)}での扱い`,
    value: ofRow,
    cell: (row) =>
      row.result && row.result.decision !== 'ineligible'
        ? [
            tag(toneOf(row.result), decision(row.result)),
            ...(undrawn.has(row.result.code) ? [tag('warn', UNDRAWN)] : []),
          ]
        : ofRow(row),
  }
}

function decisionColumn(draft: Draft): Column<ListedHospital> {
  const { reading } = draft
  const undrawn = undrawnCodes(draft)
  return {
    header: '選定案での判定',
    cell: (row) =>
      row.result
        ? [
            tag(toneOf(row.result), reading.texts.decision(row.result)),
            ...(undrawn.has(row.result.code) ? [tag('warn', UNDRAWN)] : []),
          ]
        : tag('muted', outText(row)),
  }
}

function toneOf({ decision }: HospitalResult): Tone {
  return decision === 'selected' ? 'ok' : 'muted'
}
