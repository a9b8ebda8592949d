import { HOSPITAL_FIELDS } from '../../src/domain/master/hospital.ts'
import { packed } from '../../src/office/master/import.ts'
import type { TestApp } from './app.ts'
import { aHospital } from './builders.ts'
import {
  AFTER_DEADLINE,
  askForSecondPerson,
  confirm,
  decline,
  fillSelection,
  HEI,
  KI,
  KO,
  OTSU,
  TEI,
} from './decisions.ts'
import { aFurther, askFurther } from './further.ts'
import { stageGmis } from './gmis.ts'
import { invite } from './invitations.ts'
import { giveUpMail } from './mails.ts'
import { addOfficer, type OfficersBrowser, signedIn } from './officer.ts'
import { addOverride } from './overrides.ts'
import { startWithRoutes } from './route-table.ts'
import { addSecondFactor } from './second-factor.ts'
import { saveSubmission } from './submissions.ts'

const BY = { actor: 'test', at: new Date(AFTER_DEADLINE), reason: '試験' }

export type WholeOffice = Awaited<ReturnType<typeof startWholeOffice>>

/**
 * Something of everything that the officers' side has a page for: a confirmed round, a proposal that waits, a version
 * of the policy, a scenario, a decision of the prefecture, a move, a link, two duplicates, one of them linked, a closed one, an
 * answer without a hospital and one that came by fax, a question that is asked and one that has ended, and an officer who
 * is disabled. One states that the master is wrong.
 * @param prepare what is otherwise before anything is decided
 */
export async function startWholeOffice(
  prepare: (testApp: TestApp) => void = () => {},
  environment: Record<string, string> = WITH_MAIL,
  databasePath = ':memory:',
) {
  const testApp = await startWithRoutes({ now: AFTER_DEADLINE, environment, databasePath })
  const { stores } = testApp
  fillSelection(testApp)
  askFurther(stores, [aFurther({ id: 'q1' }), aFurther({ id: 'q2', label: '前の質問', isEnded: true })])
  prepare(testApp)
  giveUpMail(stores, stores.submissions.all()[0]!.number, new Date(AFTER_DEADLINE))
  const admin = await signedIn(testApp, { login: 'admin', role: 'admin' })
  await addOfficer(testApp, { login: 'tanto' })
  await addOfficer(testApp, { login: 'ido', role: 'viewer' })
  addSecondFactor(testApp, 'tanto')
  stores.staff.disable('ido', null, { actor: 'admin', at: new Date(AFTER_DEADLINE) })
  await confirm(admin)
  askForSecondPerson(testApp)
  await decline(admin, KO)
  saveSubmission(stores, { hospital: HEI, masterCorrection: '許可病床数は75床です' })
  saveSubmission(stores, { hospital: { name: '架空病院', address: '架空町1', beds: 80 } })
  addOverride(stores, HEI, 'exclude', '辞退の意向があるため')
  const by = BY
  stores.submissions.close(saveSubmission(stores, { hospital: HEI }).number, by)
  const linked = saveSubmission(stores, { hospital: { name: '架空分院', address: '架空町2', beds: 80 } })
  stores.submissions.link(linked.number, HEI, by)
  saveSubmission(stores, { hospital: { name: '架空診療所', address: '架空町3', beds: 30 }, channel: 'fax' })
  stores.rankMoves.add(2, { hospitalCode: HEI, position: 1 }, by)
  const { version, policy } = stores.policies.current()
  stores.policies.scenarios.create({ name: '案', basedOn: version, policy }, { ...by, note: '' })
  const expiresAt = new Date('2024-03-25T15:00:00Z')
  stageMaster(stores, by)
  invite(testApp, HEI, KI)
  stores.contacts.add(KI, 'a form of the tests', CALL, by)
  stores.lateLinks.create({ hospitalCode: TEI, expiresAt, reason: '災害対応のため' }, by)
  const { notice } = stores.notice.current()
  stores.notice.saveAfter(0, notice, { ...by, change: '「事業の流れ」の本文を変更' })
  stores.attachments.add({ title: '別添', bytes: Buffer.from('%PDF-1.7') }, by)
  stageGmis(stores, HEI, { ...by, actor: 'admin' })
  afterTheDecision(testApp)
  return { ...testApp, admin }
}

/**
 * A row that waits, one that was left out, one that is certain, a hospital with a source of its own, and a file that the
 * administrator looks at.
 */
function stageMaster({ hospitals, hospitalMatches, stagedImports }: TestApp['stores'], by: typeof BY): void {
  const rowOf = (code: string, key: string, beds = hospitals.byCode(code)!.beds) =>
    aHospital({ ...hospitals.byCode(code)!, key, naviiCode: key, medicalCode: null, beds })
  const rows = [rowOf(HEI, '46199901', 7), rowOf(HEI, '46199902', 7), rowOf(KI, '46199903')]
  const file = { fields: HOSPITAL_FIELDS, origin: { source: 'navii', day: '2024-02-01' } } as const
  hospitals.import({ ...file, hospitals: rows }, { ...by, source: '施設票.csv' })
  const stated = { fields: ['beds'], origin: { source: 'bureau', day: '2024-02-01' } } as const
  hospitals.import({ ...stated, hospitals: [hospitals.byCode(HEI)!] }, { ...by, source: '名簿.xlsx' })
  hospitalMatches.leaveOut(2, by)
  const content = packed({
    ...file.origin,
    name: '追加.csv',
    sheet: '',
    dayFrom: 'today',
    isCp932: false,
    fields: HOSPITAL_FIELDS,
    hospitals: [],
    warnings: [],
    errors: [],
  })
  stagedImports.add({ actor: 'admin', file: '追加.csv', content }, by.at)
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
const CALL = {
  way: 'phone',
  contactedAt: new Date('2024-03-15T01:00:00Z'),
  caller: '試験',
  reached: '総務課',
  result: 'promised',
  note: '週明けに回答',
} as const

/** Answers that are in the state for an act. */
const SAMPLES_OF_ACTS: Record<string, string> = { reopen: 'R-0008', unlink: 'R-0009', receipt: 'R-0010' }

/** An address of the table with the one of its kind that the office has. */
export function sampleOf(url: string): string {
  const [, , section] = url.split('/')
  const samples: Record<string, string> = {
    ':number': section !== 'submissions' ? '1' : (SAMPLES_OF_ACTS[url.split('/').at(-1)!] ?? 'R-0006'),
    ':code': url.includes('/acceptance/') ? OTSU : HEI,
    ':kind': 'selected',
    ':login': url.endsWith('/enable') ? 'ido' : 'tanto',
    ':id': '1',
    ':mail': '1',
    ':edition': '1',
    ':version': '1',
    ':section': 'flow',
    ':chapter': 'year',
    ':picture': 'dashboard-1280.png',
    ':question': '1',
    ':further': url.endsWith('/resume') ? 'q2' : 'q1',
    ':document': 'ministry',
    ':column': encodeURIComponent('備考'),
    ':attachment': '1',
    ':import': '2',
    ':staged': '1',
    ':row': url.endsWith('/undo') ? '2' : '1',
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
