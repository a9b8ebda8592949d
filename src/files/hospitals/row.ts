import { LIMITS } from '../../domain/answer/questions.ts'
import { medicalCodeDoubt, normaliseMedicalCode } from '../../domain/master/code.ts'
import { BED_TYPES, type Hospital } from '../../domain/master/hospital.ts'
import { firstCharacterOutsideCp932 } from '../../domain/text/cp932.ts'
import { HYPHENS, normaliseDigits, normaliseText, within } from '../../domain/text/text.ts'
import { plainCell } from '../table/csv.ts'
import type { RowIssue } from '../table/row-issue.ts'
import { cell, type TableRecord } from '../table/table.ts'

/** One row about a hospital: its cells, read by column, and what is wrong or doubtful about them. */
export class HospitalRow {
  readonly warnings: RowIssue[] = []
  readonly errors: RowIssue[] = []
  readonly #record: TableRecord
  readonly #hospital: string

  constructor(record: TableRecord, nameColumn: string) {
    this.#record = record
    this.#hospital = this.cell(nameColumn).slice(0, LONGEST_CELL)
  }

  get number(): number {
    return this.#record.row
  }

  /** One normalised line, '' where blank or without the column. */
  cell(column: string): string {
    return this.#normalised(column, LONGEST_CELL)
  }

  /** As it stands where it is far too long: whoever checks the length refuses it. */
  #normalised(column: string, limit: number): string {
    return within(limit, normaliseText)(plainCell(cell(this.#record, column).trim()))
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
    const outside = firstCharacterOutsideCp932(text)
    if (outside)
      this.warn(
        column,
        `${outside.position}文字目「${outside.character}」は、Shift_JIS（CP932）形式のファイルに出力できない文字です。`,
      )
    return text || null
  }

  /** A whole number of beds, written 120, １２０, 1,020 or 120床; null where blank or a dash; else an error. */
  beds(column: string): number | null {
    const text = this.text(column)
    if (text === null || text.replace(HYPHENS, '') === '') return null
    const digits = normaliseDigits(text).replace(/[\s,，]|床$|\.0+$/gu, '')
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
    const text = this.text(column)
    if (text === null) return null
    const code = normaliseMedicalCode(text, prefectureCode)
    if (code === null || code.length > CODE_LIMIT) {
      this.refuse(
        column,
        CUT_SHORT.test(text) ? cutShort(text) : `「${text}」は医療機関コード（10桁の数字）ではありません。`,
      )
      return null
    }
    const doubt = medicalCodeDoubt(code, prefectureCode)
    if (doubt) this.warn(column, `「${code}」は、${doubt}`)
    return code
  }

  /** 機関コード, or the like: letters, digits and hyphens, kept as they are. */
  opaqueCode(column: string): string | null {
    const text = this.text(column)
    const code = text && normaliseDigits(text)
    if (!code || (code.length <= CODE_LIMIT && OPAQUE_CODE.test(code))) return code
    this.refuse(column, CUT_SHORT.test(code) ? cutShort(code) : `「${code}」は半角の英数字ではありません。`)
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

const LONGEST_CELL = LIMITS.hospitalAddress
const CODE_LIMIT = 20
const OPAQUE_CODE = /^(?=.*\d)[0-9A-Za-z-]+$/

/** Excel's 4.61011E+09: the digits after it are gone for good. */
const CUT_SHORT = /^\d(?:\.\d+)?E\+?\d+$/i

function cutShort(code: string): string {
  return `「${code}」は、Excelで指数の表示になったまま保存されたコードです。列の書式を「文字列」にして、コードを入力し直してください。`
}
