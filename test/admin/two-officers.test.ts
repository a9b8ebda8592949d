import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asSent } from '../../src/domain/answer/submission.ts'
import type { Notice } from '../../src/domain/notice/notice.ts'
import { ministryColumnsText } from '../../src/domain/survey/ministry-columns.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  AFTER_DEADLINE,
  BO,
  confirm,
  decline,
  HEI,
  KI,
  KO,
  OTSU,
  SELECTION,
  savePolicy,
  sendForm,
  TWO_BANDS,
} from '../support/decisions.ts'
import { fieldsOf } from '../support/forms.ts'
import { aFurther, askFurther } from '../support/further.ts'
import { htmlOf } from '../support/html.ts'
import { officeWith } from '../support/office.ts'
import { type OfficersBrowser, signedIn } from '../support/officer.ts'
import { addOverride } from '../support/overrides.ts'
import { addresses } from '../support/route-table.ts'
import { addHospitals, saveSubmission } from '../support/submissions.ts'
import { startWholeOffice, type WholeOffice } from '../support/whole-office.ts'

/** The same hospital as BO, under another code. */
const TWIN = '4610000086'

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

const addMaster = (key: string) => (stores: TestApp['stores']) =>
  addHospitals(stores, { key, name: '同僚が加えた病院' })
const changeBeds =
  (code: string) =>
  ({ hospitals }: TestApp['stores']) => {
    const { beds, ...rest } = hospitals.byCode(code)!
    const list = { hospitals: [{ ...rest, beds: beds + 1 }], fields: ['beds'] } as const
    hospitals.import(list, { ...COLLEAGUE, source: '同僚.csv' })
  }

/** The hospital corrects who is to be asked, in the answer that counts. */
const correctCurrent =
  (department: string, hospital: string = HEI) =>
  ({ submissions }: TestApp['stores']) => {
    const current = submissions.currentOf(hospital)!
    const { hospital: named, answers } = asSent(current)
    const content = { hospital: named, answers: { ...answers, department } }
    submissions.correct(current.number, content, { at: COLLEAGUE.at, actor: null })
  }

/** A colleague writes another text for a part of the notice. */
const rewrite = (change: (notice: Notice) => void) => (stores: TestApp['stores']) => {
  const { version, notice } = stores.notice.current()
  const changed = structuredClone(notice)
  change(changed)
  stores.notice.saveAfter(version, changed, { ...COLLEAGUE, change: '変更' })
}
/** A colleague adds a question. */
const askElse = (label: string) => (stores: TestApp['stores']) => {
  const all = stores.questions.all()
  askFurther(stores, [...all, aFurther({ id: `c${all.length}`, label, shortLabel: label })])
}
const calledBy =
  (phone: string) =>
  ({ hospitals, hospitalActs }: TestApp['stores']) =>
    hospitalActs.edit({ ...hospitals.byKey(BO)!, phone }, COLLEAGUE, null)
const mapElsewhere =
  (column: string) =>
  ({ gmisMappings }: TestApp['stores']) => {
    const { mapping } = gmisMappings.current()
    gmisMappings.save({ ...mapping, networkControl: { ...mapping.networkControl, column } }, COLLEAGUE)
  }

const BY = { actor: COLLEAGUE.actor, at: COLLEAGUE.at }

const askAnew = ({ acceptance }: TestApp['stores']) => {
  const request = { round: 1, closesAt: new Date('2024-03-27T15:00:00Z'), reason: '同僚の理由' }
  acceptance.ask({ ...request, follows: acceptance.requests(1).at(-1)!.id }, [], BY)
}

