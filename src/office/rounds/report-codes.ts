import type { Edition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import type { Register } from '../../domain/record/register.ts'
import { parseCsv, plainCell } from '../../files/table/csv.ts'
import { decodeText } from '../../files/table/encoding.ts'
import type { RoundFileName } from './frozen.ts'

/**
 * What the frozen report to the ministry has under 医療機関コード that is none: a blank, or, in a report made while the
 * master's key was printed there, the key of a hospital that came in with its 機関コード. Its bytes stay as they are, so
 * whoever sends it is told.
 * @returns sentences; none where all is well, or where the report has no such column
 */
export function codeRemarks(stores: Stores, edition: Edition, register: Register): string[] {
  const report: RoundFileName = 'ministry.csv'
  const file = stores.editions.file(edition, report)
  const column = register.columns.indexOf('code')
  if (!file || column < 0) return []
  const printed = codesIn(file.bytes, column)
  const keys = new Set(
    register.entries.flatMap(({ hospital }) =>
      hospital.code === hospital.medicalCode ? [] : [hospital.code],
    ),
  )
  const asKeys = printed.filter((code) => keys.has(code)).length
  const blanks = printed.filter((code) => code === '').length
  return [
    ...(asKeys > 0
      ? [
          `厚生労働省への報告の「医療機関コード」の欄に、${asKeys}病院は機関コードが入っています。正しい医療機関コードは、選定病院の表で確認できます。選定をやり直すか起案し直すと、報告を正しいコードで作成します。`,
        ]
      : []),
    ...(blanks > 0
      ? [
          `医療機関コードの登録がない病院が${blanks}病院あり、厚生労働省への報告の「医療機関コード」の欄は空欄です。`,
        ]
      : []),
  ]
}

function codesIn(bytes: Uint8Array, column: number): string[] {
  const text = decodeText(bytes)
  if (!text.ok) return []
  const csv = parseCsv(text.text)
  return csv.ok ? csv.rows.slice(1).map((cells) => plainCell(cells[column] ?? '')) : []
}
