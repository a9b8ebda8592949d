import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Config } from './config.ts'
import { installationFiles } from './installation.ts'
import { writeSecretFile } from './key-file.ts'
import { START_CODES, StartProblem } from './start-problem.ts'

/** As SESSION_SECRET asks for. */
const SHORTEST_SECRET = 32

/** The configured secret, or one made once and kept beside the database, readable by its owner only. */
export function sessionSecretOf(config: Config): string {
  if (config.sessionSecret !== null) return config.sessionSecret
  if (config.databasePath === ':memory:') return newSecret()
  const { sessionSecret: path } = installationFiles(config)
  return read(path) ?? create(path)
}

function read(path: string): string | null {
  const secret = textOf(path)
  if (secret === null || secret.length >= SHORTEST_SECRET) return secret
  throw new StartProblem(
    START_CODES['session-secret'],
    `${path}：ログインの鍵のファイルの中身がないか、短すぎます。このファイルを削除して、もう一度開始してください（新しい鍵が作成され、担当者はログインし直すことになります）。`,
  )
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new StartProblem(
      START_CODES['session-secret'],
      `${path}：ログインの鍵のファイルを読み取れません。所有者と権限を確認してください。`,
    )
  }
}

function create(path: string): string {
  const secret = newSecret()
  writeSecretFile(path, `${secret}\n`)
  return secret
}

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}
