import { LIMITS } from '../../domain/answer/questions.ts'
import { BED_TYPE_IDS, type Hospital } from '../../domain/master/hospital.ts'
import type { CellField } from '../../domain/master/open-cells.ts'
import { firstUnknownCharacter } from '../../domain/text/cp932.ts'
import { isEmail, readEmail } from '../../domain/text/email.ts'
import { readPhone } from '../../domain/text/phone.ts'
import { normaliseDigits } from '../../domain/text/text.ts'
import type { RowIssue } from '../table/row-issue.ts'
import { headerKey, type TableRecord } from '../table/table.ts'
import type { HospitalFileOptions } from './reading.ts'
import { NO_PLACE } from './region.ts'
import { HospitalRow } from './row.ts'
import { readSheetRow, SHEET_NAME_COLUMN } from './sheet.ts'
import { hospitalSheetColumns } from './sheet-columns.ts'

/** What of the sheet a person types into a form. 施設基準 come by the bureau's list, 状態 by an act of its own. */
export const TYPED_COLUMNS = hospitalSheetColumns.filter(
  ({ cell }) => cell !== 'filings' && cell !== 'isClosed',
)

export type TypedCells = Partial<Record<CellField, string>>

/** What is wrong with a field, or doubtful, in Japanese. */
export interface FieldIssue {
  field: CellField
  message: string
}

interface TypedHospitalReading {
  /** With 医療機関コード or else 機関コード as its key. Null where something is wrong. */
  hospital: Hospital | null
  errors: FieldIssue[]
  warnings: FieldIssue[]
}

/** One hospital as the sheet's form of it: what an import would put down for it. */
export function typedCells(hospital: Hospital): Record<CellField, string> {
  const cells = hospitalSheetColumns.map(({ cell, value }) => [cell, String(value(hospital) ?? '')])
  return Object.fromEntries(cells)
}

/**
 * A hospital typed into a form: read as a row of the sheet is, so that both take the same and refuse the same. Whoever
 * types can mend at once what an import only warns of: a number that nobody can call is refused.
 * @param known what the form showed: what still stands as it was is no news to warn of
 */
export function readTypedHospital(
  typed: TypedCells,
  known: TypedCells,
  options: HospitalFileOptions,
): TypedHospitalReading {
  const row = new HospitalRow(recordOf(typed), SHEET_NAME_COLUMN)
  const hospital = readSheetRow(row, options)
  const differs = (field: CellField) => (typed[field] ?? '').trim() !== (known[field] ?? '').trim()
  const isChanged = ({ field }: FieldIssue) => [field, ...(TOGETHER[field] ?? [])].some(differs)
  const errors = [
    ...row.errors.map(issueOf),
    ...TYPED_COLUMNS.flatMap((column) => unreadable(column.cell, typed[column.cell] ?? '')).filter(isChanged),
    ...bedsMissing(typed),
  ]
  const warnings = row.warnings
    .map(issueOf)
    .filter(({ field }) => !REFUSED_BY_HAND.has(field))
    .filter(isChanged)
  return { hospital: errors.length > 0 ? null : hospital, errors: firstOfEach(errors), warnings }
}

/** A doubt about one of these may come from another. */
const TOGETHER: { [field in CellField]?: readonly CellField[] } = {
  beds: BED_TYPE_IDS,
  region: ['municipality'],
}
const REFUSED_BY_HAND: ReadonlySet<CellField> = new Set(['phone', 'fax', 'email', 'postcode'])

function recordOf(typed: TypedCells): TableRecord {
  const places = hospitalSheetColumns.map(({ header }, place) => [headerKey(header), place] as const)
  const cells = hospitalSheetColumns.map(({ cell }) => typed[cell] ?? '')
  return { row: 1, cells, places: new Map(places) }
}

const FIELDS = new Map(hospitalSheetColumns.map(({ header, cell }) => [header, cell]))

function issueOf({ column, message }: RowIssue): FieldIssue {
  // The form asks for the municipality, and takes the region from it.
  if (message === NO_PLACE) return { field: 'municipality', message: '市町村を選択してください。' }
  return { field: FIELDS.get(column ?? '') ?? 'name', message: atTheForm(message) }
}

/** What an import says of its file. */
function atTheForm(message: string): string {
  return message
    .replace('ファイルの値を採用しました。', '入力した二次医療圏で登録します。')
    .replace('許可病床数を採用しました。', '入力した許可病床数で登録します。')
    .replace('取り込んだ後に病院のページで', '登録した後に病院のページで')
    .replace(/^空欄です。(?=.)/, '')
}

function firstOfEach(errors: readonly FieldIssue[]): FieldIssue[] {
  return [...new Map(errors.toReversed().map((error) => [error.field, error])).values()].reverse()
}

function bedsMissing(typed: TypedCells): FieldIssue[] {
  const fields = ['beds', ...BED_TYPE_IDS] as const
  if (fields.some((field) => (typed[field] ?? '').trim() !== '')) return []
  return [{ field: 'beds', message: '許可病床数か、病床種別ごとの病床数のいずれかを入力してください。' }]
}

function unreadable(field: CellField, text: string): FieldIssue[] {
  const unknown = firstUnknownCharacter(text)
  if (unknown)
    return [
      {
        field,
        message: `${unknown.position}文字目に、読み取れない文字（文字化け、制御文字、環境依存文字）があります。その文字を入力し直してください。`,
      },
    ]
  const message = text.trim() === '' ? null : (NUMBERS[field]?.(text) ?? null)
  return message === null ? [] : [{ field, message }]
}

const NUMBERS: { [field in CellField]?: (text: string) => string | null } = {
  phone: phoneProblem,
  fax: phoneProblem,
  email: (text) =>
    text.length <= LIMITS.email && isEmail(readEmail(text))
      ? null
      : `「${text}」はメールアドレスの形ではありません。「名前@example.jp」のような形で入力してください。`,
  postcode: (text) =>
    /^\D*\d{3}\D*\d{4}\D*$/u.test(normaliseDigits(text))
      ? null
      : `「${text}」は郵便番号ではありません。7桁の数字で入力してください。例：890-8577`,
}

function phoneProblem(text: string): string | null {
  const { isNumber, zeroRestored } = readPhone(text)
  return isNumber && !zeroRestored
    ? null
    : `「${text}」は電話番号として読めません。市外局番から数字10桁（携帯電話などは11桁）で入力してください。例：099-286-2111`
}
