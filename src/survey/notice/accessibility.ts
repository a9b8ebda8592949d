import type { FastifyInstance } from 'fastify'
import { dayText } from '../../domain/text/dates.ts'
import { page } from '../../web/views.ts'

/** When the tests of docs/accessibility.md were last run and looked at: the statement names this day. */
export const TESTED_ON = '2026-11-22'

export interface AccessibilityModel {
  testedOn: string
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/notice/accessibility': AccessibilityModel
  }
}

/** ウェブアクセシビリティ: what was tested and how, and what was not. */
export function accessibilityRoute(app: FastifyInstance): void {
  app.get('/accessibility', (_request, reply) =>
    page(reply, 'survey/notice/accessibility', { testedOn: dayText(TESTED_ON) }),
  )
}
