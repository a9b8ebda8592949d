/**
 * Run by `node --expose-gc`: what the officers' side keeps in memory of its requests, as JSON on one line. Every page
 * and file is read after something was written that decides nothing, so that the selection stays as it is.
 * The argument is how many bytes a request may keep; above it every address is measured by itself.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { sendForm } from './decisions.ts'
import { addOverride } from './overrides.ts'
import { addresses } from './route-table.ts'
import { addHospitals, saveSubmission } from './submissions.ts'
import { cookieOf, sampleOf, startWholeOffice } from './whole-office.ts'

/** So many that one draft that lives on weighs more than all that other requests leave behind. */
const HOSPITALS = 200
const FIRST = '4619000000'
const WARM_UP = 2
const ROUNDS = 3

/** Bytes a request, the median of some rounds; where that is too much, the least of some more. */
export interface Growth {
  addresses: number
  /** All of them, one after the other. */
  together: number
  /** The selection and an act on it, each time after a decision about a hospital was taken or taken back. */
  changing: number
  /** Each by itself, where together they keep too much. */
  each: Record<string, number>
}

const office = await startWholeOffice()
await sendForm(office.admin, '/admin/proposals/1/withdraw', { reason: '試験' })
const keys = Array.from({ length: HOSPITALS }, (_, index) => String(Number(FIRST) + index))
addHospitals(office.stores, ...keys.map((key) => ({ key, name: `架空${key}病院` })))
for (const hospital of keys) saveSubmission(office.stores, { hospital })
const headers = { cookie: cookieOf(office.admin) }
const urls = addresses(office.routes, 'GET').filter(
  (url) => url.startsWith('/admin') && url !== '/admin/login',
)
const deciding = ['/admin/selection', '/admin/hospitals/:code/move'].flatMap((url) => [url, url, url, url])

const most = Number(process.argv[2])
await growthOf(urls, changeRecord, WARM_UP)
const together = await least(() => growthOf(urls, changeRecord))
await growthOf(deciding, changeFacts, WARM_UP)
const changing = await least(() => growthOf(deciding, changeFacts))
const each: Growth['each'] = {}
if (together > most) for (const url of urls) each[url] = await growthOf([url, url], changeRecord, 1)
console.log(JSON.stringify({ addresses: urls.length, together, changing, each } satisfies Growth))
await office.close()

/** What is kept is kept every time: whatever else the machine does may come between once or twice. */
async function least(measure: () => Promise<number>): Promise<number> {
  let bytes = await measure()
  for (let again = 0; again < 3 && bytes > most; again += 1) bytes = Math.min(bytes, await measure())
  return bytes
}

async function growthOf(asked: readonly string[], write: () => void, rounds = ROUNDS): Promise<number> {
  const grown: number[] = []
  let before = await heapUsed()
  for (let round = 0; round < rounds; round += 1) {
    for (const url of asked) {
      write()
      const { statusCode } = await office.app.inject({ url: sampleOf(url), headers })
      if (statusCode >= 500) throw new Error(`${url}: ${statusCode}`)
    }
    const now = await heapUsed()
    grown.push((now - before) / asked.length)
    before = now
  }
  return Math.round(grown.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!)
}

/** As an export does, or a login. */
function changeRecord(): void {
  const at = new Date('2024-03-19T00:00:00Z')
  office.stores.audit.append({ at, actor: 'test', action: 'test', subject: 'test', detail: {} })
}

/** Twice, and all is as it was. */
function changeFacts(): void {
  const { overrides } = office.stores
  const inEffect = overrides.active().find(({ hospitalCode }) => hospitalCode === FIRST)
  const by = { actor: 'test', at: new Date('2024-03-19T00:00:00Z'), reason: '試験' }
  if (inEffect) overrides.undo(inEffect.id, by)
  else addOverride(office.stores, FIRST, 'designate', '試験')
}

/** What is left once everything had its turn: native handles let go of their objects in the event loop only. */
async function heapUsed(): Promise<number> {
  for (let turn = 0; turn < 2; turn += 1) {
    await pause(10)
    globalThis.gc!()
  }
  return process.memoryUsage().heapUsed
}
