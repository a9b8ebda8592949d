import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asSent } from '../../src/domain/answer/submission.ts'
import { ministryColumnsText } from '../../src/domain/survey/ministry-columns.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  AFTER_DEADLINE,
  BO,
  confirm,
  decline,
  HEI,
  KO,
  OTSU,
  SELECTION,
  savePolicy,
  sendForm,
  TWO_BANDS,
} from '../support/decisions.ts'
import { fieldsOf } from '../support/forms.ts'
import { htmlOf } from '../support/html.ts'
import { officeWith } from '../support/office.ts'
import { type OfficersBrowser, signedIn } from '../support/officer.ts'
import { addOverride } from '../support/overrides.ts'
import { addresses } from '../support/route-table.ts'
import { saveSubmission } from '../support/submissions.ts'
import { startWholeOffice, type WholeOffice } from '../support/whole-office.ts'

/** What the one types, to be found again. */
const MINE = '私が入力したもの'
const REASON = { reason: MINE }
const COLLEAGUE = { actor: 'colleague', at: new Date(AFTER_DEADLINE), reason: '同僚の理由' }

interface Row {
  /** In the table of routes. */
  route: string
  page: string
  action?: string
  typed: Record<string, string>
  /** What a colleague does while the form is open. */
  meanwhile: (stores: TestApp['stores']) => unknown
  /** It cannot be done any more: there is nothing to send again. */
  isOver?: boolean
}

/** Opens a form, lets the colleague act, sends it: nothing is stored unseen. Then what is shown is sent again. */
async function bothAtOnce(
  { stores }: Pick<TestApp, 'stores'>,
  browser: OfficersBrowser,
  { page, action = page, typed, meanwhile, isOver = false }: Row,
): Promise<void> {
  const opened = fieldsOf(await browser.page(page), action)
  await meanwhile(stores)
  const before = stores.audit.all().length
  const refused = await browser.post(action, { ...opened, ...typed })
  expect([refused.statusCode, stores.audit.all().length]).toEqual([409, before])
  const shown = htmlOf(refused)
  expect(shown.querySelector('.banner--error, .banner--warning, .field__error')).not.toBeNull()
  if (isOver) return
  for (const text of Object.values(typed).filter((each) => each.includes(MINE)))
    expect(refused.body).toContain(text)
  const again = await browser.post(action, fieldsOf(shown, action))
  expect(again.statusCode, again.body).toBe(303)
  expect(stores.audit.all().length).toBeGreaterThan(before)
}

const hospital = (code: string, act: string, query = ''): Pick<Row, 'route' | 'page' | 'action'> => ({
  route: `/admin/hospitals/:code/${act}`,
  page: `/admin/hospitals/${code}/${act}${query}`,
  action: `/admin/hospitals/${code}/${act}`,
})
const scenario = (act: string): Pick<Row, 'route' | 'page' | 'action'> => ({
  route: `/admin/scenarios/:id${act}`,
  page: `/admin/scenarios/1${act === '/adopt' ? act : ''}`,
  action: `/admin/scenarios/1${act}`,
})
const moveAnew = (code: string, position: number) => (stores: TestApp['stores']) =>
  stores.rankMoves.add(2, { hospitalCode: code, position }, COLLEAGUE)
const saveScenario = ({ policies }: TestApp['stores']) => {
  const { policy, version } = policies.scenarios.byId(1)!.latest
  policies.scenarios.save(1, version, { ...policy, regionFloor: version }, { ...COLLEAGUE, note: '' })
}

/** The hospital corrects who is to be asked, in the answer that counts. */
const correctCurrent =
  (department: string) =>
  ({ submissions }: TestApp['stores']) => {
    const current = submissions.currentOf(HEI)!
    const { hospital, answers } = asSent(current)
    const content = { hospital, answers: { ...answers, department } }
    submissions.correct(current.number, content, { at: COLLEAGUE.at, actor: null })
  }

const invitation = (act: string): Pick<Row, 'route' | 'page' | 'action'> => ({
  route: `/admin/invitations/:code/${act}`,
  page: `/admin/invitations/${HEI}/${act}`,
  action: `/admin/invitations/${HEI}/${act}`,
})
const issueAnew = ({ invitations }: TestApp['stores']) =>
  invitations.reissue(HEI, invitations.ofHospital(HEI)!.counter, COLLEAGUE)
