import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readFileSync, renameSync, rmSync } from 'node:fs'
import type { Config } from './config.ts'
import type { Act } from './db/acts.ts'
import type { SigningKeyStore } from './db/signing-keys.ts'
import type { Signer } from './domain/text/ed25519.ts'
import { installationFiles } from './installation.ts'
import { writeSecretFile } from './key-file.ts'
import { START_CODES, StartProblem } from './start-problem.ts'

/**
 * The key by which the installation signs its record and its archives: made at the first start, kept beside the database,
 * readable by its owner only, and in every backup. Whose it is stands in the database: another one, or none, is noticed.
 * @throws StartProblem where it cannot be read, is missing, or is another than the database knows
 */
export function signerBeside(
  config: Pick<Config, 'databasePath'>,
  known: SigningKeyStore,
  now: () => Date,
): Signer {
  if (config.databasePath === ':memory:') return newSigner()
  const { signingKey: path } = installationFiles(config)
  const expected = known.current()?.publicKey ?? null
  const found = readSigner(path)
  if (found === 'unreadable')
    throw new StartProblem(START_CODES['signing-key'], `署名鍵のファイル（${path}）を読み取れません。${WAYS}`)
  if (found === 'missing' && expected !== null)
    throw new StartProblem(START_CODES['signing-key'], `署名鍵のファイル（${path}）がありません。${WAYS}`)
  const signer = found === 'missing' ? createSigner(path) : found
  if (expected === null) known.record(signer.publicKey, { actor: 'system', at: now(), reason: null })
  else if (signer.publicKey !== expected)
    throw new StartProblem(
      START_CODES['signing-key'],
      `署名鍵のファイル（${path}）が、このデータベースのものではありません。${WAYS}`,
    )
  return signer
}

const WAYS =
  'バックアップから、このファイルをデータベースと同じ場所に戻してください。失われた場合は、kakuho signing-key change --reason 理由 で新しい鍵に替えられます。'

/**
 * Another key from now on, with a reason on the record: where the one there was is lost, or somebody else may have it.
 * What lies at its place is kept beside it.
 */
export function changeSigningKey(
  config: Pick<Config, 'databasePath'>,
  known: SigningKeyStore,
  act: Act & { reason: string },
): Signer {
  const { signingKey: path } = installationFiles(config)
  const found = readSigner(path)
  // Before anything is moved: where there is no room for it, all stays as it was.
  const fresh = `${path}.new`
  rmSync(fresh, { force: true })
  const signer = createSigner(fresh)
  if (found !== 'missing') renameSync(path, `${path}.${act.at.toISOString().replace(/[-:.]/g, '')}`)
  renameSync(fresh, path)
  known.record(signer.publicKey, act)
  return signer
}

/** One that is kept nowhere. */
function newSigner(): Signer {
  return signerOf(generateKeyPairSync('ed25519').privateKey)
}

/** The key in a file of its own. */
export function readSigner(path: string): Signer | 'missing' | 'unreadable' {
  try {
    const key = createPrivateKey(readFileSync(path))
    return key.asymmetricKeyType === 'ed25519' ? signerOf(key) : 'unreadable'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable'
  }
}

/** Never over one that is there. */
function createSigner(path: string): Signer {
  const { privateKey } = generateKeyPairSync('ed25519')
  writeSecretFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  return signerOf(privateKey)
}

export function signerOf(key: KeyObject): Signer {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return {
    publicKey: Buffer.from(x!, 'base64url').toString('base64'),
    sign: (message) => sign(null, message, key).toString('base64'),
  }
}
