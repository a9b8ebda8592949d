import type { AddressInfo } from 'node:net'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aForm } from '../../../test/support/builders.ts'
import { imageOf } from '../../../test/support/database.ts'
import { AFTER_DEADLINE, HEI, TEI } from '../../../test/support/decisions.ts'
import { fieldsOf } from '../../../test/support/forms.ts'
import { formPost, htmlOf } from '../../../test/support/html.ts'
import { invitationPath, invite } from '../../../test/support/invitations.ts'
import { addOfficer, officersBrowser } from '../../../test/support/officer.ts'
import type { Route } from '../../../test/support/route-table.ts'
import { cookieOf, sampleOf, startWholeOffice } from '../../../test/support/whole-office.ts'
import type { Seed } from './writing.ts'

/** Who asks; nobody is logged in as `nobody`. */
export const ASKERS = ['nobody', 'viewer', 'officer', 'admin'] as const
export type Asker = (typeof ASKERS)[number]
const LOGINS: Readonly<Record<Asker, string | null>> = {
  nobody: null,
  viewer: 'miru',
  officer: 'tanto',
  admin: 'admin',
}

/** While hospitals may answer, and when nothing has to be kept any more. */
const OPEN = '2024-03-11T01:00:00Z'
const AFTER_KEEPING = '2031-03-20T01:00:00Z'
const CLOCK: Readonly<Record<Side, string>> = { public: OPEN, admin: AFTER_DEADLINE, end: AFTER_KEEPING }

export interface SeededRoute extends Seed {
  /** As it is registered. */
  route: string
  /** The first words of it: what belongs together. */
  group: string
  side: Side
}

/** Hospitals may answer, officers decide, or the keeping is over. */
export const SIDES = ['public', 'admin', 'end'] as const
export type Side = (typeof SIDES)[number]

/** What a filled survey holds, with a form for every address that takes one. */
export interface Filled {
  image: Buffer
  seeds: SeededRoute[]
  invitationKey: Uint8Array | null
}

/** Fills a survey with something of everything, and crawls its pages for the forms that they have. */
export async function filledSurvey(): Promise<Filled> {
  const office = await startWholeOffice()
  await addOfficer(office, { login: 'miru', role: 'viewer' })
  invite(office, TEI)
  const link = { hospitalCode: HEI, expiresAt: new Date('2024-04-25T15:00:00Z'), reason: '災害対応のため' }
  const { token } = office.stores.lateLinks.create(link, { actor: 'test', at: office.now() }) as {
    token: string
  }
  office.setNow(OPEN)
  const receipt = await receiptOf(office)
  const places = { receipt, late: `/late/${token}`, invitation: invitationPath(office, TEI) }
  office.setNow(AFTER_DEADLINE)
  const routes = office.routes.filter(({ method }) => method === 'GET' || method === 'POST')
  const urls = new Map(routes.map(({ url }) => [url, addressOf(url, places)]))
  const forms = await formsOf(office, routes, urls)
  const seeds = routes.map((route): SeededRoute => {
    const url = urls.get(route.url)!
    const isAdmin = route.url.startsWith('/admin')
    const fields =
      route.method === 'GET'
        ? {}
        : (forms.get(url) ??
          (isAdmin ? (FORMS_OF_OTHER_DAYS[route.url] ?? {}) : publicFields(route.url, receipt)))
    return {
      ...{ route: route.url, method: route.method as 'GET' | 'POST', url, fields, group: groupOf(route.url) },
      isUpload: route.config.upload === true,
      side: isAdmin ? 'admin' : 'public',
    }
  })
  const found = office.invitationKey.read()
  const image = imageOf(office.database)
  await office.close()
  return {
    image,
    seeds: [...distinct(seeds), ...atTheEnd(seeds)],
    invitationKey: found.kind === 'key' ? found.key : null,
  }
}

/** The program on a copy of the survey, with sessions of everybody who asks. */
export async function openFilled({ image, invitationKey }: Filled, side: Side) {
  const running = await startTestApp({
    image,
    now: CLOCK[side],
    environment: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'kakuho@example.jp' },
  })
  // The links that the hospitals have go on opening.
  if (invitationKey) running.invitationKey.create().set(invitationKey)
  if (side === 'end') endKeeping(running)
  await running.app.listen({ port: 0, host: '127.0.0.1' })
  const sessions = new Map<Asker, { cookie: string; csrf: string }>()
  for (const asker of ASKERS) sessions.set(asker, await sessionOf(running, LOGINS[asker]))
  return { ...running, port: (running.app.server.address() as AddressInfo).port, sessions }
}