const writeText =
  (kind: 'letter' | 'mail' | 'fax' | 'phone') =>
  ({ messageTexts }: TestApp['stores']) =>
    messageTexts.write(
      kind,
      { subject: '同僚の標題', body: '同僚の本文{リンク}' },
      messageTexts.current(kind).version,
      COLLEAGUE,
    )
const reminderText = (way: 'mail' | 'fax' | 'phone'): Row => ({
  route: `/admin/reminders/texts/${way}`,
  page: `/admin/reminders/texts/${way}`,
  typed: { subject: '別の標題' },
  meanwhile: writeText(way),
})

/** In this order, in one office. */
const IN_ONE_OFFICE: Row[] = [
  { ...invitation('reissue'), typed: REASON, meanwhile: issueAnew },
  { ...invitation('revoke'), typed: REASON, meanwhile: issueAnew },
  {
    route: '/admin/invitations/text',
    page: '/admin/invitations/text',
    typed: { subject: '別の標題' },
    meanwhile: writeText('letter'),
  },
  reminderText('mail'),
  reminderText('fax'),
  reminderText('phone'),
  {
    route: '/admin/submissions/:number/unlink',
    page: '/admin/submissions/R-0009/unlink',
    action: '/admin/submissions/R-0009/unlink',
    typed: REASON,
    meanwhile: correctCurrent('地域連携室'),
  },
  {
    route: '/admin/submissions/:number/close',
    page: '/admin/submissions/R-0006/close',
    action: '/admin/submissions/R-0006/close',
    typed: REASON,
    meanwhile: correctCurrent('事務部'),
  },
  {
    route: '/admin/submissions/:number/reopen',
    page: '/admin/submissions/R-0008/reopen',
    action: '/admin/submissions/R-0008/reopen',
    typed: REASON,
    meanwhile: correctCurrent('医事課'),
  },
  {
    route: '/admin/submissions/:number/current',
    page: '/admin/submissions/R-0006',
    action: '/admin/submissions/R-0006/current',
    typed: REASON,
    meanwhile: (stores) => {
      const { number } = saveSubmission(stores, { hospital: HEI })
      stores.submissions.makeCurrent(number, COLLEAGUE)
    },
  },
  {
    route: '/admin/submissions/:number/link',
    page: '/admin/submissions/R-0007',
    action: '/admin/submissions/R-0007/link',
    typed: { ...REASON, hospitalCode: OTSU },
    meanwhile: (stores) => {
      const { submissionId } = stores.submissions.byNumber('R-0007')!
      const corrected = { name: '別の病院', address: '別の町', beds: 20 }
      saveSubmission(stores, { submissionId, hospital: corrected })
    },
  },
  {
    route: '/admin/late-links',
    page: '/admin/late-links',
    typed: { ...REASON, hospitalCode: HEI, lastDay: '2024-03-25' },
    meanwhile: ({ lateLinks }) => {
      const expiresAt = new Date('2024-03-22T15:00:00Z')
      lateLinks.create({ hospitalCode: HEI, expiresAt, reason: '同僚の理由' }, COLLEAGUE)
    },
  },
  {
    ...hospital(HEI, 'undo-override'),
    typed: REASON,
    meanwhile: (stores) => {
      stores.overrides.undo(1, COLLEAGUE)
      addOverride(stores, HEI, 'exclude', '同僚が改めて判断した')
    },
  },
  {
    ...hospital(OTSU, 'designate'),
    typed: REASON,
    meanwhile: (stores) => addOverride(stores, OTSU, 'exclude', '同僚の判断'),
    isOver: true,
  },
  {
    ...hospital(BO, 'exclude'),
    typed: REASON,
    meanwhile: (stores) => addOverride(stores, BO, 'designate', '同僚の判断'),
    isOver: true,
  },
  {
    route: '/admin/selection/order',
    page: '/admin/selection/order/reset',
    action: '/admin/selection/order',
    typed: REASON,
    meanwhile: moveAnew(HEI, 1),
  },
  { ...hospital(BO, 'move', '?position=2'), typed: REASON, meanwhile: moveAnew(HEI, 2) },
  { ...hospital(BO, 'undo-move'), typed: REASON, meanwhile: moveAnew(BO, 2) },
  {
    route: '/admin/settings',
    page: '/admin/settings',
    typed: { title: MINE },
    meanwhile: ({ settings }) => settings.change({ title: '同僚の名称' }, COLLEAGUE),
  },
  {
    route: '/admin/settings/ministry',
    page: '/admin/settings/ministry',
    typed: { 'place.remarks': '' },
    meanwhile: ({ settings }) => {
      settings.change({ ministryColumns: ministryColumnsText(['order', 'name', 'remarks']) }, COLLEAGUE)
    },
  },
  {
    route: '/admin/policy',
    page: '/admin/policy',
    typed: { note: MINE, 'points.emergency': '7', acknowledged: '6' },
    meanwhile: (stores) => {
      const { policy } = stores.policies.current()
      savePolicy(stores, { ...policy, criteria: { disaster: 3 } })
    },
  },
  { ...scenario(''), typed: { note: MINE, 'points.emergency': '9' }, meanwhile: saveScenario },
  {
    ...scenario('/name'),
    typed: { name: MINE },
    meanwhile: ({ policies }) => policies.scenarios.rename(1, '同僚の案', COLLEAGUE),
  },
  { ...scenario('/adopt'), typed: { note: MINE, acknowledged: '3' }, meanwhile: saveScenario },
  { ...scenario('/archive'), typed: {}, meanwhile: saveScenario },
]