const sendLetters =
  (way: 'mail' | 'post') =>
  ({ letters }: TestApp['stores']) => {
    const head = { round: 1, edition: 1, documentNumber: '同僚', datedOn: '2024-03-19', sentOn: '2024-03-19' }
    const follows = letters.sendings(1).at(-1)!.id
    letters.send({ ...head, way, reason: null, letters: [], follows }, BY)
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
    route: '/admin/submissions/:number/notes',
    page: '/admin/submissions/R-0007',
    action: '/admin/submissions/R-0007/notes',
    typed: { text: MINE, mark: 'asked' },
    meanwhile: ({ answerMarks }) =>
      answerMarks.put([{ number: 'R-0007', mark: 'none' }], 'checked', COLLEAGUE),
  },
  {
    route: '/admin/submissions/marks',
    page: '/admin/submissions',
    action: '/admin/submissions/marks',
    typed: { answer: 'R-0003.none', mark: 'asked' },
    meanwhile: ({ answerMarks }) =>
      answerMarks.put([{ number: 'R-0003', mark: 'none' }], 'checked', COLLEAGUE),
    isOver: true,
  },
  {
    route: '/admin/submissions/marks/undo',
    page: '/admin/submissions?marked=2',
    action: '/admin/submissions/marks/undo',
    typed: {},
    meanwhile: ({ answerMarks }) =>
      answerMarks.put([{ number: 'R-0007', mark: 'asked' }], 'checked', COLLEAGUE),
    isOver: true,
  },
  {
    route: '/admin/submissions/:number/flags',
    page: '/admin/submissions/R-0007',
    action: '/admin/submissions/R-0007/flags',
    typed: { note: MINE },
    meanwhile: ({ answerNotes }) => {
      const said = '回答に記入された病床数は20床、病院台帳では80床です。'
      answerNotes.look({ number: 'R-0007', flag: 'beds', said }, '同僚が確認', COLLEAGUE)
    },
    isOver: true,
  },
  {
    route: '/admin/submissions/:number/withdraw',
    page: '/admin/submissions/R-0007/withdraw',
    action: '/admin/submissions/R-0007/withdraw',
    typed: { ...REASON, channel: 'phone' },
    meanwhile: correctCurrent('総務部', OTSU),
  },
  {
    route: '/admin/undelivered/:mail/told',
    page: '/admin/undelivered/1',
    action: '/admin/undelivered/1/told',
    typed: REASON,
    meanwhile: ({ undelivered }) => undelivered.told([1], '同僚が電話で伝えた', COLLEAGUE),
    isOver: true,
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
    route: '/admin/hospitals/import/:staged',
    page: '/admin/hospitals/import/1',
    typed: {},
    meanwhile: addMaster('4619900990'),
  },
  {
    route: '/admin/hospitals/matches',
    page: '/admin/hospitals/matches',
    typed: REASON,
    meanwhile: changeBeds(KI),
    isOver: true,
  },
  {
    route: '/admin/hospitals/matches/:row',
    page: '/admin/hospitals/matches/1',
    typed: { choice: HEI, ...REASON },
    meanwhile: changeBeds(HEI),
  },
  {
    route: '/admin/hospitals/matches/:row/undo',
    page: '/admin/hospitals/matches/2/undo',
    typed: REASON,
    meanwhile: ({ hospitalMatches }) => hospitalMatches.undo(2, COLLEAGUE),
    isOver: true,
  },
  {
    ...hospital(HEI, 'sources'),
    typed: { choice: 'bureau', ...REASON },
    meanwhile: changeBeds(HEI),
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
    route: '/admin/users/:login',
    page: '/admin/users/tanto',
    typed: { name: MINE },
    meanwhile: ({ staff }) => staff.change('tanto', { name: '同僚の変更', role: 'officer' }, null, COLLEAGUE),
  },
  ...(['second-factor', 'reset', 'disable'] as const).map((act) => ({
    route: `/admin/users/:login/${act}`,
    page: `/admin/users/tanto/${act}`,
    typed: {},
    meanwhile: ({ staff }: TestApp['stores']) =>
      staff.reset('tanto', { passwordHash: act, shown: null }, COLLEAGUE),
  })),
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
  {
    route: '/admin/notice/confirm',
    page: '/admin/notice',
    action: '/admin/notice/confirm',
    typed: {},
    meanwhile: rewrite(({ sections }) => {
      sections[1]!.text = '同僚の概要'
    }),
  },
  {
    route: '/admin/notice/sections/:section',
    page: '/admin/notice/sections/flow',
    action: '/admin/notice/sections/flow',
    typed: { heading: '流れ', text: MINE },
    meanwhile: rewrite(({ sections }) => {
      sections[3]!.text = '同僚の文'
    }),
  },
  {
    route: '/admin/notice/questions/:question',
    page: '/admin/notice/questions/1',
    action: '/admin/notice/questions/1',
    typed: { number: '1', group: '費用', question: '質問', answer: MINE },
    meanwhile: rewrite(({ questions }) => {
      questions[0]!.answer = '同僚の回答'
    }),
  },
  {
    route: '/admin/questions',
    page: '/admin/questions/new',
    action: '/admin/questions',
    typed: { label: MINE, kind: 'text', required: 'no' },
    meanwhile: askElse('同僚の質問'),
  },
  {
    route: '/admin/questions/:further/edit',
    page: '/admin/questions/q1/edit',
    typed: { label: MINE.repeat(2), shortLabel: '見出し', support: MINE },
    meanwhile: askElse('同僚の質問その2'),
  },
  {
    route: '/admin/questions/:further/end',
    page: '/admin/questions/q1/end',
    typed: REASON,
    meanwhile: askElse('同僚の質問その3'),
  },
  {
    route: '/admin/notice/versions/:version/restore',
    page: '/admin/notice/versions/0',
    action: '/admin/notice/versions/0/restore',
    typed: {},
    meanwhile: rewrite(({ sections }) => {
      sections[0]!.text = '同僚の前文'
    }),
  },
  {
    route: '/admin/submissions/:number/correction',
    page: '/admin/submissions/R-0006/correction',
    typed: { ...REASON, state: 'done' },
    meanwhile: ({ corrections }) => corrections.settle('R-0006', { ...COLLEAGUE, state: 'declined' }),
  },
  { ...hospital(BO, 'edit'), typed: { ...REASON, name: MINE }, meanwhile: calledBy('099-111-2222') },
  { ...hospital(BO, 'close'), typed: { ...REASON, cause: 'closed' }, meanwhile: calledBy('099-111-3333') },
  { ...hospital(BO, 'reopen'), typed: REASON, meanwhile: calledBy('099-111-4444') },
  { ...hospital(TWIN, 'merge', `?with=${BO}`), typed: REASON, meanwhile: calledBy('099-111-5555') },
  {
    ...hospital(TWIN, 'unmerge'),
    typed: REASON,
    meanwhile: ({ hospitalActs }) => hospitalActs.undoMerger(1, COLLEAGUE),
    isOver: true,
  },
  {
    route: '/admin/gmis/import/apply',
    page: '/admin/gmis/import?import=1',
    action: '/admin/gmis/import/apply',
    typed: {},
    meanwhile: mapElsewhere('問3'),
  },
  {
    route: '/admin/gmis/mapping',
    page: '/admin/gmis/mapping',
    typed: { 'bcp-yes': MINE },
    meanwhile: mapElsewhere('問4'),
  },
  {
    route: '/admin/hospitals/public-facts',
    page: '/admin/hospitals/public-facts',
    typed: { 'name-1': MINE, 'bcp-1': 'yes' },
    meanwhile: ({ filingMappings }) => filingMappings.save([], { ...COLLEAGUE, basedOn: 0 }),
  },
  {
    route: '/admin/rounds/:number/approval',
    page: '/admin/rounds/1/approval',
    typed: { ...REASON, documentNumber: MINE, decidedOn: 'R6.3.19' },
    meanwhile: ({ approvalPapers }) => {
      const paper = { round: 1, edition: 1, documentNumber: '同僚', decidedOn: '2024-03-19', reason: null }
      approvalPapers.record({ ...paper, follows: 0 }, BY)
    },
  },
  {
    route: '/admin/rounds/:number/acceptance/ask',
    page: '/admin/rounds/1/acceptance/ask',
    typed: { ...REASON, lastDay: 'R6.3.26' },
    meanwhile: askAnew,
  },
  {
    route: '/admin/rounds/:number/acceptance/end',
    page: '/admin/rounds/1/acceptance/end',
    typed: REASON,
    meanwhile: askAnew,
  },
  {
    route: '/admin/rounds/:number/acceptance/:code',
    page: `/admin/rounds/1/acceptance/${OTSU}`,
    typed: { ...REASON, answer: 'accepted', channel: 'phone' },
    meanwhile: ({ acceptance }) => {
      const said = { round: 1, hospitalCode: OTSU, answer: 'declined', channel: 'fax' } as const
      acceptance.enter({ ...said, reason: '同僚の理由', receivedAt: BY.at, follows: 0 }, BY)
    },
  },
  {
    route: '/admin/disclosure/documents/:document/columns/:column',
    page: `/admin/disclosure/documents/ministry/columns/${encodeURIComponent('備考')}`,
    typed: { ...REASON, is: 'open' },
    meanwhile: ({ disclosure }) => {
      const change = { document: 'ministry', column: '備考', grounds: ['operations'], follows: 0 } as const
      disclosure.decide(change, COLLEAGUE)
    },
  },
  {
    route: '/admin/disclosure/wording',
    page: '/admin/disclosure/wording',
    typed: { ordinance: MINE },
    meanwhile: ({ disclosure }) => {
      const { wordings } = disclosure.wording()
      disclosure.reword({ ordinance: '同僚の条例', wordings }, 0, COLLEAGUE)
    },
  },
  {
    route: '/admin/rounds/:number/publication/points',
    page: '/admin/rounds/1/publication/points',
    typed: REASON,
    meanwhile: ({ publications }) => {
      const follows = publications.all().at(-1)!.id
      publications.set({ round: 1, isShown: true, showsPoints: true, follows }, COLLEAGUE)
    },
  },
  {
    route: '/admin/rounds/:number/publication',
    page: '/admin/rounds/1/publication',
    typed: REASON,
    meanwhile: ({ publications }) => {
      publications.set({ round: 1, isShown: false, follows: publications.all().at(-1)!.id }, COLLEAGUE)
    },
  },
  {
    route: '/admin/rounds/:number/report',
    page: '/admin/rounds/1/report',
    typed: { ...REASON, documentNumber: MINE, way: 'mail' },
    meanwhile: ({ reports, editions }) => {
      const { id } = editions.newestOf(1)!
      const { numbering, reportedOn, documentNumber, way, note } = reports.all().at(-1)!
      const facts = { numbering, reportedOn, documentNumber, way, note, reason: '同僚の理由' }
      reports.record({ ...facts, editions: [id], files: [], follows: 1 }, BY)
    },
  },
  {
    route: '/admin/reports/:id/correct',
    page: '/admin/reports/1/correct',
    typed: REASON,
    meanwhile: ({ reports }) => {
      const { facts } = reports.byId(1)!
      reports.correct({ report: 1, ...facts, isTakenBack: false, follows: 0 }, COLLEAGUE)
    },
  },
  {
    route: '/admin/letters/texts/:kind',
    page: '/admin/letters/texts/selected',
    typed: { subject: MINE },
    meanwhile: ({ letters }) => {
      letters.writeText({ kind: 'selected', text: { subject: '同僚', body: '同僚' }, follows: 0 }, BY)
    },
  },
  {
    route: '/admin/letters',
    page: '/admin/letters',
    typed: { documentNumber: MINE },
    meanwhile: ({ letters }) => {
      const head = { round: 1, documentNumber: '同僚', datedOn: '2024-03-19' }
      letters.setHead({ ...head, follows: letters.headOf(1)!.id }, BY)
    },
  },
  {
    route: '/admin/letters/mail',
    page: '/admin/letters/mail',
    typed: REASON,
    meanwhile: sendLetters('mail'),
  },
  {
    route: '/admin/letters/posted',
    page: '/admin/letters/posted',
    typed: REASON,
    meanwhile: sendLetters('post'),
  },
]

