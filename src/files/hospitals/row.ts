import { LIMITS } from '../../domain/answer/questions.ts'
import { medicalCodeDoubt, normaliseMedicalCode, spreadsheetCode } from '../../domain/master/code.ts'
import { BED_TYPES, type Hospital } from '../../domain/master/hospital.ts'
import { hasLostCharacters } from '../../domain/master/lost-characters.ts'
import type { CellField, OpenCells } from '../../domain/master/open-cells.ts'
import { type Replacement, toCp932 } from '../../domain/text/cp932.ts'
import { HYPHENS, normaliseText, normaliseWidth, within } from '../../domain/text/text.ts'
import { plainCell } from '../table/csv.ts'
import { ERROR_VALUE_TEXT, isErrorValue } from '../table/error-value.ts'
import type { RowIssue } from '../table/row-issue.ts'
import { cell, isCutOff, type TableRecord } from '../table/table.ts'
import { CODE_FAULT_TEXTS } from './code-fault.ts'

/** One row about a hospital: its cells, read by column, and what is wrong or doubtful about them. */
export class HospitalRow {
  readonly warnings: RowIssue[] = []
  readonly errors: RowIssue[] = []
  readonly #record: TableRecord
  readonly #hospital: string
  /** Each is asked for several times. */
  readonly #cells = new Map<string, string>()

  constructor(record: TableRecord, nameColumn: string) {
    this.#record = record
    const name = this.cell(nameColumn).slice(0, LONGEST_CELL)
    this.#hospital = isErrorValue(name) ? '' : name
  }

  get number(): number {
    return this.#record.row
  }

