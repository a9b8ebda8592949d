import type { FastifyInstance } from 'fastify'
import { adminPage } from '../page.ts'
import type { AdminOptions } from '../plugin.ts'
import { regionOrder } from '../region-order.ts'
import type { Draft } from './selection-draft.ts'
import { selectionFileRoutes } from './selection-files.ts'
import { parseSelectionQuery } from './selection-filter.ts'
import { type SelectionModel, selectionModel } from './selection-page.ts'
import { selectionStatus } from './selection-status.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/selection': SelectionModel
  }
}

/** The draft on today's facts: the board, the ranking and who is out, as a page and as files. */
export function selectionRoutes(app: FastifyInstance, options: AdminOptions, readDraft: () => Draft): void {
  selectionFileRoutes(app, options, readDraft)

  app.get('/selection', async (request, reply) => {
    const draft = readDraft()
    const model = selectionModel(draft, parseSelectionQuery(request.query), {
      byRegion: regionOrder(request.site.prefectureCode),
      status: selectionStatus(options.stores, draft),
    })
    return adminPage(reply, 'admin/selection', model)
  })
}
