import type { Page } from 'playwright-core'
import type { FurtherQuestion } from '../../src/domain/answer/further.ts'
import type { startSite } from './browser.ts'
import { chooseLot } from './contents.ts'
import { damage, makeReadOnly } from './faults.ts'
import { askFurther } from './further.ts'
import { drawAndPublish, drawFromSource } from './lots.ts'
import { ask } from './readable.ts'
import { sendingId } from './receipts.ts'
import { confirmRound } from './rounds.ts'
import { type SavedOptions, saveSubmission } from './submissions.ts'

export type Site = Awaited<ReturnType<typeof startSite>>
type Preparation = (site: Site) => unknown

/** Brings a page into one of its states, in a program and a browser of its own. */
export type OpenState = (site: Site, page: Page) => Promise<unknown>

/** By page and state: words that the page has in that state, and how it comes into it. */
export type PageStates = Record<string, Record<string, [shows: string, open: OpenState]>>

export const AFTER = '2024-03-20T01:00:00Z'
const HOSPITAL = '4619900011'
const BY = { actor: 'test', at: new Date('2024-03-10T00:00:00Z') }

/** Goes to an address, after what has to have happened before. */
export function at(path: string, ...before: Preparation[]): OpenState {
  return async (site, page) => {
    for (const prepare of before) await prepare(site)
    await page.goto(site.address + path)
  }
}

/** Sends a form as a page of the site would, after what has to have happened before. */
export function sent(path: string, fields: object, ...before: Preparation[]): OpenState {
  return async (site, page) => {
    for (const prepare of before) await prepare(site)
    await page.goto(`${site.address}/qa`)
    await submit(page, path, fields)
  }
}

/** The same behind a late link; '' is the link itself. */
export function late(
  path: string,
  fields: object | null,
  ...before: ((site: Site, url: string) => unknown)[]
): OpenState {
  return async (site, page) => {
    site.setNow(AFTER)
    const link = {
      hospitalCode: HOSPITAL,
      expiresAt: new Date('2024-03-25T15:00:00Z'),
      reason: '災害対応のため',
    }
    const url = `/late/${site.stores.lateLinks.create(link, { ...BY, at: new Date(AFTER) }).token}`
    for (const prepare of before) await prepare(site, url)
    await page.goto(site.address + (fields ? '/qa' : url + path))
    if (fields) await submit(page, url + path, fields)
  }
}

/** Submits a form with these fields from the page as it stands, and waits for the answer. */
export async function submit(page: Page, action: string, fields: object): Promise<void> {
  const loaded = page.waitForEvent('load')
  await ask(page, `submitForm(${JSON.stringify(action)}, ${JSON.stringify(fields)})`)
  await loaded
}

export function on(instant: string): Preparation {
  return (site) => site.setNow(instant)
}

export function having(changes: Record<string, string>): Preparation {
  return (site) => {
    const refusals = site.stores.settings.change(changes, BY)
    if (refusals.length > 0) throw new Error(JSON.stringify(refusals))
  }
}

/** The edition asks these besides. */
export function asking(questions: readonly FurtherQuestion[]): Preparation {
  return ({ stores }) => askFurther(stores, questions)
}

export function answered(...options: SavedOptions[]): Preparation {
  return (site) => {
    for (const each of options.length > 0 ? options : [{}]) saveSubmission(site.stores, each)
  }
}

export function corrected(site: Site): void {
  const submissionId = sendingId(1)
  saveSubmission(site.stores, { submissionId })
  saveSubmission(site.stores, { submissionId, intent: 'backup', remarks: '一行目\n二行目' })
}

export function withdrawn(site: Site): void {
  site.stores.submissions.withdraw('R-0001', BY)
}

/** After the deadline, with these seats given away. */
export function confirmed(seats: number, ...declined: string[]): Preparation {
  return (site) => {
    site.setNow(AFTER)
    confirmRound(site.stores, { seats })
    for (const code of declined) confirmRound(site.stores, { seats, edition: 2, declined: code })
  }
}

/** A request beside the browser's, from the same address. */
export async function posted(site: Site, url: string, fields: object, times = 1): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const payload = new URLSearchParams({ ...fields }).toString()
  for (let time = 0; time < times; time += 1) await site.app.inject({ method: 'POST', url, headers, payload })
}

/** Nothing can be stored for now. */
export function unwritable({ database }: Site): void {
  makeReadOnly(database)
}

/** Of what an answer needs nothing can be read. */
export function unreadable({ database }: Site): void {
  damage(database, 'hospitals', 'submissions')
}

/** Its keeping is over. */
export function purged({ stores }: Site): void {
  stores.purge.purge({
    ...{ at: new Date(AFTER), retentionUntil: '2024-03-19', basis: '令和6年度 廃棄 第3号' },
    sign: () => '',
  })
}

/** Equal hospitals are ordered by what is drawn. */
export function byLot({ stores }: Site): void {
  chooseLot(stores, 'receipts')
}

/** The draw is published. */
export function drawn(site: Site): void {
  site.setNow(AFTER)
  drawAndPublish(site.stores)
}

export function drawnFromSource(site: Site): void {
  site.setNow(AFTER)
  drawFromSource(site.stores)
}
