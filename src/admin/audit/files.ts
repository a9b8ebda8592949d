import type { FastifyInstance } from 'fastify'
import type { Column } from '../../files/table/csv.ts'
import { inTurn } from '../../office/in-turn.ts'
import { type RecordLine, recordReader } from '../../office/record/reading.ts'
import { recordFilter } from '../../office/record/search.ts'
import { listFileRoutes } from '../list/files.ts'
import type { AdminOptions } from '../options.ts'
import { mayManage } from '../session/officer.ts'
import { RECORD } from './query.ts'

const COLUMNS: readonly Column<RecordLine>[] = [
  { header: '番号', value: ({ seq }) => seq },
  { header: '日時', value: ({ at }) => at },
  { header: '操作した人', value: ({ actor }) => actor || null },
  { header: '内容', value: ({ text }) => text },
  { header: '理由', value: ({ reason }) => (reason === null ? null : reasonText(reason)) },
  // What `audit verify` and an archive of the survey compare: it ties every entry to all before it.
  { header: '照合用の値', value: ({ hash }) => hash },
]

/** What the page shows, all pages of it, from the oldest on. */
export function recordFileRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores } = options
  const names = { path: '/audit', name: '操作の記録', action: 'audit.exported' }
  listFileRoutes(app, options, names, async (request, { name }) => {
    const { filter } = recordFilter(stores, RECORD.parse(request.query))
    const read = recordReader(stores, { place: request.site.place, mayManage: mayManage(request) })
    const rows: RecordLine[] = []
    await inTurn(stores.audit.search.every(filter), (entry) => rows.push(read(entry)))
    return { columns: COLUMNS, rows, subject: 'audit', detail: { file: name } }
  })
}

function reasonText({ label, text }: NonNullable<RecordLine['reason']>): string {
  return label === '' || label === '理由' ? text : `${label}：${text}`
}
