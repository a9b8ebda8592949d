import { headerKey, type Table } from '../table/table.ts'

/** Files that an officer may have at hand, by columns that no GMIS export has: all of one line. */
const KNOWN_FILES: readonly (readonly [name: string, ...columns: string[]])[] = [
  ['届出受理医療機関名簿（厚生局）', '受理届出名称', '受理記号'],
  ['コード内容別医療機関一覧表（厚生局）', '項番', '医療機関番号'],
  ['医療情報ネットの施設票', 'ID', '正式名称'],
  ['順位表', '順位', 'ダウンロード時の順位'],
  ['国への報告のファイル', '順位', '選定区分'],
  ['国への報告のファイル', '都道府県名', '希望する支援内容'],
  ['回答一覧のファイル', '受付番号', '活用意向'],
  ['病院台帳のファイル', '医療機関名', '許可病床数'],
  ['病院台帳のファイル', '医療機関名', '二次医療圏'],
]

/** What a file without any of the questions seems to be; null where it might be a GMIS export of another year. */
export function otherFile(table: Table): string | null {
  const keys = new Set([...table.keys, ...table.headers.map(headerKey)])
  const found = KNOWN_FILES.find(([, ...columns]) => columns.every((column) => keys.has(headerKey(column))))
  return found?.[0] ?? null
}
