import type { TestApp } from './app.ts'
import {
  AFTER_DEADLINE,
  askForSecondPerson,
  confirm,
  decline,
  fillSelection,
  HEI,
  KI,
  KO,
  TEI,
} from './decisions.ts'
import { invite } from './invitations.ts'
import { type OfficersBrowser, signedIn } from './officer.ts'
import { addOverride } from './overrides.ts'
import { startWithRoutes } from './route-table.ts'
import { saveSubmission } from './submissions.ts'

export type WholeOffice = Awaited<ReturnType<typeof startWholeOffice>>

/**
 * Something of everything that the officers' side has a page for: a confirmed round, a proposal that waits, a version
 * of the policy, a scenario, a decision of the prefecture, a move, a link, two duplicates, one of them linked, a closed one and an
 * answer without a hospital.
 * @param prepare what is otherwise before anything is decided
 */
export async function startWholeOffice(
  prepare: (testApp: TestApp) => void = () => {},
  environment: Record<string, string> = {},
) {
  const testApp = await startWithRoutes({ now: AFTER_DEADLINE, environment })
  const { stores } = testApp
  fillSelection(testApp)
  prepare(testApp)
  const admin = await signedIn(testApp, { login: 'admin', role: 'admin' })
  await confirm(admin)
  askForSecondPerson(testApp)
  await decline(admin, KO)
  saveSubmission(stores, { hospital: HEI })
  saveSubmission(stores, { hospital: { name: '架空病院', address: '架空町1', beds: 80 } })
  addOverride(stores, HEI, 'exclude', '辞退の意向があるため')
  const by = { actor: 'test', at: new Date(AFTER_DEADLINE), reason: '試験' }
  stores.submissions.close(saveSubmission(stores, { hospital: HEI }).number, by)
  const linked = saveSubmission(stores, { hospital: { name: '架空分院', address: '架空町2', beds: 80 } })
  stores.submissions.link(linked.number, HEI, by)
  stores.rankMoves.add(2, { hospitalCode: HEI, position: 1 }, by)
  const { version, policy } = stores.policies.current()
  stores.policies.scenarios.create({ name: '案', basedOn: version, policy }, { ...by, note: '' })
  const expiresAt = new Date('2024-03-25T15:00:00Z')
  invite(testApp, HEI, KI)
  stores.contacts.add(KI, 'a form of the tests', CALL, by)
  stores.lateLinks.create({ hospitalCode: TEI, expiresAt, reason: '災害対応のため' }, by)
  return { ...testApp, admin }
}

const CALL = {
  way: 'phone',
  contactedAt: new Date('2024-03-15T01:00:00Z'),
  caller: '試験',
  reached: '総務課',
  result: 'promised',
  note: '週明けに回答',
} as const

/** Answers that are in the state for an act. */
const SAMPLES_OF_ACTS: Record<string, string> = { reopen: 'R-0008', unlink: 'R-0009' }

/** An address of the table with the one of its kind that the office has. */
export function sampleOf(url: string): string {
  const [, , section] = url.split('/')
  const samples: Record<string, string> = {
    ':number': section !== 'submissions' ? '1' : (SAMPLES_OF_ACTS[url.split('/').at(-1)!] ?? 'R-0006'),
    ':code': HEI,
    ':id': '1',
    ':edition': '1',
    ':version': '1',
  }
  return url.replace(/:\w+/g, (name) => {
    const sample = samples[name]
    if (sample === undefined) throw new Error(`no sample of ${name} for ${url}`)
    return sample
  })
}

/** The same browser's session for requests that are no page of it. */
export function cookieOf(browser: OfficersBrowser): string {
  return [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}