/** What is confirmed on a page of its own before it is stored, as below. */
const ON_CONFIRMATION = ['/admin/submissions/new', '/admin/submissions/:number/edit']

/** On selections of their own, as below. */
const ON_A_SELECTION = [
  '/admin/selection/confirm',
  '/admin/rounds/:number/reopen',
  '/admin/rounds/:number/decline/:code',
]

/** Before the opening, as in test/rehearsal. */
const ON_A_REHEARSAL = ['start', 'enter', 'end'].map((act) => `/admin/rehearsal/${act}`)

/** Why a form need carry nothing. */
const TAKES_NOTHING_BACK = {
  'stores nothing': [
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
    '/admin/rounds/:number/verify',
    '/admin/rounds/:number/editions/:edition/verify',
    '/admin/audit/verify',
  ],
  'is about oneself': [
    '/admin/login',
    '/admin/login/code',
    '/admin/logout',
    '/admin/password',
    '/admin/proof',
    '/admin/account/second-factor',
    '/admin/account/second-factor/off',
    '/admin/account/recovery-codes',
    '/admin/account/sessions/end',
    '/admin/hospitals/import/:staged/cancel',
  ],
  'settles once what is frozen or over afterwards': [
    '/admin/proposals/:id/approve',
    '/admin/proposals/:id/return',
    '/admin/proposals/:id/withdraw',
    '/admin/late-links/:id/revoke',
    '/admin/undelivered/:mail/again',
    '/admin/purge',
    '/admin/notice/attachments/:attachment/withdraw',
    '/admin/users/:login/enable',
    '/admin/invitations/key',
    '/admin/lot',
    '/admin/lot/publication',
  ],
  'is a button of a list, which is shown anew': [
    '/admin/notice/arrange',
    '/admin/questions/:further/move',
    '/admin/questions/:further/resume',
  ],
  'only adds, and nothing twice': [
    '/admin/invitations',
    '/admin/nonrespondents/:code',
    '/admin/reminders',
    '/admin/questions/example',
  ],
  'only adds, under a name that is free': [
    '/admin/scenarios',
    '/admin/scenarios/:id/reopen',
    '/admin/notice/sections/new',
    '/admin/notice/questions/new',
    '/admin/notice/attachments',
    '/admin/hospitals/new',
    '/admin/users',
    '/admin/setup',
  ],
  'adds what is not there yet': ['/admin/hospitals/carry-over/apply'],
}

