import { DEFAULT_POLICY, type Policy } from '../../src/domain/selection/policy.ts'
import type { TestApp } from './app.ts'
import { type Contents, EARLIER, fill } from './contents.ts'
import { fieldsOf } from './forms.ts'
import { htmlOf } from './html.ts'
import type { OfficersBrowser } from './officer.ts'

/** Small ones, of which two have a seat and 丙 waits; large ones, of which one has a seat and 戊 waits. */
export const [KO, OTSU, HEI, TEI, BO, KI] = [
  '4610000011',
  '4610000029',
  '4610000037',
  '4610000045',
  '4610000052',
  '4610000060',
] as const

export const AFTER_DEADLINE = '2024-03-19T00:00:00Z'

export const TWO_BANDS: Policy = {
  ...DEFAULT_POLICY,
  supportPeriodEnd: '2025-03',
  bands: [
    { id: 'small', min: 20, max: 99, seats: 2 },
    { id: 'large', min: 100, max: null, seats: 1 },
  ],
  criteria: {},
  regionFloor: 0,
  tieBreak: ['beds', 'submittedAt', 'lottery'],
  lotterySeed: '令和6年3月19日',
}

const SIX = [
  { key: KO, name: '甲病院', beds: 90 },
  { key: OTSU, name: '乙病院', beds: 80 },
  { key: HEI, name: '丙病院', beds: 70 },
  { key: TEI, name: '丁病院', beds: 150 },
  { key: BO, name: '戊病院', beds: 120 },
  { key: KI, name: '己病院', beds: 60 },
]

/** Six hospitals, five of which want three seats; the more beds the better. Everything is in order. */
export const SELECTION: Contents = {
  settings: { prefectureSeats: '3' },
  policy: TWO_BANDS,
  hospitals: SIX.map((hospital, index) => ({ ...hospital, phone: `099-000-000${index}` })),
  answers: SIX.slice(0, 5).map(({ key }, index) => ({
    hospital: key,
    phone: `099-111-000${index}`,
    email: `tanto${index}@hospital.example.jp`,
  })),
}

export function fillSelection({ stores }: Pick<TestApp, 'stores'>): void {
  fill(stores, SELECTION)
}

export function savePolicy({ policies }: TestApp['stores'], policy: Policy, note = '試験'): void {
  policies.save(policy, { actor: 'test', at: EARLIER, note })
}

/** The policy of two bands, with these seats. */
export function moreSeats(stores: TestApp['stores'], small: number, large: number): void {
  const [first, second] = TWO_BANDS.bands
  savePolicy(stores, {
    ...TWO_BANDS,
    bands: [
      { ...first!, seats: small },
      { ...second!, seats: large },
    ],
  })
  const by = { actor: 'test', at: new Date(AFTER_DEADLINE) }
  stores.settings.change({ prefectureSeats: String(small + large) }, by)
}

export function askForSecondPerson({ stores }: Pick<TestApp, 'stores'>): void {
  stores.settings.change({ secondApproval: 'yes' }, { actor: 'test', at: EARLIER })
}

/** Sends the form of a page as it stands, with what is typed into it. */
export async function sendForm(
  browser: OfficersBrowser,
  url: string,
  typed: Record<string, string> = {},
  action = url.split('?')[0]!,
) {
  const reply = await browser.get(url)
  if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.statusCode}`)
  return browser.post(action, { ...fieldsOf(htmlOf(reply), action), ...typed })
}

/** Confirms what is prepared, or proposes it. @returns where that led */
export async function confirm(browser: OfficersBrowser, typed: Record<string, string> = {}): Promise<string> {
  const reply = await sendForm(browser, '/admin/selection/confirm', typed)
  if (reply.statusCode !== 303) throw new Error(`not confirmed: ${reply.statusCode}`)
  return String(reply.headers.location)
}

/** Records that a hospital declined. @returns where that led */
export async function decline(browser: OfficersBrowser, code: string, round = 1): Promise<string> {
  const reply = await sendForm(browser, `/admin/rounds/${round}/decline/${code}`, {
    reason: '病院からの申出',
  })
  if (reply.statusCode !== 303) throw new Error(`not declined: ${reply.statusCode}`)
  return String(reply.headers.location)
}

/** Has an edition recomputed. @returns the page that says what was found */
export async function verified(browser: OfficersBrowser, page: string) {
  const reply = await browser.post(`${page}/verify`)
  if (reply.headers.location !== page) throw new Error(`not verified: ${reply.statusCode}`)
  return browser.page(page)
}

/** The codes of the report's rows, in its order. */
export async function reported(browser: OfficersBrowser, path: string): Promise<string[]> {
  const csv = (await browser.get(`${path}/ministry.csv`)).body
  return csv
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(',')[2]!)
}
