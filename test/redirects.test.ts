import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256Hex } from '../src/domain/text/canonical.ts'
import { startTestApp } from './support/app.ts'
import { aForm } from './support/builders.ts'
import { freshImage } from './support/database.ts'
import { AFTER_DEADLINE, BO, HEI, KI, KO, OTSU, sendForm } from './support/decisions.ts'
import { fieldsOf } from './support/forms.ts'
import { gmisCsv } from './support/gmis.ts'
import { formPost, htmlOf } from './support/html.ts'
import { invitationOf, invitationPath } from './support/invitations.ts'
import { giveUpMail } from './support/mails.ts'
import { addOfficer, type OfficersBrowser, officersBrowser, PASSWORD, signedIn } from './support/officer.ts'
import { forgetLots } from './support/rehearsal.ts'
import { addresses } from './support/route-table.ts'
import { addSecondFactor, codeAt, setUpSecondFactor } from './support/second-factor.ts'
import { addHospitals, saveSubmission } from './support/submissions.ts'
import { sampleOf, startWholeOffice, type WholeOffice } from './support/whole-office.ts'
import { rankingOf } from './support/workbench.ts'

const REASON = { reason: '試験のため' }

let office: WholeOffice
let second: OfficersBrowser
beforeAll(async () => {
  office = await startWholeOffice(
    ({ stores }) =>
      addHospitals(stores, { key: KI, name: '己病院', beds: 60, email: 'ki@hospital.example.jp' }),
    { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'kakuho@pref.example.jp' },
  )
  second = await signedIn(office, { login: 'second', role: 'admin' })
  const inject = office.app.inject.bind(office.app) as (request: { method?: string }) => Promise<Reply>
  const whole = (request: { method?: string }) =>
    request.method === 'POST' ? asOne(() => inject(request)) : inject(request)
  Object.assign(office.app, { inject: whole })
})
afterAll(() => office.close())

type Reply = Awaited<ReturnType<OfficersBrowser['get']>>
/** A POST that is taken, by its place in the table of routes. */
type Step = [route: string, send: () => Promise<Reply>]

/** These show what was sent, and store nothing. */
const SHOWING = [
  '/survey/form',
  '/survey/confirm',
  '/survey/print',
  '/survey/link',
  '/receipts/:number/:code/form',
  '/receipts/:number/:code/confirm',
  '/i/:token/form',
  '/i/:token/confirm',
  '/i/:token/print',
  '/i/:token/link',
  '/late/:token/form',
  '/late/:token/confirm',
  '/late/:token/print',
  '/admin/hospitals/import',
  '/admin/submissions/new/form',
  '/admin/submissions/new/confirm',
  '/admin/submissions/:number/edit/form',
  '/admin/submissions/:number/edit/confirm',
  '/admin/selection/order/upload',
  '/admin/gmis/import',
  '/admin/hospitals/carry-over',
  '/admin/policy/preview',
  '/admin/scenarios/:id/preview',
]

test('a POST that stores something answers with a redirect: loading its page again stores nothing twice', async () => {
  const steps = [
    ...surveySteps(),
    ...officeSteps(),
    ...noticeSteps(),
    ...questionSteps(),
    ...afterwards(),
    ...roundSteps(),
    ...rehearsalSteps(),
    ...lotSteps(),
    ...sessionSteps(),
    ...lastStep(),
  ]
  for (const [route, send] of steps) {
    const before = office.stores.audit.all().length
    const { statusCode, body } = await send()
    const isStored = office.stores.audit.all().length > before
    const isShowing = SHOWING.includes(route)
    expect([route, statusCode, isStored && isShowing], body).toEqual([route, isShowing ? 200 : 303, false])
  }
  const taken = new Set(steps.map(([route]) => route))
  expect(addresses(office.routes, 'POST').filter((route) => !taken.has(route))).toEqual([])
})

