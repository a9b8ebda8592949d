import { type Replacement, toCp932 } from '../../domain/text/cp932.ts'
import {
  type MinistryFacts,
  type MinistryRow,
  ministryColumns,
  ministryRows,
} from '../../files/reports/ministry.ts'
import { type Column, guardFormula } from '../../files/table/csv.ts'

/** A place of the report to the ministry that somebody has to look at. */
interface Finding {
  /** The hospital's key. */
  code: string
  /** 医療機関コード, where it is known. */
  medicalCode: string | null
  name: string
  column: string
  text: string
}

/** The report as it would go out today, checked before it does. */
export interface Preflight {
  hospitals: number
  /** Every character that CP932 lacks, each with its place and what the CSV in Shift_JIS has instead. */
  replaced: (Finding & Replacement)[]
  /** Columns about who the hospital is and whom to ask that would be blank. */
  missing: Finding[]
  /** Two hospitals of one name, or with one telephone number or mail address. */
  duplicates: { column: string; text: string; hospitals: Pick<Finding, 'code' | 'medicalCode' | 'name'>[] }[]
  /** Text that begins like a formula: it is made harmless in the CSV and stays as it is in the Excel file. */
  guarded: Finding[]
}

export function preflight(facts: MinistryFacts): Preflight {
  return preflightOf(ministryRows(facts), ministryColumns(facts.register.columns, facts.questions))
}

/** Act name, of rows that are put together already. */
export function preflightOf(
  rows: readonly MinistryRow[],
  columns: readonly Column<MinistryRow>[],
): Preflight {
  const cells = rows.flatMap((row) => cellsOf(row, columns))
  return {
    hospitals: rows.length,
    replaced: cells.flatMap((cell) => toCp932(cell.text).replaced.map((each) => ({ ...cell, ...each }))),
    missing: rows.flatMap(missingIn),
    duplicates: duplicatesOf(rows),
    guarded: cells.filter(({ text }) => guardFormula(text) !== text),
  }
}

/** What the report in Shift_JIS has otherwise, as a sentence; null where it is all the same. */
export function replacedText({ replaced }: Preflight): string | null {
  const [first] = replaced
  if (!first) return null
  const example = `「${first.character}」を${first.written ? `「${first.written}」に置換え` : '削除'}`
  return `厚生労働省への報告のうち、Shift_JIS（CP932）形式のCSVでは、扱えない文字${replaced.length}文字を置き換えます（例：${first.name}の「${first.column}」で${example}）。Excel形式とUTF-8形式のCSVは、登録のとおりです。`
}

function cellsOf(row: MinistryRow, columns: readonly Column<MinistryRow>[]): Finding[] {
  const hospital = namedIn(row)
  return columns.flatMap(({ header, value }) => {
    const text = value(row)
    return typeof text === 'string' ? [{ ...hospital, column: header, text }] : []
  })
}

/** Whether a column is in the report or not: whoever supports the hospital has to know and to reach it. */
function missingIn(row: MinistryRow): Finding[] {
  const hospital = namedIn(row)
  return ministryColumns(['code', 'contactName', 'phone', 'email', 'address'])
    .filter(({ value }) => !value(row))
    .map(({ header }) => ({ ...hospital, column: header, text: '' }))
}

function namedIn({ hospital: { code, medicalCode, name } }: MinistryRow) {
  return { code, medicalCode, name }
}

function duplicatesOf(rows: readonly MinistryRow[]): Preflight['duplicates'] {
  return ministryColumns(['name', 'phone', 'email']).flatMap(({ header, value }) => {
    const groups = Map.groupBy(rows, (row) => String(value(row) ?? ''))
    return [...groups].flatMap(([text, sharing]) =>
      text === '' || sharing.length === 1
        ? []
        : [
            {
              column: header,
              text,
              hospitals: sharing.map(namedIn),
            },
          ],
    )
  })
}
