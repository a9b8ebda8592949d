import type { TestApp } from './app.ts'
import {
  AFTER_DEADLINE,
  askForSecondPerson,
  confirm,
  decline,
  fillSelection,
  HEI,
  KO,
  OTSU,
  TEI,
} from './decisions.ts'
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
export async function startWholeOffice(prepare: (testApp: TestApp) => void = () => {}) {
  const testApp = await startWithRoutes({ now: AFTER_DEADLINE, environment: WITH_MAIL })
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
  stores.lateLinks.create({ hospitalCode: TEI, expiresAt, reason: '災害対応のため' }, by)
  afterTheDecision(testApp)
  return { ...testApp, admin }
}

/** Nobody listens there: what is mailed waits. */
const WITH_MAIL = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'kakuho@example.jp' }

/** The hospitals are asked for 受諾確認, the round is reported and shown, and a letter went out. */
function afterTheDecision({ stores }: TestApp): void {
  const by = { actor: 'test', at: new Date(AFTER_DEADLINE) }
  const closesAt = new Date('2024-03-25T15:00:00Z')
  stores.acceptance.ask({ round: 1, closesAt, reason: null, follows: 0 }, [], by)
  stores.publications.set({ round: 1, isShown: true, follows: 0 }, { ...by, reason: '決裁済み' })
  const { id } = stores.editions.newestOf(1)!
  const files = stores.editions.files(stores.editions.newestOf(1)!)
  const sent = { documentNumber: '保医第1号', note: null, reason: null, follows: 0 }
  stores.reports.record(
    {
      ...{ ...sent, reportedOn: '2024-03-19', numbering: 'per-round', way: 'mail', editions: [id] },
      files: files.filter(({ name }) => name.startsWith('ministry.')),
    },
    by,
  )
  const head = { round: 1, documentNumber: '保医第2号', datedOn: '2024-03-19' }
  stores.letters.setHead({ ...head, follows: 0 }, by)
  const letter = {
    kind: 'selected',
    recipient: '架空町1',
    subject: '選定結果',
    body: '通知します。',
  } as const
  stores.letters.send(
    {
      ...{ ...head, edition: 1, way: 'post', sentOn: '2024-03-19', reason: null, follows: 0 },
      letters: [{ hospitalCode: TEI, ...letter, mail: null }],
    },
    by,
  )
}

/** Answers that are in the state for an act. */
const SAMPLES_OF_ACTS: Record<string, string> = { reopen: 'R-0008', unlink: 'R-0009' }

/** An address of the table with the one of its kind that the office has. */
export function sampleOf(url: string): string {
  const [, , section] = url.split('/')
  const samples: Record<string, string> = {
    ':number': section !== 'submissions' ? '1' : (SAMPLES_OF_ACTS[url.split('/').at(-1)!] ?? 'R-0006'),
    ':code': url.includes('/acceptance/') ? OTSU : HEI,
    ':kind': 'selected',
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
