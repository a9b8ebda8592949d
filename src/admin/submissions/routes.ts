import type { FastifyInstance } from 'fastify'
import { reviewReader } from '../../office/answers/review.ts'
import type { AdminOptions } from '../options.ts'
import { submissionListRoutes } from './list.ts'
import { proxyRoutes } from './proxy.ts'
import { receiptRoutes } from './receipt.ts'
import { submissionRoutes } from './submission.ts'
import { versionRoutes } from './versions.ts'

/** The answers: the list, each of them, and what staff enter for a hospital. */
export function answerRoutes(app: FastifyInstance, options: AdminOptions): void {
  const readRows = reviewReader(options.stores)
  submissionListRoutes(app, options, readRows)
  proxyRoutes(app, options)
  submissionRoutes(app, options, readRows)
  receiptRoutes(app, options)
  versionRoutes(app, options)
}
