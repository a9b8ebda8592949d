import { basename } from 'node:path'
import type { CopyFacts } from '../db/online-copy.ts'
import { receiptKeyFingerprint } from '../domain/answer/receipt.ts'
import type { Signer } from '../domain/text/ed25519.ts'
import type { BackupSources } from '../files/backup/backup-file.ts'
import { readKeyFile } from '../key-file.ts'
import { readSigner } from '../signing-key.ts'

/** The names of the keys, of whatever kind. */
type KeyName = Exclude<keyof BackupSources, 'database'>
export const KEY_NAMES: readonly KeyName[] = ['receiptKey', 'invitationKey', 'signingKey']

/** The keys that lie beside a database. */
interface Keys {
  sources: BackupSources
  /** What signs the record; null where the survey was never started with such a key. */
  signer: Signer | null
}

/**
 * Those of the given ones that are there, each of them the database's own: without the one by which its codes were given, no
 * hospital would open its receipt, and the survey would not start.
 * @returns a sentence where one is not as it has to be
 */
export function keysOf(paths: Partial<Record<KeyName, string>>, known: CopyFacts['keys']): Keys | string {
  const sources: BackupSources = {}
  for (const name of KEY_NAMES) {
    const path = paths[name] ?? ''
    const found = path === '' ? 'missing' : identityOf(name, path)
    const expected = name === 'invitationKey' ? null : known[name]
    if (found === 'unreadable') return `鍵のファイル（${basename(path)}）を読み取れません。`
    if (expected !== null && found !== expected)
      return `${LABELS[name]}の鍵のファイルが${found === 'missing' ? 'ありません' : 'データベースのものではありません'}。`
    if (found !== 'missing') sources[name] = path
  }
  const signer = sources.signingKey ? readSigner(sources.signingKey) : 'missing'
  return { sources, signer: typeof signer === 'string' ? null : signer }
}

const LABELS: Record<KeyName, string> = {
  receiptKey: '確認コード',
  invitationKey: '回答用リンク',
  signingKey: '署名',
}

/** As the database knows it; 'missing' and 'unreadable' for what is no key. */
function identityOf(name: KeyName, path: string): string {
  if (name === 'signingKey') {
    const signer = readSigner(path)
    return typeof signer === 'string' ? signer : signer.publicKey
  }
  const found = readKeyFile(path)
  return found.kind === 'key' ? receiptKeyFingerprint(found.key) : found.kind
}