/** The day is over, and everything was taken away: it may be deleted. */
function endKeeping({ stores, now }: TestApp): void {
  const by = { actor: 'admin', at: now() }
  const refusals = stores.settings.change({ retentionUntil: '2031-03-19' }, by)
  if (refusals.length > 0) throw new Error(JSON.stringify(refusals))
  stores.audit.append({ ...by, action: 'package.exported', subject: 'package', detail: {} })
}

export type Opened = Awaited<ReturnType<typeof openFilled>>

/** Logs in again whoever was logged out. @returns false where that is not possible any more */
export async function renew(running: Opened, asker: Asker): Promise<boolean> {
  const session = await sessionOf(running, LOGINS[asker])
  running.sessions.set(asker, session)
  return asker === 'nobody' || session.csrf !== ''
}

async function sessionOf(running: TestApp, login: string | null): Promise<{ cookie: string; csrf: string }> {
  // Whoever was disabled does not come in.
  if (login === null || !running.stores.staff.byLogin(login)) return { cookie: '', csrf: '' }
  const browser = officersBrowser(running)
  await browser.signIn(login)
  const { body } = await browser.get('/admin/account')
  return { cookie: cookieOf(browser), csrf: /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? '' }
}

async function receiptOf({ app }: TestApp): Promise<string> {
  const reply = await app.inject(formPost('/survey', aForm({ hospitalCode: TEI, remarks: '特になし' })))
  if (reply.statusCode !== 303) throw new Error(`no receipt: ${reply.statusCode}`)
  return String(reply.headers.location)
}

function addressOf(
  url: string,
  { receipt, late, invitation }: { receipt: string; late: string; invitation: string },
): string {
  if (url.startsWith('/admin')) return sampleOf(url)
  return url
    .replace(/^\/receipts\/:number\/:code/, receipt)
    .replace(/^\/late\/:token/, late)
    .replace(/^\/i\/:token/, invitation)
    .replace(/^\/attachments\/:name/, '/attachments/shiryo-1.pdf')
    .replace(/:\w+/g, 'a')
}

/** The forms of every page, by where they are sent to. */
async function formsOf(
  office: Awaited<ReturnType<typeof startWholeOffice>>,
  routes: readonly Route[],
  urls: ReadonlyMap<string, string>,
) {
  const forms = new Map<string, Record<string, string>>()
  for (const { method, url } of routes) {
    if (method !== 'GET' || !url.startsWith('/admin') || /\.\w+$/.test(url)) continue
    const reply = await office.admin.get(urls.get(url)!)
    if (reply.statusCode !== 200 || !String(reply.headers['content-type']).includes('html')) continue
    const page = htmlOf(reply)
    for (const form of page.querySelectorAll('form[method="post"]')) {
      const action = (form.getAttribute('action') ?? urls.get(url)!).split('?')[0]!
      if (!forms.has(action)) {
        const { _csrf, ...fields } = formFields(page, form.getAttribute('action'))
        forms.set(action, fields)
      }
    }
  }
  return forms
}

function formFields(page: ReturnType<typeof htmlOf>, action: string | null): Record<string, string> {
  return action === null ? fieldsOf(page) : fieldsOf(page, action)
}

function publicFields(route: string, receipt: string): Record<string, string> {
  const [, , number = '', code = ''] = receipt.split('/')
  if (route === '/receipts') return { number, code }
  const answer = { ...aForm({ remarks: '特になし', masterCorrection: '許可病床数は75床です' }), 'q.q1': '3' }
  if (route.startsWith('/receipts')) return { ...answer, version: '1', hospitalCode: TEI }
  return route.startsWith('/rehearsal') ? {} : { ...answer, hospitalCode: TEI }
}

/** /admin/hospitals, /receipts */
function groupOf(url: string): string {
  const [, first = '', second = ''] = url.split('/')
  return first === 'admin' ? `/admin/${second.replace(/\..*/, '')}` : `/${first.replace(/\..*/, '')}`
}

/** What is asked for once the keeping is over; the purge itself most of all. */
function atTheEnd(seeds: readonly SeededRoute[]): SeededRoute[] {
  return seeds
    .filter(({ route }) => ENDS.has(route))
    .map((seed) => ({
      ...seed,
      side: 'end',
      group: seed.route === '/admin/purge' ? '/admin/purge' : 'the end',
    }))
}
const ENDS: ReadonlySet<string> = new Set([
  ...['/', '/survey', '/receipts', '/receipts/:number/:code', '/receipts/:number/:code/edit', '/i/:token'],
  ...['/admin', '/admin/login', '/admin/purge', '/admin/package', '/admin/settings', '/admin/submissions'],
])

