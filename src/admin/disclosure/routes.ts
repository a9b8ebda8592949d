import type { FastifyInstance } from 'fastify'
import type { AdminOptions } from '../options.ts'
import { columnRoutes } from './column.ts'
import { disclosurePage } from './disclosure.ts'
import { disclosureSetRoutes } from './set.ts'
import { wordingRoutes } from './wording.ts'

/** 開示: which column may be seen by whoever asks, and what is handed out of a round. */
export function disclosureRoutes(app: FastifyInstance, options: AdminOptions): void {
  disclosurePage(app, options)
  columnRoutes(app, options)
  wordingRoutes(app, options)
  disclosureSetRoutes(app, options)
}
