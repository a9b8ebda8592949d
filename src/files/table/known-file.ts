import { normaliseWidth } from '../../domain/text/text.ts'
import { cell, headerKey, type TableRecord } from './table.ts'

/** The files that an officer has at hand and may take one for another. */
type KnownFileKind =
  | 'bureau'
  | 'designations'
  | 'navii'
  | 'not-hospitals'
  | 'order'
  | 'report'
  | 'internal'
  | 'answers'
  | 'gmis'
  | 'sheet'

interface KnownFile {
  kind: KnownFileKind
  /** What it is called. */
  name: string
}

/** By its header, wherever that stands among the first rows. */
export function knownFile(rows: readonly string[][]): KnownFile | null {
  for (const [place, cells] of rows.slice(0, MOST_ROWS_BEFORE).entries()) {
    if (cells.filter((text) => text !== '').length < FEWEST_HEADERS) continue
    const headers = cells.slice(0, MOST_HEADERS).map((text) => headerKey(text.slice(0, LONGEST_HEADER)))
    const found = KINDS.find(({ fits }) => fits(headers))
    if (found)
      return found.kind === 'navii' ? naviiFile(rows, place, headers) : { kind: found.kind, name: found.name }
  }
  return null
}

/** 「厚生労働省への報告のファイルのようです。」 */
export function knownFileText({ name }: KnownFile): string {
  return `${name}のようです。`
}

const MOST_ROWS_BEFORE = 30
const FEWEST_HEADERS = 3
const MOST_HEADERS = 256
const LONGEST_HEADER = 100

const all =
  (...wanted: string[]) =>
  (headers: readonly string[]) =>
    wanted.every((header) => headers.includes(headerKey(header)))

const BEDS = ['一般病床', '療養病床', '精神病床', '結核病床', '感染症病床', '許可病床数']

function isGmis(headers: readonly string[]): boolean {
  const questions = headers.filter((header) => /^(?:Q|問|設問)\d/i.test(normaliseWidth(header)))
  return questions.length >= 2 && !headers.some((header) => BEDS.includes(header))
}

function isSheet(headers: readonly string[]): boolean {
  const own = [...BEDS, 'フリガナ', '医療機能', '立入検査'].filter((header) => headers.includes(header))
  return headers.includes('医療機関名') && own.length >= 4
}

/** The first that fits counts. */
const KINDS: readonly (KnownFile & { fits: (headers: readonly string[]) => boolean })[] = [
  {
    kind: 'bureau',
    name: '届出受理医療機関名簿',
    fits: all('医療機関番号', '医療機関名称', '受理届出名称'),
  },
  {
    kind: 'designations',
    name: 'コード内容別医療機関一覧表（保険医療機関の指定の一覧）',
    fits: all('医療機関番号', '医療機関名称', '開設者氏名'),
  },
  { kind: 'navii', name: '医療情報ネットの施設票', fits: all('ID', '正式名称', '機関区分') },
  { kind: 'order', name: '選定案の順位表', fits: all('順位', 'ダウンロード時の順位') },
  { kind: 'internal', name: '選定の内部資料（順位と点数）', fits: all('全体の順位', '区分内の順位') },
  { kind: 'internal', name: '選定案の一覧', fits: all('順位', '区分内順位', '判定') },
  { kind: 'report', name: '厚生労働省への報告のファイル', fits: all('順位', '医療機関名', '選定区分') },
  { kind: 'report', name: '厚生労働省への報告のファイル', fits: all('順位', '医療機関名', '選定理由') },
  { kind: 'answers', name: '回答一覧', fits: all('受付番号', '受付日時') },
  { kind: 'gmis', name: 'GMIS調査の回答のファイル', fits: isGmis },
  { kind: 'sheet', name: '病院台帳のファイル', fits: isSheet },
]

/** 機関区分, where it is the same for all. */
const NOT_HOSPITALS: Readonly<Record<string, string>> = {
  '2': '診療所',
  '3': '歯科診療所',
  '4': '助産所',
  '5': '薬局',
}

function naviiFile(rows: readonly string[][], header: number, headers: readonly string[]): KnownFile {
  const places = new Map(headers.map((key, place) => [key, place]))
  const kinds = new Set<string>()
  for (let at = header + 1; at < rows.length && kinds.size < 2; at += 1) {
    const record: TableRecord = { row: at + 1, cells: rows[at]!, places }
    const kind = normaliseWidth(cell(record, '機関区分')).trim()
    if (kind !== '') kinds.add(kind)
  }
  const [only = ''] = kinds
  const other = kinds.size === 1 ? NOT_HOSPITALS[only] : undefined
  return other
    ? { kind: 'not-hospitals', name: `医療情報ネットの${other}の一覧` }
    : { kind: 'navii', name: '医療情報ネットの施設票' }
}
