import type { Config } from './config.ts'
import { receiptKeyFingerprint } from './domain/answer/receipt.ts'
import { installationFiles } from './installation.ts'
import { createKeyFile, newKey, readKeyFile } from './key-file.ts'
import { START_CODES, StartProblem } from './start-problem.ts'

/**
 * The key from which the receipts' 確認コード are made: made once, and kept beside the database, readable by its owner only.
 * It is in no database, so that a copy of one opens no receipt; it is in every backup, as without it no hospital's code
 * opens anything.
 * @param known the fingerprint of the key by which hospitals were given their codes (openDatabase says it); null while
 * none has one, and another key may take its place
 * @throws StartProblem where it cannot be read, or is not that one
 */
export function receiptKeyBeside(
  config: Pick<Config, 'databasePath'>,
  known: string | null = null,
): Uint8Array {
  if (config.databasePath === ':memory:') return newKey()
  const { receiptKey: path } = installationFiles(config)
  const found = readKeyFile(path)
  if (found.kind === 'unreadable')
    throw new StartProblem(
      START_CODES['receipt-key'],
      `確認コードの鍵のファイル（${path}）を読み取れません。`,
    )
  if (found.kind === 'missing' && known !== null)
    throw new StartProblem(
      START_CODES['receipt-key'],
      `確認コードの鍵のファイル（${path}）がありません。このままでは、病院にお渡しした確認コードで受付票を開けません。バックアップから、このファイルをデータベースと同じ場所に戻してください。`,
    )
  if (found.kind === 'missing') return createKeyFile(path)
  if (known !== null && receiptKeyFingerprint(found.key) !== known)
    throw new StartProblem(
      START_CODES['receipt-key'],
      `確認コードの鍵のファイル（${path}）が、このデータベースのものではありません。このままでは、病院にお渡しした確認コードで受付票を開けません。このデータベースと同じバックアップから、このファイルを戻してください。`,
    )
  return found.key
}