  /**
   * Refuses the columns that are read where a spreadsheet's error value stands in them; of others it only warns.
   * @returns whether the row is worth reading further
   */
  isWithoutErrorValues(headers: readonly string[], isRead: (header: string) => boolean): boolean {
    for (const header of headers) {
      if (header === '' || !isErrorValue(cell(this.#record, header))) continue
      if (isRead(header)) this.refuse(header, ERROR_VALUE_TEXT)
      else this.warn(header, `${ERROR_VALUE_TEXT}この列は取り込みません。`)
    }
    return this.errors.length === 0
  }

  /** What the row leaves open of the columns. */
  openCells(columns: readonly { header: string; cell: CellField }[]): Omit<OpenCells, 'absent'> {
    const cut = columns.filter(({ header }) => isCutOff(this.#record, header))
    const isOpen = ({ header, cell }: (typeof columns)[number]) => {
      const text = this.cell(header)
      return (DASHED.has(cell) ? text : text.replace(HYPHENS, '')) === ''
    }
    const blank = columns.filter((column) => !cut.includes(column) && isOpen(column))
    const cells = (of: typeof columns) => new Set(of.map((column) => column.cell))
    return { cut: cells(cut), blank: cells(blank) }
  }

  /** One normalised line, '' where blank or without the column. */
  cell(column: string): string {
    return this.#normalised(column, LONGEST_CELL)
  }

  /** As it stands where it is far too long: whoever checks the length refuses it. */
  #normalised(column: string, limit: number): string {
    const known = this.#cells.get(column)
    if (known !== undefined && limit === LONGEST_CELL) return known
    const text = within(limit, normaliseText)(plainCell(cell(this.#record, column).trim()))
    if (limit === LONGEST_CELL) this.#cells.set(column, text)
    return text
  }

  /** The same, checked; null where blank. Too long is an error; a character that CP932 lacks is a warning. */
  text(column: string, limit: number = LONGEST_CELL): string | null {
    const text = this.#normalised(column, limit)
    const length = [...text].length
    if (length > limit) {
      this.refuse(column, `${limit}文字以内で入力してください（現在${length}文字）。`)
      // The rest is still looked through for what is wrong, which nobody has to read in full.
      return text.slice(0, limit)
    }
    const [lacking] = toCp932(text).replaced
    if (lacking) this.warn(column, cp932Text(lacking))
    return text || null
  }

  /** A name or an address: the same, with a warning where characters seem to have been lost from it. */
  name(column: string, limit?: number): string | null {
    const name = this.text(column, limit)
    if (name && hasLostCharacters(name))
      this.warn(
        column,
        `「${name}」は、${LOST_CHARACTERS}があります（「?」や「〓」などを含みます）。元の文字を確認してください。`,
      )
    return name
  }

  /** A whole number of beds, written 120, １２０, 1,020 or 120床; null where blank or a dash; else an error. */
  beds(column: string): number | null {
    const text = this.text(column)
    if (text === null || text.replace(HYPHENS, '') === '') return null
    const digits = normaliseWidth(text).replace(/[\s,]|床$|\.0+(?=床?$)/gu, '')
    if (/^\d{1,6}$/.test(digits) && Number(digits) <= LIMITS.hospitalBeds) return Number(digits)
    this.refuse(
      column,
      `「${text}」は病床数として読めません。0から${LIMITS.hospitalBeds}までの整数で入力してください。`,
    )
    return null
  }

  /** The five 病床種別, a blank one as 0; null where all are blank, as then only the total is known. */
  bedsByType(): Hospital['bedsByType'] {
    const counts = BED_TYPES.map(({ id, label }) => [id, this.beds(label)] as const)
    if (counts.every(([, count]) => count === null)) return null
    return Object.fromEntries(counts.map(([id, count]) => [id, count ?? 0])) as Hospital['bedsByType']
  }

  /**
   * 医療機関コード, normalised to ten digits; null where blank. The check digit of a few real codes is wrong, so a doubt
   * is a warning; what is no number cannot be a code.
   */
  medicalCode(column: string, prefectureCode: string): string | null {
    const text = this.#code(column)
    if (text === null) return null
    const code = normaliseMedicalCode(text, prefectureCode)
    if (code === null || code.length !== MEDICAL_CODE_LENGTH) {
      const found = code === null ? '' : `桁数が違います（${code.length}桁です）。`
      this.refuse(column, `「${text}」は医療機関コード（10桁の数字）ではありません。${found}`)
      return null
    }
    const doubt = medicalCodeDoubt(code, prefectureCode)
    if (doubt) this.warn(column, `「${code}」は、${doubt}`)
    return code
  }

  /** 機関コード, or the like: letters, digits and hyphens, kept as they are. */
  opaqueCode(column: string): string | null {
    const text = this.#code(column)
    const code = text && normaliseWidth(text)
    if (!code || (code.length <= CODE_LIMIT && OPAQUE_CODE.test(code))) return code
    this.refuse(column, `「${code}」は半角の英数字ではありません。`)
    return null
  }

  /** A code as it was before a spreadsheet took it for a number; null where blank, a dash or not to be had. */
  #code(column: string): string | null {
    const text = this.text(column)
    if (text === null || text.replace(HYPHENS, '') === '') return null
    const read = spreadsheetCode(text)
    if ('code' in read) return read.code
    this.refuse(column, `「${text}」は、${CODE_FAULT_TEXTS[read.fault]}`)
    return null
  }

  warn(column: string, message: string): void {
    this.warnings.push(this.#issue(column, message))
  }

  refuse(column: string, message: string): void {
    this.errors.push(this.#issue(column, message))
  }

  #issue(column: string, message: string): RowIssue {
    const issue = { row: this.number, column, message }
    return this.#hospital ? { ...issue, hospital: this.#hospital } : issue
  }
}

function cp932Text({ character, position, written }: Replacement): string {
  const instead = written === '' ? '省かれます' : `「${written}」に置き換わります`
  return `${position}文字目「${character}」は、Shift_JIS（CP932）形式のファイルでは${instead}。`
}

export const LOST_CHARACTERS = '文字が失われている可能性'
/** In other columns a dash alone means a blank cell. */
const DASHED: ReadonlySet<CellField> = new Set(['name', 'kana', 'address', 'municipality'])
const LONGEST_CELL = LIMITS.hospitalAddress
const MEDICAL_CODE_LENGTH = 10
const CODE_LIMIT = 20
const OPAQUE_CODE = /^(?=.*\d)[0-9A-Za-z-]+$/