/**
 * An act that goes on the record more than once is one act all the same: where its second entry cannot be written,
 * nothing of it is stored. Then it is done.
 */
async function asOne(send: Step[1]): Promise<Reply> {
  const { db } = office.database
  const before = contents()
  const entries = office.stores.audit.all().length
  db.run(
    sql.raw(
      `CREATE TEMP TRIGGER second_entry BEFORE INSERT ON audit_log WHEN new.seq > ${entries + 1}
       BEGIN SELECT RAISE(ABORT, 'no second entry'); END`,
    ),
  )
  const reply = await send()
  db.run(sql`DROP TRIGGER IF EXISTS second_entry`)
  if (reply.statusCode < 500) return reply
  expect(contents()).toEqual(before)
  return send()
}

/** Everything that is stored but sessions, a line a table. */
function contents(): string[] {
  const { db } = office.database
  const tables = db.all<{ name: string }>(
    sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sessions' ORDER BY name`,
  )
  return tables.map(({ name }) =>
    sha256Hex(JSON.stringify(db.all(sql`SELECT * FROM ${sql.identifier(name)}`))).concat(` ${name}`),
  )
}

/** Once the retention is over, of an office where everything was taken away. */
function lastStep(): Step[] {
  return [
    [
      '/admin/purge',
      async () => {
        const by = { actor: 'second', at: new Date('2030-04-01T00:00:00Z') }
        office.setNow(by.at.toISOString())
        const administrator = await signedIn(office, { login: 'last', role: 'admin' })
        office.stores.settings.change({ retentionUntil: '2030-03-31' }, by)
        office.stores.audit.append({ ...by, action: 'package.exported', subject: 'package', detail: {} })
        return sendForm(administrator, '/admin/purge', { basis: '廃棄 第3号', word: '消去する' })
      },
    ],
  ]
}

function surveySteps(): Step[] {
  const sent = aForm({ hospitalCode: KI })
  const post = (url: string, fields = {}) => office.app.inject(formPost(url, { ...sent, ...fields }))
  const keys = () => office.stores.submissions.bySubmissionId(sent.submissionId)!
  const onReceipt = (step: string, fields = {}): Step => [
    `/receipts/:number/:code/${step}`,
    () => post(`/receipts/${keys().number}/${keys().code}/${step}`, { intent: 'backup', ...fields }),
  ]
  const link = { hospitalCode: KI, expiresAt: new Date('2024-03-25T15:00:00Z'), reason: '試験' }
  const { token } = office.stores.lateLinks.create(link, { actor: 'test', at: new Date(AFTER_DEADLINE) })
  const late = { submissionId: crypto.randomUUID() }
  const invited = crypto.randomUUID()
  // That a link is opened is kept the first time.
  office.stores.invitations.view(invitationOf(office, KI), new Date('2024-03-12T00:00:00Z'))
  const inPeriod: Step[] = [
    ...['/survey/form', '/survey/confirm', '/survey/print', '/survey/link', '/survey'].map(
      (url): Step => [url, () => post(url)],
    ),
    ['/receipts', async () => post('/receipts', { number: keys().number, code: keys().code })],
    onReceipt('form'),
    onReceipt('confirm'),
    onReceipt('edit', { version: '1' }),
    onReceipt('withdraw'),
    ...['/form', '/confirm', '/print', '/link', ''].map(
      (step): Step => [
        `/i/:token${step}`,
        () => post(`${invitationPath(office, KI)}${step}`, { submissionId: invited }),
      ],
    ),
  ]
  return [
    ...inPeriod.map(
      ([route, send]): Step => [
        route,
        () => {
          office.setNow('2024-03-12T01:00:00Z')
          return send()
        },
      ],
    ),
    ...['/form', '/confirm', '/print', ''].map(
      (step): Step => [
        `/late/:token${step}`,
        () => {
          office.setNow(AFTER_DEADLINE)
          return post(`/late/${token}${step}`, late)
        },
      ],
    ),
  ]
}

