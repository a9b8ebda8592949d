import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Config } from './config.ts'
import { installationFiles } from './installation.ts'

/** The configured secret, or one made once and kept beside the database, readable by its owner only. */
export function sessionSecretOf(config: Config): string {
  if (config.sessionSecret !== null) return config.sessionSecret
  if (config.databasePath === ':memory:') return newSecret()
  const { sessionSecret: path } = installationFiles(config)
  return read(path) ?? create(path)
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function create(path: string): string {
  const secret = newSecret()
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}
