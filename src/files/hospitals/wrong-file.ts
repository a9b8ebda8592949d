import { prefectureName } from '../../domain/survey/prefecture-names.ts'
import { knownFile, knownFileText } from '../table/known-file.ts'
import { cell, hasColumn, type Table } from '../table/table.ts'

/** Why a file that can be read is none to make a master of, in Japanese; null where nothing speaks against it. */
export function wrongFile(rows: readonly string[][]): string | null {
  const known = knownFile(rows)
  if (known === null || MASTERS.has(known.kind)) return null
  return `${knownFileText(known)}病院台帳には取り込めません。${WHAT_IS_READ}`
}

const MASTERS: ReadonlySet<string> = new Set(['bureau', 'navii', 'sheet'])

export const WHAT_IS_READ =
  '病院台帳のファイル（「医療機関コード」「医療機関名」などの列）、医療情報ネットの病院の施設票（「ID」「正式名称」などの列）、または届出受理医療機関名簿（「医療機関番号」「受理届出名称」などの列）を、CSVまたはExcelブック（.xlsx）で選択してください。'

/**
 * A list in which every hospital is of one other prefecture, told by its codes.
 * @param column where their 都道府県 is told by the first two digits
 */
export function otherPrefecture(
  table: Table,
  column: string,
  own: { code: string; name: string },
): string | null {
  if (!hasColumn(table, column)) return null
  const codes = new Set<string>()
  let count = 0
  for (const record of table.records) {
    const [, code] = /^(\d{2})(?:\d{8})?$/.exec(cell(record, column).trim().padStart(2, '0')) ?? []
    if (code === undefined || prefectureName(code) === null) continue
    codes.add(code)
    count += 1
  }
  const [only = ''] = codes
  if (codes.size !== 1 || only === own.code || count < FEWEST) return null
  return `${prefectureName(only)}の病院の一覧のようです（「${column}」が${only}${column === '都道府県コード' ? '' : 'で始まります'}）。${own.name || prefectureName(own.code) || '対象の都道府県'}の一覧を選択してください。`
}

/** Fewer may be slips. */
const FEWEST = 3
