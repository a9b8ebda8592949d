import { anyText, listQuery, pageNumber, type QueryOf } from '../list/query.ts'

/** What the record is narrowed to, in its address and in those of its files. */
export const RECORD = listQuery('/admin/audit', {
  from: anyText,
  to: anyText,
  who: anyText,
  kind: anyText,
  q: anyText,
  page: pageNumber,
})

export type RecordListQuery = QueryOf<typeof RECORD>
