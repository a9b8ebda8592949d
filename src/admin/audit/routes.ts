import type { FastifyInstance } from 'fastify'
import type { AdminOptions } from '../options.ts'
import { recordFileRoutes } from './files.ts'
import { recordRoutes } from './record.ts'
import { verificationRoutes } from './verification.ts'

/** 操作の記録: who did what, when and why, to be read, taken away and verified. */
export function auditRoutes(app: FastifyInstance, options: AdminOptions): void {
  recordRoutes(app, options)
  recordFileRoutes(app, options)
  verificationRoutes(app, options)
}