const RANDOM_CHOICES = { emr: 'planned', emrPlannedMonth: '2026-03', intent: 'wish', gmisConsent: 'yes' }
/** Of the same answer by staff: the page for it comes by a form of its own. */
const ENTRY = {
  ...{ ...aForm({ remarks: '特になし', ...RANDOM_CHOICES }), hospitalCode: HEI, channel: 'fax' },
  ...{ receivedAt: '2024-03-12T10:00', reason: '回線の障害のため', version: '1', 'q.q1': '3' },
}

/** Forms that no page has on the day that is looked at: as another day's would be sent. */
const FORMS_OF_OTHER_DAYS: Readonly<Record<string, Record<string, string>>> = {
  '/admin/login': { login: 'admin', password: 'correct horse', next: '/admin' },
  '/admin/login/code': { code: '123456', next: '/admin' },
  '/admin/setup': { token: 'a', login: 'neu', name: '新任', password: 'a b c d e f g h', passwordAgain: 'a' },
  '/admin/account/second-factor/off': { code: '123456' },
  '/admin/submissions/new/form': ENTRY,
  '/admin/submissions/new': ENTRY,
  '/admin/submissions/:number/edit/form': ENTRY,
  '/admin/submissions/:number/edit': ENTRY,
  '/admin/submissions/:number/link': { hospitalCode: HEI, reason: '架電で確認したため', shown: '1' },
  '/admin/submissions/:number/flags': { flag: 'burst', looked: 'yes', note: '確認済み', shown: '1' },
  '/admin/submissions/marks/undo': { mark: 'R-0006', undone: 'yes' },
  '/admin/questions/example': { text: '{病院名}', label: '例' },
  '/admin/rehearsal/enter': { as: 'hospital', now: '2024-03-11T10:00' },
  '/admin/rehearsal/start': { now: '2024-03-11T10:00' },
  '/admin/gmis/import/apply': { import: '1', missing: 'keep', shown: 'a' },
  '/admin/reminders': { codes: HEI, subject: '回答のお願い', body: '{病院名}　御中', shown: 'a' },
  '/admin/selection/order': {
    codes: `${HEI},${TEI}`,
    before: `${TEI},${HEI}`,
    reason: '同順位のため',
    outcome: 'a',
  },
  '/admin/lot/method': { method: 'announced', shown: 'a' },
  '/admin/lot/announcement': { source: '宝くじの当せん番号', knownOn: '2024-03-25', shown: 'a' },
  '/admin/lot/correction': { value: '123456', reason: '誤記のため', shown: 'a' },
  '/admin/lot': { value: '123456', witness1: '立会 一', witness2: '立会 二', shown: 'a' },
  '/admin/purge': { basis: '令和12年度 廃棄 第3号', word: '消去する' },
  '/admin/hospitals/:code/designate': { reason: '二次救急の中核のため', outcome: 'a' },
  '/admin/hospitals/:code/exclude': { reason: '休止のため', outcome: 'a' },
  '/admin/hospitals/:code/move': { position: '1', reason: '同順位のため', outcome: 'a' },
  '/admin/hospitals/:code/reopen': { reason: '再開のため', shown: 'a' },
  '/admin/hospitals/:code/merge': { otherCode: TEI, pair: 'beds', reason: '同じ病院のため', shown: 'a' },
  '/admin/hospitals/:code/unmerge': { reason: '誤りのため', shown: 'a' },
  '/admin/selection/confirm': {
    round: '2',
    factsSha256: 'a',
    acknowledged: 'yes',
    reason: '追加',
    waitingReason: 'a',
  },
  '/admin/rounds/:number/reopen': {
    edition: '3',
    factsSha256: 'a',
    acknowledged: 'yes',
    reason: '誤りのため',
  },
  '/admin/rounds/:number/decline/:code': { reason: '病院からの申出', shown: 'a' },
  '/admin/proposals/:id/approve': { acknowledged: 'yes', shownSha256: 'a' },
  '/admin/proposals/:id/return': { reason: '差戻し' },
  '/admin/policy/preview': { 'bands.0.seats': '1', prefectureSeats: '2', note: '試験' },
  '/admin/scenarios/:id/preview': { 'bands.0.seats': '1', prefectureSeats: '2', note: '試験' },
}

/** All stylesheets are one. */
function distinct(seeds: readonly SeededRoute[]): SeededRoute[] {
  const assets = seeds.filter(({ group }) => group === '/assets')
  return seeds.filter(({ group }) => group !== '/assets').concat(assets.slice(0, 3))
}