/** The form of a page as it stands, with what is typed into it. @param action where it stands on the page */
function form(route: string, typed: Record<string, string> = {}, page = route, action = route): Step {
  return [route, () => sendForm(office.admin, sampleOf(page), typed, sampleOf(action))]
}

/** The same by another button of the form. */
function tried(route: string, page: string, typed: Record<string, string>): Step {
  return [
    route,
    async () => {
      const fields = fieldsOf(await office.admin.page(sampleOf(page)), sampleOf(page))
      return office.admin.post(sampleOf(route), { ...fields, ...typed })
    },
  ]
}

/** An archive that is looked at, and then what its page brings back. */
function carryOverSteps(): Step[] {
  const url = '/admin/hospitals/carry-over'
  let shown: Record<string, string> = {}
  return [
    [
      url,
      async () => {
        const { editions } = office.stores
        const { bytes } = editions.file(editions.newestOf(1)!, 'archive.json')!
        const reply = await office.admin.upload(url, { name: 'a.json', bytes }, { year: '令和5年度' })
        shown = fieldsOf(htmlOf(reply), `${url}/apply`)
        return reply
      },
    ],
    [`${url}/apply`, () => office.admin.post(`${url}/apply`, shown)],
  ]
}

function officeSteps(): Step[] {
  const scenario = '/admin/scenarios/:id'
  const seats = { 'bands.0.seats': '3' }
  const act = (name: string): Step =>
    form(`/admin/hospitals/:code/${name}`, { ...REASON, ...(name === 'sources' && { choice: 'bureau' }) })
  const unlinked = '/admin/submissions/R-0007'
  return [
    ...answerSteps(),
    ...masterSteps(),
    form('/admin/submissions/:number/close', REASON),
    form('/admin/submissions/:number/reopen', REASON),
    form('/admin/submissions/:number/unlink', REASON),
    form('/admin/submissions/:number/current', REASON, '/admin/submissions/:number'),
    [
      '/admin/submissions/:number/link',
      () => sendForm(office.admin, unlinked, { ...REASON, hospitalCode: OTSU }, `${unlinked}/link`),
    ],
    form('/admin/invitations/:code/reissue', REASON),
    form('/admin/invitations/:code/revoke', REASON),
    form('/admin/invitations', {}, '/admin/invitations/issue'),
    form('/admin/invitations/text', { subject: '別の標題' }),
    ...['mail', 'fax', 'phone'].map((way) =>
      form(`/admin/reminders/texts/${way}`, { subject: '別の標題', body: '別の本文{リンク}' }),
    ),
    form('/admin/nonrespondents/:code', { result: 'absent' }),
    ['/admin/reminders', remind],
    [
      '/admin/invitations/key',
      () => {
        office.stores.invitations.changeKey('another', {
          ...REASON,
          actor: 'test',
          at: new Date(AFTER_DEADLINE),
        })
        return sendForm(office.admin, '/admin/invitations/key', REASON)
      },
    ],
    form('/admin/late-links', { ...REASON, hospitalCode: HEI, lastDay: '2024-03-25' }),
    form('/admin/late-links/:id/revoke', REASON),
    act('undo-override'),
    act('exclude'),
    act('undo-override'),
    act('designate'),
    act('undo-move'),
    form('/admin/hospitals/import/:staged'),
    [
      '/admin/hospitals/import',
      () => {
        const text = '医療機関コード,医療機関名,市町村,許可病床数\r\n4619900980,追加病院,鹿児島市,30'
        return office.admin.upload('/admin/hospitals/import', { name: 'a.csv', bytes: Buffer.from(text) })
      },
    ],
    ['/admin/hospitals/import/:staged/cancel', () => office.admin.post('/admin/hospitals/import/2/cancel')],
    form('/admin/hospitals/matches', REASON),
    form('/admin/hospitals/matches/:row', { ...REASON, choice: 'own' }),
    form('/admin/hospitals/matches/:row/undo', REASON),
    act('sources'),
    ...carryOverSteps(),
    form('/admin/gmis/import/apply', {}, '/admin/gmis/import?import=1', '/admin/gmis/import/apply'),
    form('/admin/gmis/mapping', { 'bcp-column': '問3' }),
    form('/admin/hospitals/public-facts', { 'networkControl-0': 'yes' }),
    [
      '/admin/gmis/import',
      () => office.admin.upload('/admin/gmis/import', gmisCsv('医療機関コード,問3', `${KO},はい`)),
    ],
    form('/admin/users', { login: 'shinnin', name: '新任', role: 'officer' }),
    form('/admin/users/:login', { name: '改姓' }),
    form('/admin/users/:login/second-factor'),
    form('/admin/users/:login/reset'),
    form('/admin/users/:login/disable'),
    form('/admin/users/:login/enable'),
    form('/admin/audit/verify', {}, '/admin/audit'),
    form('/admin/settings', { title: '別の名称' }),
    form('/admin/settings/ministry', { 'place.remarks': '' }),
    tried('/admin/policy/preview', '/admin/policy', seats),
    form('/admin/policy', { ...seats, note: '試験', acknowledged: '4' }),
    form('/admin/scenarios', { name: 'もう一つの案' }),
    tried('/admin/scenarios/:id/preview', scenario, seats),
    form(scenario, { 'bands.1.seats': '4' }),
    form(`${scenario}/name`, { name: '新しい名前' }, scenario),
    form(`${scenario}/archive`, {}, scenario),
    form(`${scenario}/reopen`, {}, scenario),
    form(`${scenario}/adopt`, { note: '試験', acknowledged: '6' }),
  ]
}

