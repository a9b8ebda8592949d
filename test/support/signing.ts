import { generateKeyPairSync } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import type { Db } from '../../src/db/open.ts'
import { signingKeyStore } from '../../src/db/signing-keys.ts'
import type { Signer } from '../../src/domain/text/ed25519.ts'
import { installationFiles } from '../../src/installation.ts'
import { signerBeside, signerOf } from '../../src/signing-key.ts'

/** Of one worker, so that what was stored in one test's database is signed as in the next. */
const { privateKey } = generateKeyPairSync('ed25519')
export const testSigner = signerOf(privateKey)

/** As a start finds it: in memory there is nothing to lay it beside. */
export function signerFor(databasePath: string, db: Db, now: () => Date): Signer {
  if (databasePath === ':memory:') return testSigner
  const { signingKey } = installationFiles({ databasePath })
  if (!existsSync(signingKey))
    writeFileSync(signingKey, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  return signerBeside({ databasePath }, signingKeyStore(db), now)
}
