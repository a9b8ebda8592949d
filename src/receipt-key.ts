import type { Config } from './config.ts'
import { installationFiles } from './installation.ts'
import { createKeyFile, newKey, readKeyFile } from './key-file.ts'
import { StartProblem } from './start-problem.ts'

/**
 * The key from which the receipts' 確認コード are made: made once, and kept beside the database, readable by its owner only.
 * It is in no database, so that a copy of one opens no receipt; it is in every backup, as without it no hospital's code
 * opens anything.
 * @throws StartProblem where it cannot be read
 */
export function receiptKeyBeside(config: Pick<Config, 'databasePath'>): Uint8Array {
  if (config.databasePath === ':memory:') return newKey()
  const { receiptKey: path } = installationFiles(config)
  const found = readKeyFile(path)
  if (found.kind === 'key') return found.key
  if (found.kind === 'missing') return createKeyFile(path)
  throw new StartProblem(1, `確認コードの鍵のファイル（${path}）を読み取れません。`)
}