/** 代理入力, an officer's correction and withdrawal, notes and marks. */
function answerSteps(): Step[] {
  const [answers, linked] = ['/admin/submissions', '/admin/submissions/R-0009']
  const byPhone = { ...REASON, channel: 'phone' }
  const entered = { ...aForm({ hospitalCode: KI }), ...byPhone, receivedAt: '2024-03-15 10:00' }
  const post = (route: string, fields: Record<string, string>): Step => [
    route,
    () => office.admin.post(sampleOf(route), fields),
  ]
  const corrected = () => {
    const { version, answers } = office.stores.submissions.byNumber('R-0006')!
    const said = { ...answers, gmisConsent: answers.gmisConsent ? 'yes' : 'no', contactName: '後任 次郎' }
    const texts = Object.entries(said).map(([name, value]) => [name, String(value ?? '')])
    return { ...Object.fromEntries(texts), ...byPhone, version: String(version) }
  }
  const edit = (step: string): Step => {
    const route = `/admin/submissions/:number/edit${step}`
    return [route, () => office.admin.post(sampleOf(route), corrected())]
  }
  return [
    ...['/form', '/confirm', ''].map((step) => post(`${answers}/new${step}`, entered)),
    ...['/form', '/confirm', ''].map(edit),
    [
      '/admin/submissions/:number/withdraw',
      () =>
        sendForm(
          office.admin,
          `${answers}/${office.stores.submissions.all().at(-1)!.number}/withdraw`,
          byPhone,
        ),
    ],
    [
      '/admin/submissions/:number/flags',
      () => sendForm(office.admin, linked, { note: '確認した' }, `${linked}/flags`),
    ],
    form('/admin/submissions/:number/notes', { text: 'メモ' }, '/admin/submissions/:number'),
    form(`${answers}/marks`, { answer: 'R-0006.none', mark: 'asked' }, answers),
    form(`${answers}/marks/undo`, {}, `${answers}?marked=1`),
  ]
}

