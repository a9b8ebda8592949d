import type { FastifyInstance } from 'fastify'
import { plainWords } from '../../files/plain-words.ts'
import { keptPage } from '../../web/kept-page.ts'

declare module '../../web/views.ts' {
  interface Views {
    'survey/notice/selection': { section: ReturnType<typeof plainWords> }
  }
}

/** 選定の方法: how hospitals are selected, for whoever asks. No number of the prefecture's own policy is in it. */
export function selectionRoutes(app: FastifyInstance): void {
  keptPage(app, '/selection', (_site, view) => view('survey/notice/selection', { section: plainWords() }))
}
