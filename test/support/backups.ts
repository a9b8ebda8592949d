import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { sql } from 'drizzle-orm'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { readBackup } from '../../src/files/backup/backup-file.ts'
import { installationFiles } from '../../src/installation.ts'
import { invitationKeyBeside } from '../../src/invitation-key.ts'
import { openSurvey } from '../../src/open-survey.ts'
import { signerBeside } from '../../src/signing-key.ts'
import { emptyImage } from './database.ts'
import { addHospitals } from './submissions.ts'

const NOW = '2024-03-11T01:00:00Z'
export const KO = '4619900011'

/**
 * A survey as a program leaves it that was killed: with its keys, and with changes that only its -wal has yet.
 * @param fill what is in the -wal alone
 */
export function aKilledSurvey(path: string, fill: (stores: Stores) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-served-'))
  const config = { databasePath: join(folder, basename(path)) }
  writeFileSync(config.databasePath, emptyImage())
  const { database } = openSurvey(config, { mayCreate: true })
  const stores = openStores(database.db, () => new Date(NOW))
  signerBeside(config, stores.signingKeys, () => new Date(NOW))
  invitationKeyBeside(config).create()
  const files = installationFiles({ databasePath: path })
  writeFileSync(`${config.databasePath}.session-secret`, randomBytes(32).toString('base64url'))
  addHospitals(stores, { key: KO, name: '甲病院' })
  database.db.run(sql`PRAGMA wal_checkpoint(TRUNCATE)`)
  fill(stores)
  for (const own of Object.values(files)) rmSync(own, { force: true, recursive: true })
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(dirname(path), name))
  database.close()
  rmSync(folder, { recursive: true })
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
  const { database } = openSurvey({ databasePath: path }, { mayCreate: false })
  try {
    return look(openStores(database.db, () => new Date(NOW)))
  } finally {
    database.close()
  }
}