function questionSteps(): Step[] {
  const typed = { label: '接続点の種類', kind: 'text', required: 'no' }
  const onList = (act: string, fields = {}) =>
    form(`/admin/questions/:further/${act}`, fields, '/admin/questions')
  return [
    form('/admin/questions', typed, '/admin/questions/new'),
    form('/admin/questions/:further/edit', { label: '接続点' }),
    onList('move', { act: 'down' }),
    onList('resume'),
    form('/admin/questions/:further/end', REASON),
    ['/admin/questions/example', takenExample],
  ]
}

async function codeOfTheLogin(): Promise<Reply> {
  const secret = addSecondFactor(office, await addOfficer(office, { login: 'third' }))
  const browser = officersBrowser(office)
  await sendForm(browser, '/admin/login', { login: 'third', password: PASSWORD })
  return sendForm(browser, '/admin/login/code', { code: codeAt(secret, office.now()) })
}

/** In a file of its own: here something is asked already. */
async function takenExample(): Promise<Reply> {
  const fresh = await startTestApp()
  const browser = await signedIn(fresh, {})
  const reply = await sendForm(browser, '/admin/questions', {}, '/admin/questions/example')
  await fresh.close()
  return reply
}

function noticeSteps(): Step[] {
  const section = { heading: '流れ', text: '流れの文' }
  const question = { number: '14', group: '費用', question: '質問', answer: '回答', beside: '' }
  const part = { kind: 'sections', id: 'flow', act: 'up' }
  return [
    form('/admin/notice/confirm', {}, '/admin/notice', '/admin/notice/confirm'),
    form('/admin/notice/arrange', part, '/admin/notice', '/admin/notice/arrange'),
    form('/admin/notice/sections/new', section),
    form('/admin/notice/sections/:section', section),
    form('/admin/notice/questions/new', question),
    form('/admin/notice/questions/:question', { ...question, number: '1' }),
    [
      '/admin/notice/attachments',
      () =>
        office.admin.upload(
          '/admin/notice/attachments',
          { name: '別紙.pdf', bytes: Buffer.from('%PDF-1.7') },
          { title: '別紙' },
        ),
    ],
    [
      '/admin/notice/attachments/:attachment/withdraw',
      () => office.admin.post('/admin/notice/attachments/1/withdraw'),
    ],
    form(
      '/admin/notice/versions/:version/restore',
      {},
      '/admin/notice/versions/0',
      '/admin/notice/versions/0/restore',
    ),
  ]
}

/** Of another mail, as the first is on its way again. */
function toldAnotherWay() {
  const { number } = office.stores.submissions.currentOf(HEI)!
  const page = `/admin/undelivered/${giveUpMail(office.stores, number, office.now())}`
  return sendForm(office.admin, page, REASON, `${page}/told`)
}

/** What comes after a decision. */
function afterwards(): Step[] {
  const sent = { documentNumber: '保医第1号', way: 'mail', ...REASON }
  const said = { answer: 'accepted', channel: 'phone', ...REASON }
  const { number, code } = office.stores.submissions.currentOf(OTSU)!
  const byReceipt = (step: string): Step => [
    `/receipts/:number/:code/${step}`,
    () => office.app.inject(formPost(`/receipts/${number}/${code}/${step}`, {})),
  ]
  return [
    byReceipt('accept'),
    byReceipt('decline'),
    form('/admin/rounds/:number/acceptance/ask', { lastDay: 'R6.3.26', ...REASON }),
    form('/admin/rounds/:number/acceptance/:code', said),
    form('/admin/rounds/:number/acceptance/end', REASON),
    form('/admin/rounds/:number/approval', { documentNumber: '保医第1号', decidedOn: 'R6.3.19' }),
    form('/admin/rounds/:number/report', sent),
    form('/admin/reports/:id/correct', REASON),
    form('/admin/undelivered/:mail/again', {}, '/admin/undelivered/:mail'),
    ['/admin/undelivered/:mail/told', toldAnotherWay],
    form('/admin/letters/texts/:kind', { subject: '通知' }),
    form('/admin/letters', { documentNumber: '保医第2号' }),
    form('/admin/letters/mail'),
    form('/admin/letters/posted'),
    form('/admin/rounds/:number/publication/points', REASON),
    form('/admin/rounds/:number/publication', REASON),
    form('/admin/disclosure/documents/:document/columns/:column', { ...REASON, is: 'open' }),
    form('/admin/disclosure/wording', { individual: '個人に関する情報（第7条第1号）' }),
  ]
}

