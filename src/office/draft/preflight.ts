import { firstCharacterOutsideCp932, mapLookalikesToCp932 } from '../../domain/text/cp932.ts'
import {
  type MinistryFacts,
  type MinistryRow,
  ministryColumns,
  ministryRows,
} from '../../files/reports/ministry.ts'
import { guardFormula } from '../../files/table/csv.ts'

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
  /** Every character that CP932 lacks, each with its place. As long as there is one, the report cannot be frozen. */
  unencodable: (Finding & { character: string; position: number })[]
  /** Columns about who the hospital is and whom to ask that would be blank. */
  missing: Finding[]
  /** Two hospitals of one name, or with one telephone number or mail address. */
  duplicates: { column: string; text: string; hospitals: Pick<Finding, 'code' | 'medicalCode' | 'name'>[] }[]
  /** Text that begins like a formula: it is made harmless in the CSV and stays as it is in the Excel file. */
  guarded: Finding[]
}

export function preflight(facts: MinistryFacts): Preflight {
  const rows = ministryRows(facts)
  const cells = rows.flatMap((row) => cellsOf(row, facts))
  return {
    hospitals: rows.length,
    unencodable: cells.flatMap(unencodableIn),
    missing: rows.flatMap(missingIn),
    duplicates: duplicatesOf(rows),
    guarded: cells.filter(({ text }) => guardFormula(text) !== text),
  }
}

/** The first character that keeps the report out of CP932, as a sentence; null where there is none. */
export function unencodableText({ unencodable: [first] }: Preflight): string | null {
  if (!first) return null
  const { name, column, position, character } = first
  return `${name}の「${column}」の${position}文字目「${character}」は、Shift_JIS（CP932）で扱えない文字です。病院台帳または回答の文字を置き換えてください。`
}

function cellsOf(row: MinistryRow, { register }: MinistryFacts): Finding[] {
  const hospital = namedIn(row)
  return ministryColumns(register.columns).flatMap(({ header, value }) => {
    const text = value(row)
    return typeof text === 'string' ? [{ ...hospital, column: header, text }] : []
  })
}

function unencodableIn(cell: Finding): Preflight['unencodable'] {
  const characters = [...mapLookalikesToCp932(cell.text)]
  return characters.flatMap((character, index) =>
    firstCharacterOutsideCp932(character) ? [{ ...cell, character, position: index + 1 }] : [],
  )
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
