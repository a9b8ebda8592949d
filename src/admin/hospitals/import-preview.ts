import type { FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { BlankRule } from '../../domain/master/open-cells.ts'
import { dayText } from '../../domain/text/dates.ts'
import type { ForeseenImport, MasterFile } from '../../office/master/import.ts'
import type { Table } from '../list/table.ts'
import { adminPage } from '../page.ts'
import { type ImportTable, importTables, issueTable, sourceLabel } from './import-tables.ts'

interface ImportPreviewModel {
  /** Under which it is kept; null where it cannot be taken in. */
  staged: number | null
  /** What the page shows: another text where the import would do something else. */
  digest: string
  blank: BlankRule
  file: string
  facts: { label: string; text: string }[]
  counts: { label: string; count: number }[]
  tables: ImportTable[]
  errors: Issues | null
  warnings: Issues | null
  blanks: { column: string; message: string }[]
  mayClear: boolean
  /** Nothing would change. */
  isEmpty: boolean
  isStale: boolean
}

interface Issues {
  count: number
  rest: number
  table: Table
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/import-preview': ImportPreviewModel
  }
}

interface ShownImport {
  file: MasterFile
  foreseen: ForeseenImport
  blank: BlankRule
  staged: number | null
  isStale?: boolean
}

/** What taking a file in would do, hospital by hospital, with the one form that does it. */
export function showPreview(
  reply: FastifyReply,
  stores: Stores,
  { file, foreseen, blank, staged, isStale = false }: ShownImport,
): FastifyReply {
  const { would, warnings, errors, blanks, mayClear } = foreseen
  const of = (kind: string) => would.changes.filter((change) => change.kind === kind).length
  const { bands } = stores.policies.current().policy
  return adminPage(reply, 'admin/hospitals/import-preview', {
    staged: errors.length > 0 ? null : staged,
    digest: would.digest,
    blank,
    file: file.name,
    facts: [
      { label: 'ファイル', text: file.name },
      ...(file.sheet === '' ? [] : [{ label: 'シート', text: file.sheet }]),
      { label: '種類', text: sourceLabel(file.source) },
      { label: '時点', text: `${dayText(file.day)}（${DAY_FROM[file.dayFrom]}）` },
    ],
    counts: [
      { label: '追加する病院', count: of('added') },
      { label: '変更する病院', count: of('changed') },
      { label: '変更のない病院', count: of('unchanged') },
      { label: '照合を待つ行', count: would.proposals.length },
    ],
    tables: importTables(would, bands),
    errors: issues('エラー', errors),
    warnings: issues('確認が必要な内容', warnings),
    blanks,
    mayClear,
    isEmpty: of('added') + of('changed') + would.proposals.length === 0,
    isStale,
  })
}

const DAY_FROM: Record<MasterFile['dayFrom'], string> = {
  file: 'ファイルの記載',
  name: 'ファイル名から',
  today: '取り込む日',
}

function issues(label: string, all: ForeseenImport['warnings']): Issues | null {
  if (all.length === 0) return null
  const table = issueTable(label, all)
  return { count: all.length, rest: all.length - table.rows.length, table }
}
