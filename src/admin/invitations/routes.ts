import type { FastifyInstance } from 'fastify'
import type { AdminOptions } from '../options.ts'
import { hospitalInvitationRoutes } from './hospital.ts'
import { issueRoutes } from './issue.ts'
import { keyRoutes } from './key.ts'
import { invitationLetterRoutes } from './letters.ts'
import { invitationListRoutes } from './list.ts'
import { letterTextRoutes } from './text.ts'

/** 調査依頼: a link of its own for every hospital, the letters and files that carry it, and how far each is. */
export function invitationRoutes(app: FastifyInstance, options: AdminOptions): void {
  invitationListRoutes(app, options)
  issueRoutes(app, options)
  invitationLetterRoutes(app, options)
  letterTextRoutes(app, options)
  keyRoutes(app, options)
  hospitalInvitationRoutes(app, options)
}
