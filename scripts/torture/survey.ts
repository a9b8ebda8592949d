import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { registerAnswerDigest } from '../../src/db/answer-digest-function.ts'
import type { OpenDatabase } from '../../src/db/open.ts'
import { registerReceiptKey } from '../../src/db/receipt-key.ts'
import * as schema from '../../src/db/schema.ts'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { installationFiles } from '../../src/installation.ts'
import { readKeyFile } from '../../src/key-file.ts'
import { hashPassword } from '../../src/office/password.ts'
import { openSurvey as openInstallation } from '../../src/open-survey.ts'
import { fieldsOf } from '../../test/support/forms.ts'
import { htmlOf } from '../../test/support/html.ts'
import { addHospitals } from '../../test/support/submissions.ts'
import type { Form, Program } from './program.ts'

/** Surveys in folders of their own, filled and looked into without the program that serves them. */

export const PASSWORD = 'correct horse battery staple'

export function folderFor(purpose: string): { path: (name: string) => string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), `kakuho-${purpose}-`))
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export async function filledFile(databasePath: string, fill: (stores: Stores) => void): Promise<void> {
  const { database } = openInstallation({ databasePath }, { mayCreate: true })
  const stores = openStores(database.db, () => new Date())
  const by = { actor: 'torture', at: new Date('2024-03-01T00:00:00Z') }
  const passwordHash = await hashPassword(PASSWORD)
  for (const [login, role] of [
    ['tanto', 'officer'],
    ['kacho', 'officer'],
    ['admin', 'admin'],
  ] as const)
    stores.staff.add({ login, name: `試験 ${login}`, role, passwordHash, mustChangePassword: false }, by)
  fill(stores)
  database.close()
}

const DAY = 86_400_000

/** Open since yesterday and until tomorrow, with so many hospitals. */
export function openSurvey(hospitals: number) {
  return (stores: Stores): void => {
    const day = (days: number) => new Date(Date.now() + days * DAY).toISOString()
    const changes = { opensAt: day(-1), closesAt: day(1), gmisSurveyOn: '2024-01-31', fiscalYear: '2026' }
    const refusals = stores.settings.change(changes, { actor: 'torture', at: new Date() })
    if (refusals.length > 0) throw new Error(JSON.stringify(refusals))
    addHospitals(
      stores,
      ...Array.from({ length: hospitals }, (_, index) => ({
        key: hospitalKey(index),
        name: `架空${index + 1}病院`,
        phone: '099-000-0000',
      })),
    )
  }
}

export function hospitalKey(index: number): string {
  return String(4_610_000_000 + index)
}

/** Looks into a file that a program may have open, and changes nothing. */
export function looking<Found>(
  databasePath: string,
  look: (db: OpenDatabase['db'], stores: Stores) => Found,
): Found {
  const sqlite = new Database(databasePath, { readonly: true })
  try {
    const key = readKeyFile(installationFiles({ databasePath }).receiptKey)
    registerReceiptKey(sqlite, key.kind === 'key' ? key.key : null)
    registerAnswerDigest(sqlite, key.kind === 'key' ? key.key : null)
    const db = drizzle(sqlite, { schema })
    return look(
      db,
      openStores(db, () => new Date()),
    )
  } finally {
    sqlite.close()
  }
}

/** Everything of an installation under another name, as it lies there. */
export function copyInstallation(from: string, to: string): void {
  const targets = Object.values(installationFiles({ databasePath: to }))
  for (const [index, source] of Object.values(installationFiles({ databasePath: from })).entries()) {
    rmSync(targets[index]!, { force: true })
    if (existsSync(source)) copyFileSync(source, targets[index]!)
  }
}

/** Rows of every table but the sessions: what an act that is whole, or was never begun, leaves behind. */
export function rowCounts(db: OpenDatabase['db']): Record<string, number> {
  const tables = db.all<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'sessions'",
  )
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      db.get<{ count: number }>(`SELECT count(*) AS count FROM "${name}"`)!.count,
    ]),
  )
}

/** Whoever can be asked. */
type Listening = Pick<Program, 'ask'>

/** An officer's browser before a program of its own, or before the proxy in front of it. */
export class Officer {
  readonly #program: Listening
  readonly #login: string
  readonly #cookies: Map<string, string>
  csrf = ''

  constructor(program: Listening, login: string, { cookie = '', csrf = '' } = {}) {
    this.#program = program
    this.#login = login
    this.#cookies = new Map(cookie.split('; ').flatMap((pair) => (pair === '' ? [] : [cookiePair(pair)])))
    this.csrf = csrf
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** @throws where the login is refused */
  async signIn(): Promise<this> {
    await this.get('/admin/login')
    const reply = await this.post('/admin/login', { login: this.#login, password: PASSWORD })
    if (reply?.status !== 303) throw new Error(`${this.#login} is not let in: ${reply?.status}`)
    await this.get('/admin/account')
    return this
  }

  get(path: string) {
    return this.#kept(this.#program.ask('GET', path, undefined, { cookie: this.cookie }))
  }

  post(path: string, fields: Readonly<Record<string, string>>) {
    return this.#kept(
      this.#program.ask('POST', path, { _csrf: this.csrf, ...fields }, { cookie: this.cookie }),
    )
  }

  /** A form with a file. */
  upload(path: string, form: Form) {
    return this.#kept(this.#program.ask('POST', path, form, { cookie: this.cookie }))
  }

  /** Somebody else before the same program, logged in. */
  other(login: string): Promise<Officer> {
    return new Officer(this.#program, login).signIn()
  }

  /** The form of a page as it stands. @throws where the page has none */
  async formOf(path: string, action?: string): Promise<Record<string, string>> {
    const reply = await this.get(path)
    if (reply?.status !== 200) throw new Error(`${path}: ${reply?.status}`)
    return fieldsOf(htmlOf({ body: reply.body } as Parameters<typeof htmlOf>[0]), action)
  }

  async #kept(asked: ReturnType<Program['ask']>) {
    const reply = await asked
    for (const line of [reply?.headers['set-cookie'] ?? []].flat())
      this.#cookies.set(...cookiePair(line.split(';')[0]!))
    this.csrf = /name="_csrf" value="([^"]+)"/.exec(reply?.body ?? '')?.[1] ?? this.csrf
    return reply
  }
}

function cookiePair(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=')
  return [pair.slice(0, at), pair.slice(at + 1)]
}
