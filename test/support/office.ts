import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { startTestApp, type TestApp, type TestAppOptions } from './app.ts'
import { type Contents, fill } from './contents.ts'
import { freshImage, imageOf } from './database.ts'
import { confirm } from './decisions.ts'
import {
  addOfficer,
  type OfficerOptions,
  type OfficersBrowser,
  officersBrowser,
  signedIn,
} from './officer.ts'

interface Begun extends Contents {
  /** The file as it is made: not even the dates of the first edition are set. */
  fresh?: boolean
  /** The first of the officers has confirmed the selection, or proposed it: what was typed into the form as it stands. */
  confirmed?: boolean | Record<string, string>
}

export interface OfficeOptions extends Begun, Omit<TestAppOptions, 'databasePath' | 'image'> {
  /** The database is a file, which outlives a restart and can be opened from beside. */
  onDisk?: boolean
  /** One office for the whole file, whose tests only read. */
  shared?: boolean
}

/**
 * The program as a test finds it, anew for every test of the file: what is stored was stored once a worker and is copied.
 * To be called outside the tests.
 */
export function officeWith(options: OfficeOptions = {}): Office {
  const office = new Office(options)
  const [start, stop] = options.shared ? [beforeAll, afterAll] : [beforeEach, afterEach]
  start(() => office.open(options))
  stop(() => office.close())
  return office
}

export class Office {
  readonly #options: OfficeOptions
  readonly #officers: { who: OfficerOptions; browser: OfficersBrowser }[] = []
  #running: TestApp | null = null
  #folder: string | null = null

  constructor(options: OfficeOptions) {
    this.#options = options
  }

  get #program(): TestApp {
    if (!this.#running) throw new Error('an office is open within a test alone')
    return this.#running
  }
  get app(): TestApp['app'] {
    return this.#program.app
  }
  get stores(): TestApp['stores'] {
    return this.#program.stores
  }
  get database(): TestApp['database'] {
    return this.#program.database
  }
  get failures(): unknown[] {
    return this.#program.failures
  }
  get rehearsal(): TestApp['rehearsal'] {
    return this.#program.rehearsal
  }
  get secret(): string {
    return this.#program.secret
  }
  get invitationKey(): TestApp['invitationKey'] {
    return this.#program.invitationKey
  }
  get receiptKey(): TestApp['receiptKey'] {
    return this.#program.receiptKey
  }
  get publicUrl(): string {
    return this.#program.publicUrl
  }
  /** Where it listens, once it does. */
  get address(): string {
    return this.app.listeningOrigin
  }
  get databasePath(): string {
    return this.#folder === null ? ':memory:' : join(this.#folder, 'survey.db')
  }
  readonly now = (): Date => this.#program.now()

  setNow(instant: string): void {
    this.#program.setNow(instant)
  }

  /** The browser of somebody who works here from the beginning, logged in before every test. */
  officer(who: OfficerOptions = {}): OfficersBrowser {
    const browser = officersBrowser(this)
    this.#officers.push({ who, browser })
    return browser
  }

  async open(begun: Begun): Promise<void> {
    const officers = this.#officers.map(({ who }) => who)
    const { now, onDisk = false } = this.#options
    const image = await storedOnce({ ...begun, now, officers })
    if (onDisk) this.#folder ??= mkdtempSync(join(tmpdir(), 'kakuho-test-'))
    this.#running = await startTestApp({ ...this.#options, image, databasePath: this.databasePath })
    for (const { who, browser } of this.#officers) await browser.signIn(who.login)
  }

  /** Begins again with these contents instead, where a test wants others than its file. */
  async restock(begun: Begun): Promise<void> {
    await this.#program.close()
    await this.open(begun)
  }

  /** The program stops and starts on the same file, with nobody logged in. */
  async restart(now: string): Promise<void> {
    await this.#program.close()
    this.#running = await startTestApp({ ...this.#options, now, databasePath: this.databasePath })
  }

  async close(): Promise<void> {
    await this.#running?.close()
    this.#running = null
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true })
    this.#folder = null
  }
}

interface Stored extends Begun {
  now: string | undefined
  officers: OfficerOptions[]
}

const images = new Map<string, Promise<Buffer>>()

function storedOnce(stored: Stored): Promise<Buffer> {
  const key = JSON.stringify(stored)
  const image = images.get(key) ?? storedFor(stored)
  images.set(key, image)
  return image
}

async function storedFor({
  confirmed = false,
  fresh = false,
  officers,
  now,
  ...contents
}: Stored): Promise<Buffer> {
  const testApp = await startTestApp({
    ...(now !== undefined && { now }),
    ...(fresh && { image: freshImage() }),
  })
  fill(testApp.stores, contents)
  for (const who of officers) await addOfficer(testApp, who)
  if (confirmed) await confirm(await signedIn(testApp, officers[0]), confirmed === true ? {} : confirmed)
  const image = imageOf(testApp.database)
  await testApp.close()
  return image
}
