import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, vi } from 'vitest'
import { openSurvey as anOpenSurvey, hospitalKey, Officer, PASSWORD } from '../../scripts/torture/survey.ts'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { hashPassword } from '../../src/office/password.ts'
import { openSurvey } from '../../src/open-survey.ts'
import { signerBeside } from '../../src/signing-key.ts'
import { aForm } from '../support/builders.ts'
import type { Machine } from './machine.ts'

/** A survey of long ago, whose answers were to be kept for five years. */
const OVER = { opensAt: '2010-01-01', closesAt: '2010-02-01', retentionUntil: '2016-03-31' }

/** The survey on the machine, as hospitals and officers meet it. */
export class Life {
  readonly machine: Machine
  readonly at: (path: string) => string
  secret = ''
  fingerprint = ''
  requestId = ''
  readonly #receipts = new Map<string, string>()
  #officer: Officer | null = null

  constructor(machine: Machine) {
    this.machine = machine
    this.at = (path) => machine.at(path)
  }

  get #databasePath(): string {
    return this.at('var/lib/kakuho/kakuho.db')
  }

  setting(name: string): string | undefined {
    const lines = readFileSync(this.at('etc/kakuho/kakuho.env'), 'utf8').split('\n')
    return lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1)
  }

  version(): string {
    return JSON.parse(readFileSync(this.at('opt/kakuho/package.json'), 'utf8')).version
  }

  tables(): unknown[] {
    const sqlite = new Database(this.#databasePath, { readonly: true })
    const names = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
    sqlite.close()
    return names
  }

  async status(path: string | URL, side: 'public' | 'admin' = 'public'): Promise<number> {
    const { pathname, search } = new URL(path, 'http://a')
    return (await this.#ask('GET', pathname + search, { side })).status
  }

  health(): Promise<number | null> {
    return this.status('/healthz').catch(() => null)
  }

  /** A hospital answers, and has its receipt. */
  async answer(name: 'A' | 'B' | 'C'): Promise<void> {
    const form = aForm({ hospitalCode: hospitalKey('ABC'.indexOf(name)) })
    const reply = await this.#ask('POST', '/survey', { fields: { ...form, consent: 'yes' } })
    expect(reply.status).toBe(303)
    this.#receipts.set(name, new URL(reply.headers.get('location')!, 'http://a').pathname)
  }

  /** Whether that hospital's receipt opens. */
  async opens(name: string): Promise<boolean> {
    return (await this.status(this.#receipts.get(name)!)) === 200
  }

  async signIn(): Promise<void> {
    this.secret = this.setting('SESSION_SECRET')!
    const ask = async (method: string, path: string, fields?: object, by: { cookie?: string } = {}) => {
      const sent = { side: 'admin' as const, fields: fields as Record<string, string>, ...by }
      const reply = await this.#ask(method, path, sent)
      const headers = { 'set-cookie': reply.headers.getSetCookie() }
      return { status: reply.status, headers, body: await reply.text(), ms: 0 }
    }
    this.#officer = await new Officer(
      { ask } as unknown as ConstructorParameters<typeof Officer>[0],
      'kanri',
    ).signIn()
    expect(await this.isSignedIn()).toBe(true)
  }

  async isSignedIn(): Promise<boolean> {
    return (await this.#officer!.get('/admin'))?.status === 200
  }

  async fail(): Promise<void> {
    const reply = await this.#ask('GET', '/nothing')
    this.requestId = reply.headers.get('x-request-id')!
    expect(await reply.text()).toContain(`問合せ番号：${this.requestId}`)
    // Its line of the log leaves a moment later.
    await vi.waitFor(() => expect(this.machine.journal()).toContain(this.requestId), 5_000)
  }

  async noteFingerprint(): Promise<void> {
    this.fingerprint = fingerprintIn((await this.machine.must('kakuho signing-key')).out)
  }

  /** What officers have done so that hospitals can answer. */
  async fill(): Promise<void> {
    const passwordHash = await hashPassword(PASSWORD)
    this.stored((stores) => {
      anOpenSurvey(3)(stores)
      const kanri = { login: 'kanri', name: '管理 太郎', role: 'admin' as const, passwordHash }
      stores.staff.add({ ...kanri, mustChangePassword: false }, { actor: 'test', at: new Date() })
    })
  }

  /** As Litestream would have copied it. */
  replicate(): void {
    const sqlite = new Database(this.#databasePath)
    sqlite.exec(`VACUUM INTO '${this.at('var/lib/kakuho-replica')}'`)
    sqlite.close()
  }

  /** An officer moves the end of the keeping to the past and takes the package away. */
  endOfKeeping(): void {
    this.stored((stores) => {
      const by = { actor: 'kanri', at: new Date() }
      expect(stores.settings.change(OVER, by)).toEqual([])
      stores.audit.append({ ...by, action: 'package.exported', subject: 'package', detail: {} })
    })
  }

  stored<Found>(look: (stores: Stores) => Found): Found {
    const config = { databasePath: this.#databasePath }
    const { database } = openSurvey(config, { mayCreate: false })
    const now = () => new Date()
    try {
      const stores = openStores(database.db, now)
      return look(openStores(database.db, now, signerBeside(config, stores.signingKeys, now)))
    } finally {
      database.close()
    }
  }

  async #ask(
    method: string,
    path: string,
    {
      side = 'public',
      fields,
      cookie = '',
    }: { side?: 'public' | 'admin'; fields?: Record<string, string>; cookie?: string } = {},
  ) {
    const port = side === 'admin' ? this.machine.adminPort : this.machine.port
    return fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      redirect: 'manual',
      headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.7', cookie },
      ...(fields ? { body: new URLSearchParams(fields) } : {}),
    })
  }
}

export function fingerprintIn(printed: string): string {
  return /^署名鍵の指紋.*$/m.exec(printed)![0]
}
