import type { FastifyInstance } from 'fastify'
import { nextEditionBytes } from '../../office/next-edition.ts'
import { sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/next-edition/next-edition': { hospitals: number; users: number; policyVersion: number }
  }
}

const FILE = { name: '次の調査.db', fallback: 'next-edition.db', type: 'application/vnd.sqlite3' }

/** 次の調査の準備: a survey file that begins with this one's settings, users, master and policy. */
export function nextEditionRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  app.get('/next-edition', { config: { role: 'admin' } }, async (_request, reply) =>
    adminPage(reply, 'admin/next-edition/next-edition', {
      hospitals: stores.hospitals.all().length,
      users: stores.staff.all().length,
      policyVersion: stores.policies.current().version,
    }),
  )

  app.get('/next-edition.db', { config: { role: 'admin' } }, async (request, reply) => {
    const by = { actor: officerOf(request).login, at: now(), file: FILE.name }
    const bytes = nextEditionBytes(stores, by)
    // It stands on the record with what it holds, as whoever made the file wrote it.
    return sendFile(reply, { ...FILE, bytes }, () => {})
  })
}
