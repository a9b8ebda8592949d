import type { FastifyInstance } from 'fastify'
import { plainWords } from '../../files/plain-words.ts'
import { page } from '../../web/views.ts'

declare module '../../web/views.ts' {
  interface Views {
    'survey/notice/selection': { section: ReturnType<typeof plainWords> }
  }
}

/** 選定の方法: how hospitals are selected, for whoever asks. No number of the prefecture's own policy is in it. */
export function selectionRoutes(app: FastifyInstance): void {
  const section = plainWords()
  app.get('/selection', (_request, reply) => page(reply, 'survey/notice/selection', { section }))
}
