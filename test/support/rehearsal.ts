import { sql } from 'drizzle-orm'
import type { OpenDatabase } from '../../src/db/open.ts'
import { aForm } from './builders.ts'
import { fieldsOf } from './forms.ts'
import { htmlOf } from './html.ts'
import type { OfficersBrowser } from './officer.ts'

/** An hour before the survey of the tests opens. */
export const BEFORE_OPENING = '2024-03-07T14:00:00Z'
export const OPENING = '2024-03-07T15:00:00Z'

/** Sends a form of a page as it stands, to the very address that it names, with what is typed into it. */
export async function sendWithin(
  browser: OfficersBrowser,
  url: string,
  { to = url, typed = {} }: { to?: string; typed?: Record<string, string> } = {},
) {
  const reply = await browser.get(url)
  const page = htmlOf(reply)
  const action = [...page.querySelectorAll('form[method="post"]')]
    .map((form) => form.getAttribute('action')!)
    .find((address) => address.split('?')[0] === to)
  if (action === undefined) throw new Error(`${url} (${reply.statusCode}) has no form for ${to}`)
  return browser.post(action, { ...fieldsOf(page, action), ...typed })
}

/** Starts a rehearsal and enters it. */
export async function startAndEnter(browser: OfficersBrowser): Promise<void> {
  await sendWithin(browser, '/admin/rehearsal', { to: '/admin/rehearsal/start' })
  await enter(browser)
}

export async function enter(browser: OfficersBrowser, place: 'office' | 'survey' = 'office'): Promise<void> {
  const reply = await sendWithin(browser, '/admin/rehearsal', {
    to: '/admin/rehearsal/enter',
    typed: { place },
  })
  if (reply.statusCode !== 303) throw new Error(`not entered: ${reply.statusCode}`)
}

/** 入力 → 確認 → 完了, on the pages of the copy. @returns the receipt's address */
export async function answerWithin(browser: OfficersBrowser, hospitalCode: string): Promise<string> {
  const typed = aForm({ hospitalCode, submissionId: '', email: 'hanako@hospital.example.jp' })
  const confirming = await sendWithin(browser, '/survey', { to: '/survey/confirm', typed })
  const action = '/survey?rehearsal=yes'
  const sent = await browser.post(action, fieldsOf(htmlOf(confirming), action))
  if (sent.statusCode !== 303) throw new Error(`not sent: ${sent.statusCode}`)
  return String(sent.headers.location)
}

/**
 * Every row of every table of a file, but for what anybody changes by being there: the sessions.
 * @returns the rows as text, by table
 */
export function rowsOf({ db }: Pick<OpenDatabase, 'db'>): Record<string, string[]> {
  const tables = db.all<{ name: string }>(
    sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sessions' ORDER BY name`,
  )
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      db.all(sql`SELECT * FROM ${sql.identifier(name)} ORDER BY rowid`).map((row) => JSON.stringify(row)),
    ]),
  )
}

/** The same without what the record says of rehearsals, and of who came and went. */
export function rowsButForRehearsals(database: Pick<OpenDatabase, 'db'>): Record<string, string[]> {
  const { audit_log: record = [], sqlite_sequence: _numbers, ...others } = rowsOf(database)
  return { ...others, audit_log: record.filter((row) => !/"action":"(?:rehearsal\.|log)/.test(row)) }
}

/** As if every answer had come on paper. */
export function forgetLots({ database: { db } }: { database: Pick<OpenDatabase, 'db'> }): void {
  db.run(sql`DROP TRIGGER submissions_lot_kept`)
  db.run(sql`UPDATE submissions SET lot = NULL`)
}
