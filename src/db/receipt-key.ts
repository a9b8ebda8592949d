import type Database from 'better-sqlite3'
import { confirmationCode, givenCodeHash, receiptKeyFingerprint } from '../domain/answer/receipt.ts'

/**
 * What the receipt key makes, as functions of the connection: the key itself is in no table, and a connection that has
 * none knows no code.
 */
export function registerReceiptKey(sqlite: Database.Database, key: Uint8Array | null): void {
  const options = { deterministic: true, directOnly: true }
  const needed = (): Uint8Array => {
    if (!key) throw new Error('the receipt key is needed for what is in this file')
    return key
  }
  sqlite.function('receipt_code', options, (id) => key && confirmationCode(key, String(id)))
  sqlite.function('given_code_hash', options, (id, code) => givenCodeHash(needed(), String(id), String(code)))
  sqlite.function('receipt_key_fingerprint', options, () => receiptKeyFingerprint(needed()))
}

/** The fingerprint of the key by which hospitals were given their codes, before the file is brought to today's schema. */
export function knownReceiptKey(sqlite: Database.Database): string | null {
  const isThere = sqlite.prepare("SELECT 1 FROM sqlite_master WHERE name = 'receipt_keys'").get()
  if (!isThere) return null
  const known = 'SELECT fingerprint FROM receipt_keys WHERE EXISTS (SELECT 1 FROM submissions)'
  return (sqlite.prepare(known).pluck().get() as string | undefined) ?? null
}

/**
 * Keeps whose codes these are, from before the first is given out. A file that held codes and mails as they were is
 * written anew, once: until that was done it is begun again at every start.
 */
export function settleReceiptKey(sqlite: Database.Database, key: Uint8Array | null): void {
  if (!key) return
  const fingerprint = receiptKeyFingerprint(key)
  const row = sqlite.prepare('SELECT fingerprint, is_swept AS isSwept FROM receipt_keys').get() as
    | { fingerprint: string; isSwept: number }
    | undefined
  if (row?.fingerprint !== fingerprint)
    sqlite
      .prepare(
        `INSERT INTO receipt_keys (id, fingerprint) VALUES (1, ?)
         ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint`,
      )
      .run(fingerprint)
  if (row?.isSwept === 0) {
    sqlite.exec('VACUUM')
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
    sqlite.exec('UPDATE receipt_keys SET is_swept = 1')
  }
}
