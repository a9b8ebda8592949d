import type { Foreseen } from '../../db/hospital-imports.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { SOURCES } from '../../domain/master/source.ts'
import type { Band } from '../../domain/selection/bands.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { RowIssue } from '../../files/table/row-issue.ts'
import { bandText, changedCells, FACT_LABELS, factText } from '../../office/master/changed-cells.ts'
import { hospitalLink, type Part, tag } from '../list/cell.ts'
import { type Column, type Table, tableOf } from '../list/table.ts'

/** A table of what an import would do, with how many there are of which the page shows the first. */
export interface ImportTable {
  id: string
  heading: string
  note: string
  count: number
  /** More than the page shows. */
  rest: number
  /** Looked up only where somebody wants to. */
  isFolded: boolean
  table: Table
}

/** On a page; the rest is told by its number. */
const MOST = 300

export function importTables(
  { changes, proposals, held, leftOut, unnamed }: Foreseen,
  bands: readonly Band[],
): ImportTable[] {
  const added = changes.filter(({ kind }) => kind === 'added').map(({ hospital }) => hospital)
  const changed = changes.filter(({ kind }) => kind === 'changed')
  const cells = changed.flatMap(({ before, hospital }) =>
    changedCells(before, hospital).map((cell) => ({
      hospital,
      ...cell,
      bands: cell.label === '許可病床数' ? bandChange(bands, before?.beds ?? 0, hospital.beds) : null,
    })),
  )
  const names = new Map(
    [...unnamed, ...changes.map(({ hospital }) => hospital)].map((each) => [each.key, each]),
  )
  const heldRows = held.map((each) => ({ ...each, hospital: names.get(each.key)! }))
  return [
    part('changed', '変更する病院', '', changed.length, cells, [
      name(({ hospital }) => hospital),
      { header: '項目', cell: ({ label }) => label },
      { header: '現在の内容', cell: ({ before }) => before || '（空欄）', look: 'preserve-lines' },
      {
        header: '取り込んだ後',
        cell: ({ after, bands: change }): Part[] => [
          after === '' ? tag('warn', '空欄になる') : { kind: 'text', text: after },
          ...(change ? [tag('warn', change)] : []),
        ],
        card: 'below',
      },
    ]),
    part('added', '追加する病院', '', added.length, added, [
      { header: '病院', cell: (hospital) => hospital.name, look: 'name' },
      ...PLACE,
      { header: '病床規模区分', cell: ({ beds }) => bandText(bands, beds), look: 'keep' },
    ]),
    part(
      'proposed',
      '照合を待つ行',
      '登録済みの病院と同じ病院の可能性があります。取り込んだ後に「病院の照合」で確認するまで、病院としては追加せず、行の内容は保存しておきます。',
      proposals.length,
      proposals,
      [
        { header: '行の病院名', cell: ({ row }) => row.name, look: 'name' },
        { header: '市町村', cell: ({ row }) => row.municipality ?? '－', look: 'keep' },
        { header: '病床数', cell: ({ row }) => String(row.beds), look: 'number' },
        {
          header: '同じ可能性がある病院',
          cell: ({ candidates, isCertain }) => [
            ...candidates.map(({ key }): Part => {
              const { name: text, municipality, beds } = names.get(key)!
              return { kind: 'small', text: `${text}（${municipality ?? ''}・${beds}床）` }
            }),
            ...(isCertain ? [tag('ok', '名称・市町村・病床数が一致')] : []),
          ],
          card: 'below',
        },
      ],
    ),
    part(
      'held',
      '変更せずに残す項目',
      '出典を選択した項目と、より新しい時点の出典がある項目は、変更しません。ファイルの内容も出典の1つとして保存します。',
      held.length,
      heldRows,
      [
        name(({ hospital }) => hospital),
        { header: '項目', cell: ({ fact }) => FACT_LABELS[fact], look: 'keep' },
        { header: '使う内容', cell: ({ fact, counts }) => factText(fact, counts) },
        { header: 'ファイルの内容', cell: ({ fact, stated }) => factText(fact, stated) },
        {
          header: '理由',
          cell: ({ why }) => (why === 'chosen' ? '出典を選択済み' : 'より新しい時点の出典がある'),
        },
      ],
    ),
    part('left-out', '取り込まない行', '以前に取り込まないこととした行です。', leftOut.length, leftOut, [
      { header: '病院', cell: (hospital) => hospital.name, look: 'name' },
      ...PLACE,
    ]),
    part(
      'missing',
      'ファイルにない登録済みの病院',
      '変更しません。閉院した病院は、病院のページで閉院を登録してください。',
      unnamed.length,
      unnamed,
      [name((hospital) => hospital), ...PLACE],
      true,
    ),
  ].flatMap((table) => (table.count > 0 ? [table] : []))
}

/** Warnings, or errors, with their row and column. */
export function issueTable(label: string, issues: readonly RowIssue[]): Table {
  return tableOf<RowIssue>(
    [
      { header: '行', cell: ({ row }) => `${row}行目`, look: 'keep' },
      { header: '病院', cell: ({ hospital }) => hospital ?? '－', look: 'name' },
      { header: '列', cell: ({ column }) => column ?? '－' },
      { header: '内容', cell: ({ message }) => message, look: 'why' },
    ],
    issues.slice(0, MOST),
    { label },
  )
}

export function sourceLabel(source: Parameters<typeof labelOf<(typeof SOURCES)[number]['id']>>[1]): string {
  return labelOf(SOURCES, source)
}

function part<Row>(
  id: string,
  heading: string,
  note: string,
  count: number,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  isFolded = false,
): ImportTable {
  const table = tableOf(columns, rows.slice(0, MOST), { label: heading })
  return { id, heading, note, count, rest: Math.max(0, rows.length - MOST), isFolded, table }
}

function name<Row>(hospitalOf: (row: Row) => Hospital): Column<Row> {
  return {
    header: '病院',
    cell: (row) => hospitalLink(hospitalOf(row).key, hospitalOf(row).name),
    look: 'name',
  }
}

const PLACE: readonly Column<Hospital>[] = [
  {
    header: 'コード',
    cell: ({ medicalCode, naviiCode }) => medicalCode ?? naviiCode ?? '－',
    look: 'mono keep',
  },
  { header: '医療圏', cell: ({ region }) => region, look: 'keep' },
  { header: '市町村', cell: ({ municipality }) => municipality ?? '－', look: 'keep' },
  { header: '病床数', cell: ({ beds }) => String(beds), look: 'number' },
]

function bandChange(bands: readonly Band[], before: number, after: number): string | null {
  const [old, next] = [bandText(bands, before), bandText(bands, after)]
  return old === next ? null : `区分が変わる：${old}→${next}`
}
