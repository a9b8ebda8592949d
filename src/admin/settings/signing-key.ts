import type { FastifyInstance } from 'fastify'
import { publicKeyPem } from '../../domain/text/ed25519.ts'
import { forReaders } from '../access.ts'
import { sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'

/** The public half of the signing key, for whoever verifies an archive: it opens nothing, and may be given to anybody. */
export function signingKeyRoutes(app: FastifyInstance, { stores }: AdminOptions): void {
  app.get('/settings/signing-key.pem', forReaders, async (_request, reply) => {
    const { signer } = stores
    if (!signer) return refusal(reply, 'not-found')
    const bytes = Buffer.from(publicKeyPem(signer.publicKey), 'latin1')
    return sendFile(reply, { ...PUBLIC_KEY_FILE, bytes }, () => {
      // Nothing of the survey is in it: whoever takes it away takes nothing.
    })
  })
}

const PUBLIC_KEY_FILE = {
  name: '署名の公開鍵.pem',
  fallback: 'signing-key.pem',
  type: 'application/x-pem-file',
}