function masterSteps(): Step[] {
  const added = '4619900014'
  const merge = `/admin/hospitals/${added}/merge`
  const unmerge = `/admin/hospitals/${added}/unmerge`
  return [
    form('/admin/submissions/:number/correction', { ...REASON, state: 'done' }),
    form('/admin/hospitals/new', {
      ...REASON,
      name: '庚病院',
      medicalCode: added,
      municipality: '鹿児島市',
      beds: '60',
    }),
    form('/admin/hospitals/:code/edit', { ...REASON, phone: '099-286-2111' }),
    form('/admin/hospitals/:code/close', { ...REASON, cause: 'closed' }),
    form('/admin/hospitals/:code/reopen', REASON),
    ['/admin/hospitals/:code/merge', () => sendForm(office.admin, `${merge}?with=${HEI}`, REASON, merge)],
    ['/admin/hospitals/:code/unmerge', () => sendForm(office.admin, unmerge, REASON)],
  ]
}

/** Within the period, of the one hospital that has not answered. */
async function remind(): Promise<Reply> {
  for (const { number } of office.stores.submissions.ofHospital(KI))
    office.stores.submissions.withdraw(number, { at: new Date(AFTER_DEADLINE), actor: 'test' })
  office.setNow('2024-03-12T01:00:00Z')
  const reply = await sendForm(office.admin, '/admin/reminders/send', {}, '/admin/reminders')
  saveSubmission(office.stores, { hospital: KI })
  office.setNow(AFTER_DEADLINE)
  return reply
}

function roundSteps(): Step[] {
  const proposal = (name: string) => `/admin/proposals/:id/${name}`
  const settle = (name: string, id: number, browser: () => OfficersBrowser): Step => [
    proposal(name),
    () => sendForm(browser(), `/admin/proposals/${id}/${name}`, { ...REASON, acknowledged: 'yes' }),
  ]
  const decline = (code: string): Step => [
    '/admin/rounds/:number/decline/:code',
    () => sendForm(office.admin, `/admin/rounds/1/decline/${code}`, REASON),
  ]
  const confirmed = { ...REASON, acknowledged: 'yes', freeSeatsReason: '試験', waitingReason: '試験' }
  const move = `/admin/hospitals/${BO}/move`
  const order = async () => {
    const codes = await rankingOf(office.admin)
    return { name: 'order.csv', bytes: Buffer.from(['医療機関コード', ...codes.reverse()].join('\r\n')) }
  }
  return [
    settle('return', 1, () => second),
    decline(KO),
    settle('withdraw', 2, () => office.admin),
    decline(KO),
    settle('approve', 3, () => second),
    form('/admin/rounds/:number/verify', {}, '/admin/rounds/:number'),
    form('/admin/rounds/:number/editions/:edition/verify', {}, '/admin/rounds/:number/editions/:edition'),
    [
      '/admin/hospitals/:code/move',
      () => sendForm(office.admin, `${move}?position=2`, { ...REASON, position: '2' }, move),
    ],
    [
      '/admin/selection/order/upload',
      async () => office.admin.upload('/admin/selection/order/upload', await order()),
    ],
    [
      '/admin/selection/order',
      () => sendForm(office.admin, '/admin/selection/order/reset', REASON, '/admin/selection/order'),
    ],
    ['/admin/selection/confirm', () => sendForm(office.admin, '/admin/selection/confirm', confirmed)],
    settle('withdraw', 4, () => office.admin),
    ['/admin/rounds/:number/reopen', () => sendForm(office.admin, '/admin/rounds/1/reopen', confirmed)],
  ]
}

