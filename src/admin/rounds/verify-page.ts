import type { FastifyInstance } from 'fastify'
import { VERIFY_PAGE, verifyPageBytes } from '../../files/reports/verify-page.ts'
import { forReaders } from '../access.ts'
import { sendFile } from '../downloads.ts'

/** To keep beside an archive. Opened from here it would not run: no page of ours allows a script within itself. */
export function verifyPageRoutes(app: FastifyInstance): void {
  app.get('/verify.html', forReaders, async (_request, reply) =>
    sendFile(reply, { ...VERIFY_PAGE, bytes: verifyPageBytes() }, () => {
      // Nothing of the survey is in it: whoever takes it away takes nothing.
    }),
  )
}
