import type { FastifyInstance } from 'fastify'
import type { AdminOptions } from '../options.ts'
import { callSheetRoutes } from './calls.ts'
import { contactRoutes } from './contact.ts'
import { nonrespondentListRoutes } from './list.ts'

/** 未回答: who has not answered, the sheet to call by, and what came of the calls. */
export function nonrespondentRoutes(app: FastifyInstance, options: AdminOptions): void {
  nonrespondentListRoutes(app, options)
  callSheetRoutes(app, options)
  contactRoutes(app, options)
}
