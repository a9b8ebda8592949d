import type { FastifyInstance, FastifyRequest } from 'fastify'
import { toCsv } from '../../files/table/csv.ts'
import { sheetOf, toXlsx, XLSX_TYPE } from '../../files/xlsx/write.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { draftStability } from '../../office/draft/stability.ts'
import { resultBytes, snapshotBytes } from '../../office/rounds/files.ts'
import { forReaders } from '../access.ts'
import { encodingOf, JSON_TYPE, sendCsv, sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { officerOf } from '../session/officer.ts'
import { type SelectionRow, selectionColumns } from './selection-columns.ts'
import { matchesFilter, parseSelectionQuery } from './selection-filter.ts'
import { selectionLineOf } from './selection-lines.ts'

/** The draft as files: what the page shows of the ranking, and the two with which anyone can recompute it. */
export function selectionFileRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  readDraft: () => Draft,
): void {
  function record(request: FastifyRequest, draft: Draft, detail: { file: string; rows?: number }): void {
    const { login: actor } = officerOf(request)
    const { snapshotSha256 } = draft.result
    stores.audit.append({
      at: now(),
      actor,
      action: 'selection.exported',
      subject: 'draft',
      detail: { ...detail, snapshotSha256 },
    })
  }

  app.get('/selection.csv', forReaders, async (request, reply) => {
    const draft = readDraft()
    const rows = rowsShown(draft, request.query)
    const csv = toCsv(selectionColumns(draft.snapshot.policy), rows)
    const file = { name: `${NAME}.csv`, fallback: 'selection.csv', csv }
    return sendCsv(reply, file, encodingOf(request.query), () =>
      record(request, draft, { file: file.fallback, rows: rows.length }),
    )
  })

  app.get('/selection.xlsx', forReaders, async (request, reply) => {
    const draft = readDraft()
    const rows = rowsShown(draft, request.query)
    const bytes = await toXlsx([sheetOf('順位（内部資料）', selectionColumns(draft.snapshot.policy), rows)])
    const file = { name: `${NAME}.xlsx`, fallback: 'selection.xlsx', type: XLSX_TYPE, bytes }
    return sendFile(reply, file, () => record(request, draft, { file: file.fallback, rows: rows.length }))
  })

  const files = {
    'snapshot.json': { name: '選定案の入力.json', bytes: ({ snapshot }: Draft) => snapshotBytes(snapshot) },
    'result.json': { name: '選定案の結果.json', bytes: ({ result }: Draft) => resultBytes(result) },
  }
  for (const [fallback, { name, bytes }] of Object.entries(files))
    app.get(`/selection/${fallback}`, forReaders, async (request, reply) => {
      const draft = readDraft()
      const file = { name, fallback, type: JSON_TYPE, bytes: bytes(draft) }
      return sendFile(reply, file, () => record(request, draft, { file: fallback }))
    })
}

const NAME = '選定案の順位（内部資料）'

/** All pages of what the filter shows: the ranking, then the ineligible by code. */
function rowsShown({ snapshot, result }: Draft, query: unknown): SelectionRow[] {
  const filter = parseSelectionQuery(query)
  const stability = draftStability({ snapshot, result }, filter.stability !== '')
  const lineOf = selectionLineOf(snapshot, result, stability)
  return result.results
    .filter((row) => matchesFilter(row, filter, stability))
    .map((row) => ({ row, line: lineOf(row) }))
}
