import type { FastifyInstance } from 'fastify'
import { JSON_TYPE, sendFile } from './downloads.ts'
import { officerOf } from './officer.ts'
import { adminPage } from './page.ts'
import type { AdminOptions } from './plugin.ts'
import { regionOrder } from './region-order.ts'
import { type Draft, resultBytes, snapshotBytes } from './selection-draft.ts'
import { parseSelectionFilter } from './selection-filter.ts'
import { type SelectionModel, selectionModel } from './selection-page.ts'

declare module './page.ts' {
  interface AdminViews {
    'admin/selection': SelectionModel
  }
}

/** The draft on today's facts, as a page and as the two files with which anyone can recompute it. */
export function selectionRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  readDraft: () => Draft,
): void {
  app.get('/selection', async (request, reply) => {
    const draft = readDraft()
    const model = selectionModel(draft, parseSelectionFilter(request.query), {
      byRegion: regionOrder(request.site.prefectureCode),
      confirmed: stores.rounds.byNumber(draft.snapshot.round),
    })
    return adminPage(reply, 'admin/selection', model)
  })

  const files = {
    'snapshot.json': { name: '選定案の入力.json', bytes: ({ snapshot }: Draft) => snapshotBytes(snapshot) },
    'result.json': { name: '選定案の結果.json', bytes: ({ result }: Draft) => resultBytes(result) },
  }
  for (const [fallback, { name, bytes }] of Object.entries(files))
    app.get(`/selection/${fallback}`, async (request, reply) => {
      const draft = readDraft()
      const detail = { file: fallback, snapshotSha256: draft.result.snapshotSha256 }
      const { login: actor } = officerOf(request)
      stores.audit.append({ at: now(), actor, action: 'selection.exported', subject: 'draft', detail })
      return sendFile(reply, { name, fallback, type: JSON_TYPE, bytes: bytes(draft) })
    })
}
