import type { FastifyInstance } from 'fastify'
import type { AdminOptions } from '../options.ts'
import { reminderListRoutes } from './list.ts'
import { reminderLogRoutes } from './log.ts'
import { previewRoutes } from './preview.ts'
import { sendRoutes } from './send.ts'
import { reminderTextRoutes } from './texts.ts'

/** 督促: texts to copy, to fax and to say, mails to chosen hospitals, and the log of what went out. */
export function reminderRoutes(app: FastifyInstance, options: AdminOptions): void {
  reminderListRoutes(app, options)
  previewRoutes(app, options)
  sendRoutes(app, options)
  reminderTextRoutes(app, options)
  reminderLogRoutes(app, options)
}