/** On selections of their own, as below. */
const ON_A_SELECTION = [
  '/admin/selection/confirm',
  '/admin/rounds/:number/reopen',
  '/admin/rounds/:number/decline/:code',
]

/** Why a form need carry nothing. */
const TAKES_NOTHING_BACK = {
  'stores nothing': [
    '/admin/selection/order/upload',
    '/admin/policy/preview',
    '/admin/scenarios/:id/preview',
    '/admin/rounds/:number/verify',
    '/admin/rounds/:number/editions/:edition/verify',
  ],
  'is about oneself': ['/admin/login', '/admin/logout', '/admin/password'],
  'settles once what is frozen or over afterwards': [
    '/admin/proposals/:id/approve',
    '/admin/proposals/:id/return',
    '/admin/proposals/:id/withdraw',
    '/admin/late-links/:id/revoke',
    '/admin/invitations/key',
  ],
  'only adds, and nothing twice': ['/admin/invitations', '/admin/nonrespondents/:code', '/admin/reminders'],
  'only adds, under a name that is free': ['/admin/scenarios', '/admin/scenarios/:id/reopen'],
}

describe('two officers at once', () => {
  let office: WholeOffice
  beforeAll(async () => {
    office = await startWholeOffice()
  })
  afterAll(() => office.close())

  test.each(IN_ONE_OFFICE)('$route takes back nothing that was not shown', async (row) => {
    await bothAtOnce(office, office.admin, row)
  })

  test('every form of the officers’ side is looked at', () => {
    const known = [
      ...IN_ONE_OFFICE.map(({ route }) => route),
      ...ON_A_SELECTION,
      ...Object.values(TAKES_NOTHING_BACK).flat(),
    ]
    const forms = addresses(office.routes, 'POST').filter((url) => url.startsWith('/admin'))
    expect(forms.sort()).toEqual(known.sort())
  })
})

