import type { FastifyInstance } from 'fastify'
import type { Draft } from '../../office/draft/draft.ts'
import { selectionStatus } from '../../office/draft/status.ts'
import { regionOrder } from '../../office/region-order.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { selectionFileRoutes } from './selection-files.ts'
import { parseSelectionQuery } from './selection-filter.ts'
import { type SelectionModel, selectionModel } from './selection-page.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/selection/selection': SelectionModel
  }
}

/** The draft on today's facts: the board, the ranking and who is out, as a page and as files. */
export function selectionRoutes(app: FastifyInstance, options: AdminOptions, readDraft: () => Draft): void {
  selectionFileRoutes(app, options, readDraft)

  app.get('/selection', forReaders, async (request, reply) => {
    const draft = readDraft()
    const model = selectionModel(draft, parseSelectionQuery(request.query), {
      byRegion: regionOrder(request.site.prefectureCode),
      status: selectionStatus(options.stores, draft),
    })
    return adminPage(reply, 'admin/selection/selection', model)
  })
}