/** Before the deadline once more, and after it. */
function lotSteps(): Step[] {
  const at = (instant: string, [route, send]: Step): Step => [
    route,
    () => {
      office.setNow(instant)
      return send()
    },
  ]
  const proposed = '/admin/proposals/5/withdraw'
  return [
    ['/admin/proposals/:id/withdraw', () => sendForm(office.admin, proposed, REASON)],
    at('2024-03-18T14:00:00Z', form('/admin/lot/method', { method: 'announced' })),
    form('/admin/lot/announcement', { source: '宝くじの当せん番号', knownOn: 'R6.3.19' }),
    at(AFTER_DEADLINE, [
      '/admin/lot',
      () =>
        sendForm(
          office.admin,
          '/admin/lot/draw',
          { value: '1', witness1: '甲', witness2: '乙' },
          '/admin/lot',
        ),
    ]),
    form('/admin/lot/correction', { value: '2', ...REASON }),
    form('/admin/lot/publication'),
  ]
}

/** A survey that was put off can be rehearsed. */
function rehearsalSteps(): Step[] {
  const page = '/admin/rehearsal'
  const by = { actor: 'test', at: new Date(AFTER_DEADLINE) }
  const act = (name: string): Step => [
    `${page}/${name}`,
    () => sendForm(office.admin, page, {}, `${page}/${name}`),
  ]
  const putOff = { opensAt: '2024-05-01', closesAt: '2024-05-31' }
  const { opensAt, closesAt } = office.stores.settings.stored()
  const asBefore = { opensAt: opensAt!, closesAt: closesAt! }
  const [route, start] = act('start')
  const [, end] = act('end')
  return [
    [
      route,
      () => {
        forgetLots(office)
        office.stores.settings.change(putOff, by)
        return start()
      },
    ],
    act('enter'),
    ['/rehearsal/leave', () => office.admin.post('/rehearsal/leave?rehearsal=yes')],
    [
      `${page}/end`,
      async () => {
        const reply = await end()
        office.stores.settings.change(asBefore, by)
        return reply
      },
    ],
  ]
}

function sessionSteps(): Step[] {
  const password = 'another horse battery'
  const changed = { current: PASSWORD, password, passwordAgain: password }
  return [
    ['/admin/setup', firstAdministrator],
    ['/admin/password', () => sendForm(second, '/admin/password', changed)],
    ['/admin/proof', () => sendForm(second, '/admin/proof', { current: password })],
    ['/admin/account/second-factor', async () => (await setUpSecondFactor(office, second)).reply],
    [
      '/admin/account/recovery-codes',
      () => sendForm(second, '/admin/account', {}, '/admin/account/recovery-codes'),
    ],
    [
      '/admin/account/sessions/end',
      async () => {
        await officersBrowser(office).signIn('second')
        return sendForm(second, '/admin/account', {}, '/admin/account/sessions/end')
      },
    ],
    ['/admin/account/second-factor/off', () => sendForm(second, '/admin/account/second-factor/off', {})],
    ['/admin/logout', () => sendForm(second, '/admin', {}, '/admin/logout')],
    ['/admin/login', async () => sendForm(second, '/admin/login', { login: 'second', password })],
    ['/admin/login/code', codeOfTheLogin],
  ]
}

/** In a file of its own: here somebody may log in. */
async function firstAdministrator(): Promise<Reply> {
  const fresh = await startTestApp({ image: freshImage(), setupToken: 'printed' })
  const browser = officersBrowser(fresh)
  const address = '/admin/setup?token=printed'
  const typed = { name: '管理', login: 'kanri', password: PASSWORD, passwordAgain: PASSWORD }
  const reply = await sendForm(browser, address, typed, '/admin/setup')
  await fresh.close()
  return reply
}
