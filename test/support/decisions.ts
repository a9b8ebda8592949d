import { DEFAULT_POLICY, type Policy } from '../../src/domain/selection/policy.ts'
import type { TestApp } from './app.ts'
import { formOnPage } from './form-on-page.ts'
import { htmlOf } from './html.ts'
import { type OfficersBrowser, signedIn } from './officer.ts'
import { addHospitals, saveSubmission } from './submissions.ts'

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
const EARLIER = new Date('2024-03-01T00:00:00Z')

export const TWO_BANDS: Policy = {
  ...DEFAULT_POLICY,
  bands: [
    { id: 'small', min: 20, max: 99, seats: 2 },
    { id: 'large', min: 100, max: null, seats: 1 },
  ],
  criteria: {},
  regionFloor: 0,
}

/** Six hospitals, five of which want three seats; the more beds the better. Everything is in order. */
export function fillSelection({ stores }: TestApp): void {
  stores.settings.change({ prefectureSeats: '3' }, { actor: 'test', at: EARLIER })
  savePolicy(stores, TWO_BANDS)
  const each = [
    [KO, '甲病院', 90],
    [OTSU, '乙病院', 80],
    [HEI, '丙病院', 70],
    [TEI, '丁病院', 150],
    [BO, '戊病院', 120],
    [KI, '己病院', 60],
  ] as const
  addHospitals(
    stores,
    ...each.map(([code, name, beds], index) => ({ key: code, name, beds, phone: `099-000-000${index}` })),
  )
  for (const [index, [code]] of each.slice(0, 5).entries()) answer(stores, code, index)
}

function answer(stores: TestApp['stores'], hospital: string, index: number): void {
  saveSubmission(stores, {
    hospital,
    phone: `099-111-000${index}`,
    email: `tanto${index}@hospital.example.jp`,
  })
}

export function savePolicy({ policies }: TestApp['stores'], policy: Policy, note = '試験'): void {
  policies.save(policy, { actor: 'test', at: EARLIER, note })
}

export function askForSecondPerson({ stores }: TestApp): void {
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
  return browser.post(action, { ...formOnPage(htmlOf(reply), action), ...typed })
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

/** Two officers who are not the same person. */
export async function twoOfficers(testApp: TestApp): Promise<[OfficersBrowser, OfficersBrowser]> {
  return [
    await signedIn(testApp, { login: 'kian', role: 'officer' }),
    await signedIn(testApp, { login: 'kessai', role: 'officer' }),
  ]
}

/** The codes of the report's rows, in its order. */
export async function reported(browser: OfficersBrowser, path: string): Promise<string[]> {
  const csv = (await browser.get(`${path}/ministry.csv`)).body
  return csv
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(',')[2]!)
}