describe('on a selection', () => {
  const selection = officeWith({ now: AFTER_DEADLINE, ...SELECTION })
  const admin = selection.officer({ login: 'admin', role: 'admin' })

  test('what the report says is not frozen unseen, though the selection is the same', async () => {
    await bothAtOnce(selection, admin, {
      route: ON_A_SELECTION[0]!,
      page: '/admin/selection/confirm',
      typed: {},
      meanwhile: ({ hospitals }) => {
        const changed = hospitals.all().map((each) => ({ ...each, phone: '099-999-9999' }))
        hospitals.import({ hospitals: changed, fields: ['phone'] }, { ...COLLEAGUE, source: 'x.csv' })
      },
    })
  })

  test('nor by doing a round anew', async () => {
    await confirm(admin)
    await bothAtOnce(selection, admin, {
      route: ON_A_SELECTION[1]!,
      page: '/admin/rounds/1/reopen',
      typed: REASON,
      meanwhile: ({ settings }) => {
        settings.change({ ministryColumns: ministryColumnsText(['order', 'name']) }, COLLEAGUE)
      },
    })
  })

  test('nobody moves up but whoever was shown to', async () => {
    await confirm(admin)
    const colleague = await signedIn(selection, { login: 'colleague', role: 'admin' })
    await bothAtOnce(selection, admin, {
      route: ON_A_SELECTION[2]!,
      page: `/admin/rounds/1/decline/${KO}`,
      typed: REASON,
      meanwhile: async (stores) => {
        const [small, large] = TWO_BANDS.bands
        savePolicy(stores, { ...TWO_BANDS, bands: [{ ...small!, seats: 3 }, large!] })
        stores.settings.change({ prefectureSeats: '4' }, COLLEAGUE)
        await confirm(colleague)
      },
    })
    const amended = JSON.parse((await admin.get('/admin/rounds/1/amended.json')).body)
    expect(amended.amendments).toMatchObject([
      { code: HEI, promoted: null },
      { code: KO, promoted: null },
    ])
  })
})

describe('on a round', () => {
  const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
  const admin = office.officer({ login: 'admin', role: 'admin' })
  const colleague = office.officer({ login: 'colleague', role: 'admin' })

  test('a decline beside the one that a colleague has proposed is not passed over in silence', async () => {
    office.stores.settings.change({ secondApproval: 'yes' }, COLLEAGUE)
    await bothAtOnce(office, admin, {
      route: ON_A_SELECTION[2]!,
      page: `/admin/rounds/1/decline/${KO}`,
      typed: REASON,
      meanwhile: () => decline(colleague, HEI),
      isOver: true,
    })
  })

  test('nor is a round done anew beside what a colleague has proposed', async () => {
    office.stores.settings.change({ secondApproval: 'yes' }, COLLEAGUE)
    await bothAtOnce(office, admin, {
      route: ON_A_SELECTION[1]!,
      page: '/admin/rounds/1/reopen',
      typed: REASON,
      meanwhile: () => decline(colleague, HEI),
      isOver: true,
    })
  })

  test('nor is the next round beside a decline of this one', async () => {
    const [small, large] = TWO_BANDS.bands
    savePolicy(office.stores, { ...TWO_BANDS, bands: [{ ...small!, seats: 3 }, large!] })
    office.stores.settings.change({ prefectureSeats: '4', secondApproval: 'yes' }, COLLEAGUE)
    await bothAtOnce(office, admin, {
      route: ON_A_SELECTION[0]!,
      page: '/admin/selection/confirm',
      typed: { freeSeatsReason: MINE },
      meanwhile: () => decline(colleague, HEI),
      isOver: true,
    })
  })

  test('nor is a round done anew that a colleague has done anew alike', async () => {
    await bothAtOnce(office, admin, {
      route: ON_A_SELECTION[1]!,
      page: '/admin/rounds/1/reopen',
      typed: REASON,
      meanwhile: () => sendForm(colleague, '/admin/rounds/1/reopen', { reason: '同じやり直し' }),
      isOver: true,
    })
  })

  test('nor is a round done anew after a decline that made the edition of this number', async () => {
    await bothAtOnce(office, admin, {
      route: ON_A_SELECTION[1]!,
      page: '/admin/rounds/1/reopen',
      typed: REASON,
      meanwhile: () => decline(colleague, KO),
      isOver: true,
    })
  })
})

test('what is sent again after the colleague’s change is the officer’s own decision', async () => {
  const testApp = await startTestApp({ now: AFTER_DEADLINE })
  const admin = await signedIn(testApp, { role: 'admin' })
  const opened = fieldsOf(await admin.page('/admin/settings'), '/admin/settings')
  testApp.stores.settings.change({ closesAt: '2024-03-25' }, COLLEAGUE)
  const reply = await admin.post('/admin/settings', { ...opened, title: MINE })
  expect(reply.statusCode).toBe(303)
  expect(testApp.stores.settings.stored()).toMatchObject({ closesAt: '2024-03-25', title: MINE })
  await testApp.close()
})
