import { existsSync } from 'node:fs'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/open.ts'
import { openStores } from '../../src/db/stores.ts'
import { invitationKeyBeside } from '../../src/invitation-key.ts'
import { emptyImage, openImage } from './database.ts'

export interface TestAppOptions {
  /** ISO instant at which the injected clock starts; inside the default survey period unless told. */
  now?: string
  databasePath?: string
  side?: 'both' | 'public' | 'admin'
  /** Variables beyond the defaults, e.g. a mail server. */
  environment?: Record<string, string>
  /** What the database holds at first; null leaves the file at the path as it is. */
  image?: Buffer | null
}

export type TestApp = Awaited<ReturnType<typeof startTestApp>>

/** The real program on a real (in-memory) database through the real migrations; only the clock is ours. */
export async function startTestApp({
  now = '2024-03-11T01:00:00Z',
  databasePath = ':memory:',
  side = 'both',
  environment = {},
  image = databasePath === ':memory:' || !existsSync(databasePath) ? emptyImage() : null,
}: TestAppOptions = {}) {
  const clock = { now: new Date(now) }
  const config = readConfig({ NODE_ENV: 'test', DATABASE_PATH: databasePath, ...environment })
  const database = image ? openImage(image, databasePath) : openDatabase(databasePath)
  const sessionSecret = 'a secret of the tests, at least 32 characters long'
  const invitationKey = invitationKeyBeside(config)
  const app = await buildApp({
    config,
    database,
    now: () => clock.now,
    sessionSecret,
    invitationKey,
    side,
    logger: false,
  })
  const stores = openStores(database.db, () => clock.now)
  return {
    app,
    stores,
    database,
    secret: sessionSecret,
    invitationKey,
    publicUrl: config.publicUrl,
    now: () => clock.now,
    setNow: (instant: string) => {
      clock.now = new Date(instant)
    },
    async close() {
      await app.close()
      database.close()
    },
  }
}
