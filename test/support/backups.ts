import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sql } from 'drizzle-orm'
import { openDatabase } from '../../src/db/open.ts'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { readBackup } from '../../src/files/backup/backup-file.ts'
import { installationFiles } from '../../src/installation.ts'
import { emptyImage } from './database.ts'
import { addHospitals } from './submissions.ts'

export const NOW = '2024-03-11T01:00:00Z'
export const KO = '4619900011'

/**
 * A survey as a program leaves it that was killed: with its keys, and with changes that only its -wal has yet.
 * @param fill what is in the -wal alone
 */
export function aKilledSurvey(path: string, fill: (stores: Stores) => void) {
  const files = installationFiles({ databasePath: path })
  const source = join(dirname(path), 'served.db')
  writeFileSync(source, emptyImage())
  const served = openDatabase(source)
  const stores = openStores(served.db, () => new Date(NOW))
  addHospitals(stores, { key: KO, name: '甲病院' })
  served.db.run(sql`PRAGMA wal_checkpoint(TRUNCATE)`)
  fill(stores)
  for (const end of ['', '-wal', '-shm']) copyFileSync(`${source}${end}`, `${path}${end}`)
  served.close()
  const keys = [files.receiptKey, files.invitationKey, files.signingKey]
  for (const key of [...keys, files.sessionSecret])
    writeFileSync(key, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  return files
}

/** Of a backup that is whole. */
export function descriptionOf(path: string) {
  const whole = readBackup(path)
  if (typeof whole === 'string') throw new Error(`${path} is ${whole}`)
  return whole.description
}

/** As somebody finds it who opens the survey now. */
export function found<T>(path: string, look: (stores: Stores) => T): T | null {
  if (!existsSync(path)) return null
  const database = openDatabase(path)
  try {
    return look(openStores(database.db, () => new Date(NOW)))
  } finally {
    database.close()
  }
}
