import { existsSync, writeFileSync } from 'node:fs'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { openStores } from '../../src/db/stores.ts'
import { installationFiles } from '../../src/installation.ts'
import type { InstallationKeys } from '../../src/installation-keys.ts'
import { invitationKeyBeside } from '../../src/invitation-key.ts'
import { metricsOf } from '../../src/metrics-of.ts'
import { openSurvey } from '../../src/open-survey.ts'
import { openRehearsal } from '../../src/rehearsal/rehearsal.ts'
import { CONNECTION_LIMITS, type ConnectionLimits } from '../../src/web/limits.ts'
import { LOG_SERIALIZERS } from '../../src/web/log.ts'
import { emptyImage, openCopy } from './database.ts'
import { RECEIPT_KEY } from './receipts.ts'
import { signerFor, testSigner } from './signing.ts'

export interface TestAppOptions {
  /** ISO instant at which the injected clock starts; inside the default survey period unless told. */
  now?: string
  databasePath?: string
  side?: 'both' | 'public' | 'admin'
  /** Variables beyond the defaults, e.g. a mail server. */
  environment?: Record<string, string>
  /** What the database holds at first; null leaves the file at the path as it is. */
  image?: Buffer | null
  /** What the start would have printed where nobody may log in. */
  setupToken?: string | null
  /** Smaller ones than the program's, where a test waits for them. */
  limits?: Partial<ConnectionLimits>
  /** Where the log is written, line by line; nowhere unless told. */
  log?: (line: string) => void
}

export type TestApp = Awaited<ReturnType<typeof startTestApp>>

/** With the key by which the codes of every image are made. */
function layAt(databasePath: string, image: Buffer): void {
  writeFileSync(databasePath, image)
  const { receiptKey } = installationFiles({ databasePath })
  writeFileSync(receiptKey, Buffer.from(RECEIPT_KEY).toString('base64url'), { mode: 0o600 })
}

/** Of a survey that lies in no folder. */
export function keysInMemory(): InstallationKeys {
  return {
    sessionSecret: 'a secret of the tests, at least 32 characters long',
    invitationKey: invitationKeyBeside({ databasePath: ':memory:' }),
    receiptKey: RECEIPT_KEY,
    signer: testSigner,
  }
}

/** The real program on a real (in-memory) database through the real migrations; only the clock is ours. */
export async function startTestApp({
  now = '2024-03-11T01:00:00Z',
  databasePath = ':memory:',
  side = 'both',
  environment = {},
  image = databasePath === ':memory:' || !existsSync(databasePath) ? emptyImage() : null,
  setupToken = null,
  limits: smaller = {},
  log,
}: TestAppOptions = {}) {
  const clock = { now: new Date(now) }
  const limits = { ...CONNECTION_LIMITS, farewell: 0, ...smaller }
  const logger = log
    ? { level: 'trace', serializers: LOG_SERIALIZERS, stream: { write: log } }
    : (false as const)
  const failures: unknown[] = []
  const config = readConfig({ NODE_ENV: 'test', DATABASE_PATH: databasePath, ...environment })
  if (image && databasePath !== ':memory:') layAt(databasePath, image)
  const { database, receiptKey } =
    image && databasePath === ':memory:' ? openCopy(image) : openSurvey(config, { mayCreate: true })
  const keys = {
    ...keysInMemory(),
    invitationKey: invitationKeyBeside(config),
    receiptKey,
    signer: signerFor(databasePath, database.db, () => clock.now),
  }
  const rehearsal = openRehearsal({
    database,
    now: () => clock.now,
    sides: [side],
    build: (side, copy, rehearsal) =>
      buildApp({ ...copy, config, now: () => clock.now, side, copy, rehearsal, logger, limits }),
    failed: (error) => failures.push(error),
  })
  const metrics = await metricsOf(database, config, () => clock.now)
  const app = await buildApp({
    ...{ config, database, now: () => clock.now, keys, side, setupToken },
    ...{ rehearsal, metrics, logger, limits },
  })
  const stores = openStores(database.db, () => clock.now, keys.signer)
  return {
    app,
    stores,
    database,
    keys,
    secret: keys.sessionSecret,
    invitationKey: keys.invitationKey,
    receiptKey,
    publicUrl: config.publicUrl,
    now: () => clock.now,
    setNow: (instant: string) => {
      clock.now = new Date(instant)
    },
    rehearsal,
    /** What the program would have said of its rehearsals in the log. */
    failures,
    async close() {
      await app.close()
      await rehearsal.close()
      database.close()
    },
  }
}
