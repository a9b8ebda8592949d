import { REMOVED } from '../../domain/disclosure/classes.ts'
import { cutScores } from '../../domain/disclosure/cut-scores.ts'
import type { Removal } from '../../domain/disclosure/masked-table.ts'
import type { SelectionResult } from '../../domain/selection/result.ts'
import { toCsv } from '../table/csv.ts'
import { encodeCsv } from '../table/encoding.ts'
import { inThread } from '../thread/in-thread.ts'
import { type XlsxSheet, xlsxOf } from '../xlsx/write.ts'
import { writeZip } from '../xlsx/zip.ts'
import type { Disclosed, HeldDocument, SetContents } from './contents.ts'
import { decisionPart } from './decision.ts'
import { heldRows, reasonRows } from './lists.ts'
import { printedPage } from './page.ts'
import { type Masked, maskedFile, type Part } from './parts.ts'
import { readme } from './readme.ts'

/** 開示用 as one ZIP, made beside the pages. */
export async function disclosureSet(contents: SetContents): Promise<Buffer | null> {
  const made = await inThread<Uint8Array<ArrayBuffer>>('disclosure', contents)
  if (!made.ok) return null
  return Buffer.from(made.value.buffer, made.value.byteOffset, made.value.byteLength)
}

/** The same within the thread that does nothing else. */
export async function setOf(contents: SetContents): Promise<Buffer> {
  const files = new Map<string, Buffer>()
  const disclosed: Disclosed[] = []
  const put = async (about: Omit<Disclosed, 'types' | 'rows' | 'removals'>, masked: Masked) => {
    const made = await filesOf(contents, about, masked)
    for (const [type, bytes] of made.files) files.set(`${about.path}${type}`, bytes)
    const removals = [...masked.removals, ...originals(made.files[0]![1], masked.removals)]
    disclosed.push({ ...about, types: made.files.map(([type]) => type), rows: made.rows, removals })
  }
  for (const { bytes, type, columns, ...about } of contents.documents) {
    const masked = maskedFile({ type, bytes }, columns, contents.standing)
    for (const { path, title, ...derived } of derivedFrom(contents, { ...about, bytes }, masked))
      await put({ ...about, path, title, sha256: null, isLarge: false, note: '開示用に作成' }, derived.masked)
    await put(about, masked)
  }
  const lists: [path: string, title: string, part: Part][] = [
    ['01_対象文書の一覧', '対象文書の一覧', heldRows(disclosed, contents)],
    ['02_不開示理由一覧', '不開示理由一覧', reasonRows(disclosed, contents)],
  ]
  for (const [path, title, part] of lists) {
    const made = await filesOf(
      contents,
      { title, dated: '' },
      { kind: 'tables', parts: [part], removals: [] },
    )
    for (const [type, bytes] of made.files) files.set(`${path}${type}`, bytes)
  }
  files.set('はじめにお読みください.txt', encodeCsv(readme(contents, disclosed), 'utf-8'))
  return writeZip(new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))))
}

/** Marks that stood in the document before: they are told apart from what is taken out. */
function originals(bytes: Buffer, removals: readonly Removal[]): Removal[] {
  const count = bytes.toString('utf8').split(REMOVED).length - 1 - sumOf(removals)
  return count > 0
    ? [{ column: '（開示する項目）', grounds: [], count, note: '元の文書にある記号です。' }]
    : []
}

function sumOf(removals: readonly Removal[]): number {
  return removals.reduce((sum, { count }) => sum + count, 0)
}

/** What is made of a file beside it: the decision of an archive, the lowest scores of a result. */
function derivedFrom(
  { bands }: SetContents,
  { id, path, bytes }: Pick<HeldDocument, 'id' | 'path' | 'bytes'>,
  masked: Masked,
): { path: string; title: string; masked: Masked }[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  if (id === 'result.json') {
    const result = JSON.parse(Buffer.from(bytes).toString('utf8')) as SelectionResult
    const { removals, ...part } = cutScores(result, bands)
    const parts = [{ name: '', ...part }]
    const title = '区分ごとの枠、選定、最低点'
    return [{ path: `${folder}区分ごとの最低点`, title, masked: { kind: 'tables', parts, removals } }]
  }
  if (id !== 'archive.json' || masked.kind !== 'json') return []
  return [{ path: `${folder}決定の記録`, title: '決定の記録', masked: decisionPart(masked) }]
}

async function filesOf(
  { survey, round, madeAt }: SetContents,
  { title, dated }: Pick<Disclosed, 'title' | 'dated'>,
  masked: Masked,
): Promise<{ files: [type: string, bytes: Buffer][]; rows: number }> {
  if (masked.kind === 'json') {
    const text = `${JSON.stringify(masked.value, null, 2)}\n`
    return { files: [['.json', Buffer.from(text, 'utf8')]], rows: text.split('\n').length - 1 }
  }
  const { parts } = masked
  const lines = [
    `${survey}　${round}`,
    ...(dated === '' ? [] : [`文書の日付：${dated}`]),
    `開示用に作成：${madeAt}`,
  ]
  const csv = parts.map((part, place): [string, Buffer] => [
    place === 0 ? '.csv' : `（${part.name || place + 1}）.csv`,
    encodeCsv(toCsv(csvColumns(part), part.rows), 'utf-8'),
  ])
  return {
    files: [
      ...csv,
      ['.xlsx', await xlsxOf(parts.map((part) => sheetOfPart(part, title)))],
      ['.html', printedPage({ title, lines }, parts)],
    ],
    rows: parts.reduce((sum, { rows }) => sum + rows.length, 0),
  }
}

function csvColumns({ headers }: Part) {
  return headers.map((header, place) => ({
    header,
    // A number below zero would be guarded as if it were a formula.
    value: (row: readonly string[]) => {
      const text = row[place] ?? ''
      return text.startsWith('-') && NUMBER.test(text) ? Number(text) : text
    },
  }))
}

/** Short numbers are numbers again; codes and telephone numbers are texts. */
const NUMBER = /^-?(?:0|[1-9]\d{0,5})(?:\.\d{1,4})?$/

function sheetOfPart({ name, headers, rows }: Part, title: string): XlsxSheet {
  return {
    name: name || title,
    headers,
    rows: rows.map((row) =>
      row.map((cell) => (cell === '' ? null : NUMBER.test(cell) ? Number(cell) : cell)),
    ),
  }
}
