import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { startTestApp } from '../support/app.ts'
import { startCommands } from '../support/command.ts'
import { htmlOf } from '../support/html.ts'
import { officersBrowser, PASSWORD } from '../support/officer.ts'

interface FrozenFile {
  /** The last part of its address, below the edition or the proposal. */
  path: string
  size: number
  sha256: string
}

/** What the program before migration 0001 said of its database; fixtures/version-0/README.md explains each part. */
interface Expected {
  asOf: string
  sha256: string
  rows: Record<string, number>
  audit: { entries: number; head: string }
  settings: string[]
  editions: { round: number; edition: number; kind: string; verdict: string; files: FrozenFile[] }[]
  proposals: { id: number; round: number; edition: number; state: string; files: FrozenFile[] }[]
  lists: Record<string, { rows: number; hospitals: string[] }>
  pages: { path: string; says: string[] }[]
  receipts: { label: string; number: string; code: string; text: string }[]
}

const FOLDER = resolve(import.meta.dirname, '../fixtures/version-0')

export const expected: Expected = JSON.parse(readFileSync(resolve(FOLDER, 'expected.json'), 'utf8'))

/** The database as the program before migration 0001 left it. */
export function versionZero(): Buffer {
  return brotliDecompressSync(readFileSync(resolve(FOLDER, 'kakuho.db.br')))
}

/** Today's program and its commands on a copy of that database, which opening has brought to today's schema. */
export async function startOnVersionZero() {
  const commands = startCommands({ now: expected.asOf })
  writeFileSync(commands.databasePath, versionZero())
  const testApp = await startTestApp({ databasePath: commands.databasePath, now: expected.asOf })
  return {
    ...testApp,
    commands,
    /** Where the login led, with the browser that keeps its session. */
    async logIn(login: string) {
      const browser = officersBrowser(testApp)
      await browser.get('/admin/login')
      const reply = await browser.post('/admin/login', { login, password: PASSWORD })
      return { browser, status: reply.statusCode, location: reply.headers.location }
    },
    async close() {
      await testApp.close()
      commands.remove()
    },
  }
}

/** A page's own part as one line. */
export function mainText(reply: Parameters<typeof htmlOf>[0]): string {
  return htmlOf(reply).querySelector('main')!.textContent!.replace(/\s+/g, ' ').trim()
}