/** Before the deadline two of them, and after the draw the third: in an office of their own. */
const ON_THE_LOT = ['/admin/lot/method', '/admin/lot/announcement', '/admin/lot/correction']

describe('two officers at once', () => {
  let office: WholeOffice
  beforeAll(async () => {
    office = await startWholeOffice(({ stores }) => addHospitals(stores, { key: TWIN, name: '戊病院' }))
  })
  afterAll(() => office.close())

  test.each(IN_ONE_OFFICE)('$route takes back nothing that was not shown', async (row) => {
    await bothAtOnce(office, office.admin, row)
  })

  test('every form of the officers’ side is looked at', () => {
    const known = [
      ...IN_ONE_OFFICE.map(({ route }) => route),
      ...ON_CONFIRMATION,
      ...ON_A_SELECTION,
      ...ON_THE_LOT,
      ...ON_A_REHEARSAL,
      ...Object.values(TAKES_NOTHING_BACK).flat(),
    ]
    const forms = addresses(office.routes, 'POST').filter((url) => url.startsWith('/admin'))
    expect(forms.sort()).toEqual(known.sort())
  })
})

describe('what is confirmed before it is stored', () => {
  const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION })
  const officer = office.officer()
  const BY_PHONE = { ...REASON, channel: 'phone' }

  test.each([
    [ON_CONFIRMATION[0]!, ON_CONFIRMATION[0]!, { hospitalCode: KO, receivedAt: '令和6年3月15日 10:00' }],
    [ON_CONFIRMATION[1]!, '/admin/submissions/R-0001/edit', { remarks: MINE }],
  ])('%s takes back nothing that was not shown', async (_route, address, typed) => {
    const contact = {
      contactName: MINE,
      phone: '099-000-0000',
      emr: 'full',
      intent: 'both',
      gmisConsent: 'yes',
    }
    const form = fieldsOf(await officer.page(address), `${address}/confirm`)
    const confirm = await officer.post(`${address}/confirm`, { ...form, ...contact, ...BY_PHONE, ...typed })
    const fields = fieldsOf(htmlOf(confirm), address)
    correctCurrent('総務部', KO)(office.stores)
    const before = office.stores.audit.all().length
    const refused = await officer.post(address, fields)
    expect([refused.statusCode, office.stores.audit.all().length]).toEqual([409, before])
    expect(refused.body).toContain(MINE)
    expect((await officer.post(address, fieldsOf(htmlOf(refused), address))).statusCode).toBe(303)
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

describe('on the lot', () => {
  const office = officeWith({ now: '2024-03-18T14:00:00Z', ...SELECTION })
  const officer = office.officer()
  const EARLIER = { ...COLLEAGUE, at: new Date('2024-03-18T14:00:00Z') }
  const SEEN = {
    method: 'announced',
    closesAt: new Date('2024-03-18T15:00:00Z'),
    announcement: null,
  } as const
  const announced = (source: string, announcement: number | null = null) =>
    office.stores.lots.announce({ source, knownOn: '2024-03-19' }, { ...SEEN, announcement }, EARLIER)

  test('a method is not taken back unseen', () =>
    bothAtOnce(office, officer, {
      route: ON_THE_LOT[0]!,
      page: ON_THE_LOT[0]!,
      typed: { method: 'receipts' },
      meanwhile: ({ lots }) => lots.choose('announced', { ...SEEN, method: 'text' }, EARLIER),
    }))

  test('what is announced is not replaced unseen', async () => {
    office.stores.lots.choose('announced', { ...SEEN, method: 'text' }, EARLIER)
    await bothAtOnce(office, officer, {
      route: ON_THE_LOT[1]!,
      page: ON_THE_LOT[1]!,
      typed: { source: `${MINE}の宝くじ`, knownOn: '2024-03-20' },
      meanwhile: () => announced('同僚の宝くじ'),
    })
  })

  test('a value is not put right unseen', async () => {
    office.stores.lots.choose('announced', { ...SEEN, method: 'text' }, EARLIER)
    announced('宝くじ')
    office.setNow('2024-03-18T15:10:00Z')
    const later = { ...COLLEAGUE, at: new Date('2024-03-18T15:10:00Z') }
    const seen = { ...SEEN, announcement: 1 }
    office.stores.lots.draw(1, { value: '1', witnesses: ['甲', '乙'] }, seen, later)
    await bothAtOnce(office, officer, {
      route: ON_THE_LOT[2]!,
      page: ON_THE_LOT[2]!,
      typed: { value: `${MINE}3`, ...REASON },
      meanwhile: ({ lots }) => lots.correct(1, { from: '1', to: '2' }, { ...later, reason: '書き誤り' }),
    })
  })
})
