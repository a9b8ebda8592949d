import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../../src/files/table/csv.ts'
import {
  AFTER_DEADLINE,
  askForSecondPerson,
  BO,
  confirm,
  decline,
  HEI,
  KO,
  OTSU,
  SELECTION,
  sendForm,
  TEI,
} from '../../support/decisions.ts'
import { type Page, textIn, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { type OfficersBrowser, signedIn } from '../../support/officer.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION })
const browser = office.officer()

const ROUND = '/admin/rounds/1'

/** Headings and folded parts of the page, in its order. */
const outline = (page: Page) =>
  [...page.querySelectorAll('main h1, main > h2, main .done h2, main > details > summary')].map(textIn)

const doneOn = async (reader: OfficersBrowser, url: string) => textOf(await reader.page(url), '.done')

describe('the page of a round', () => {
  test('never breaks the name of whoever confirmed it', async () => {
    await confirm(browser)
    const lead = (await browser.page(ROUND)).querySelector('.lead')!
    const kept = [...lead.querySelectorAll('.nowrap')].map(textIn)
    expect(kept).toHaveLength(2)
    expect(textIn(lead)).toContain(`${kept.join('に')}が確定しました`)
  })

  test('has what was decided and what comes next before what is only for looking up', async () => {
    await confirm(browser)
    await browser.get(ROUND)
    expect(outline(await browser.page(ROUND))).toEqual([
      '初回選定の結果',
      '次にすること',
      '選定した病院（3病院）',
      '補欠（2病院）',
      '確かめるための資料',
      '選定基準と配点',
      '確定前の確認',
      '検証用のファイルと、改ざんがないことの確認',
    ])
  })

  test('leads from the paper over the hospitals and the report to the letters, each ticked by facts', async () => {
    await confirm(browser)
    const steps = async () => [...(await browser.page(ROUND)).querySelectorAll('.next-steps li')]
    const done = async () => (await steps()).filter((step) => step.querySelector('.tag--ok')).length
    expect((await steps()).map((step) => textOf(step, 'h3'))).toEqual([
      '起案・決裁の文書番号と決裁日を記録する',
      '受諾確認（任意）',
      '病院に結果を表示する',
      '厚生労働省に報告し、報告を記録する',
      '病院に通知文を送る',
    ])
    expect(textOf((await steps())[3]!, 'p')).toContain(
      '3病院、支援順位の順。点検で見つかった問題はありません。',
    )
    expect(
      (await steps()).map((step) => [...step.querySelectorAll('a')].map((link) => link.getAttribute('href'))),
    ).toEqual([
      [`${ROUND}/list`, `${ROUND}/reasons`, `${ROUND}/approval`],
      [`${ROUND}/acceptance`, `${ROUND}/acceptance/ask`],
      [`${ROUND}/publication`],
      [
        `${ROUND}/ministry.xlsx`,
        `${ROUND}/ministry.csv`,
        `${ROUND}/ministry.csv?encoding=cp932`,
        `${ROUND}/report`,
      ],
      ['/admin/letters?round=1'],
    ])
    const key = async () => textOf(await browser.page(ROUND), '.next-steps .button:not(.button--secondary)')
    expect([await key(), await done()]).toEqual(['病院に結果を表示する', 0])
    await sendForm(browser, `${ROUND}/publication`, { reason: '決裁済みのため' })
    expect([await key(), await done()]).toEqual(['点検して報告する', 1])
    await sendForm(browser, `${ROUND}/report`, { documentNumber: '保医第1号', way: 'mail' })
    expect([await key(), await done()]).toEqual(['通知文を作る', 2])
    await sendForm(browser, `${ROUND}/approval`, { documentNumber: '保医第2号', decidedOn: 'R6.3.19' })
    await sendForm(browser, `${ROUND}/acceptance/ask`, { lastDay: 'R6.3.25' })
    expect(await done()).toBe(3)
    for (const code of [KO, OTSU, TEI])
      await sendForm(browser, `${ROUND}/acceptance/${code}`, {
        answer: 'accepted',
        channel: 'phone',
        reason: '事務長',
      })
    await sendForm(browser, '/admin/letters', { documentNumber: '保医第3号', datedOn: 'R6.3.19' })
    const { stores } = office
    const by = { actor: 'officer', at: new Date(AFTER_DEADLINE) }
    expect(await done()).toBe(4)
    const letters = [KO, OTSU, HEI, TEI, BO].map((hospitalCode) => ({
      hospitalCode,
      kind: hospitalCode === HEI || hospitalCode === BO ? ('waitlisted' as const) : ('selected' as const),
      ...{ recipient: '架空町', subject: '件名', body: '本文', mail: null },
    }))
    const head = { documentNumber: '保医第3号', datedOn: '2024-03-19', sentOn: '2024-03-19' }
    stores.letters.send(
      { ...{ round: 1, edition: 1, way: 'post' }, ...head, reason: null, letters, follows: 0 },
      by,
    )
    expect(await done()).toBe(5)
  })

  test('says what the look through the report found, and where to see it', async () => {
    const { stores } = office
    const decision = { actor: 'x', at: new Date(AFTER_DEADLINE), reason: '必要と認めたため' }
    stores.overrides.add({ hospitalCode: '4610000060', kind: 'designate' }, decision)
    await confirm(browser)
    const page = await browser.page(ROUND)
    expect(textOf(page, '.next-steps')).toContain('空欄の項目のある病院が1病院あります')
    expect(textOf(page, '[aria-label="空欄の項目"]')).toContain('己病院')
  })

  test('tells whether the hospitals see the result: the setting of the survey says it until it is decided', async () => {
    await confirm(browser)
    const step = async () => (await browser.page(ROUND)).querySelectorAll('.next-steps li')[2]!
    expect(textIn(await step())).toContain('まだ表示していません')
    office.stores.settings.change({ resultsPublished: 'yes' }, { actor: 'x', at: new Date(AFTER_DEADLINE) })
    expect(textIn(await step())).toMatch(
      /済み.*結果を表示しています（設定の「病院への結果の表示」によります。）/,
    )
    expect((await step()).querySelector('.button')).toBeNull()
    await sendForm(browser, `${ROUND}/publication`, { reason: '誤りがあったため' })
    expect(textIn(await step())).toContain('まだ表示していません')
  })

  test('of an edition that another has replaced asks for nothing', async () => {
    await confirm(browser)
    await decline(browser, KO)
    const page = await browser.page(`${ROUND}/editions/1`)
    expect(page.querySelector('.next-steps')).toBeNull()
    expect(
      page.querySelector(`[aria-label="ファイル"] a[href="${ROUND}/editions/1/ministry.csv"]`),
    ).not.toBeNull()
  })

  test('gives the reasons that the ministry is given', async () => {
    await confirm(browser)
    const page = await browser.page(ROUND)
    const shown = [...page.querySelectorAll('[aria-label="選定した病院"] .round-list__why')].map((cell) =>
      cell.firstChild!.textContent!.trim(),
    )
    const { body } = await browser.get(`${ROUND}/ministry.csv`)
    const table = parseCsv(body)
    if (!table.ok) throw new Error(table.message)
    const [head, ...rows] = table.rows
    const place = head!.indexOf('選定理由')
    expect(shown).toEqual(rows.map((row) => row[place]))
  })

  test.each<[string, string[], string, string]>([
    ['nobody declined', [], '', '3病院を選定し、支援枠に過不足はありません。'],
    ['one moved up', [KO], '2', '3病院を選定し、支援枠に過不足はありません。'],
    [
      'two neighbours declined',
      [KO, OTSU],
      '2～3',
      '2病院を選定しています。20～99床の区分で枠が1病院分残っています。',
    ],
    ['the first declined', [TEI], '1', '3病院を選定し、支援枠に過不足はありません。'],
    ['two apart declined', [TEI, OTSU], '1、3', '3病院を選定し、支援枠に過不足はありません。'],
    ['a reserve declined', [HEI], '', '3病院を選定し、支援枠に過不足はありません。'],
    [
      'everybody declined',
      [HEI, BO, KO, OTSU, TEI],
      '',
      '選定される病院はありません。20～99床の区分で枠が2病院分残っています。100床以上の区分で枠が1病院分残っています。',
    ],
  ])(
    'where %s it says which places are missing, and what it comes to',
    async (_what, codes, places, result) => {
      await confirm(browser)
      for (const code of codes) await decline(browser, code)
      const page = await browser.page(ROUND)
      const [, missing = ''] = /支援順位の([\d～、]+)は、辞退による欠番です/.exec(textOf(page, 'main')) ?? []
      expect(missing).toBe(places)
      expect(textOf(page, '.lead')).toContain(result)
    },
  )
})

describe('what was done is told once, to whoever did it', () => {
  test('a confirmation', async () => {
    await confirm(browser)
    const other = await signedIn(office, { login: 'kessai' })
    expect(await doneOn(other, ROUND)).toBe('')
    expect(await doneOn(browser, ROUND)).toMatch(/^初回選定を確定しました.*次にすること：/)
    expect(await doneOn(browser, ROUND)).toBe('')
  })

  test('a decline', async () => {
    await confirm(browser)
    await decline(browser, KO)
    expect(await doneOn(browser, ROUND)).toMatch(
      /^甲病院の辞退を記録し、初回選定の第2版を確定しました.*差替え/,
    )
  })

  test('a round that is done anew', async () => {
    await confirm(browser)
    const admin = await signedIn(office, { login: 'kanri', role: 'admin' })
    await sendForm(admin, `${ROUND}/reopen`, { reason: '算定誤り' })
    expect(await doneOn(admin, ROUND)).toMatch(/^初回選定をやり直し、第2版を確定しました/)
  })

  test.each([
    ['approve', '', { acknowledged: 'yes' }, ROUND, /^初回選定を確定しました/],
    ['return', '', { reason: '再確認のため' }, '/admin/proposals/1', /^起案を差し戻しました/],
    ['withdraw', 'own', { reason: '再確認のため' }, '/admin/proposals/1', /^起案を取り下げました/],
  ])('a proposal, and to %s it', async (act, whose, typed, page, told) => {
    askForSecondPerson(office)
    const [proposer, approver] = [
      await signedIn(office, { login: 'kian' }),
      await signedIn(office, { login: 'kessai' }),
    ]
    await confirm(proposer)
    expect(await doneOn(proposer, '/admin/proposals/1')).toMatch(/^起案しました.*決裁すると確定します/)
    const who = whose === 'own' ? proposer : approver
    await sendForm(who, `/admin/proposals/1/${act}`, typed)
    expect(await doneOn(who, page)).toMatch(told)
    expect(await doneOn(who, page)).toBe('')
  })
})

describe('before a confirmation', () => {
  const URL = '/admin/selection/confirm'
  const badges = (page: Page, part: string) =>
    [...page.querySelectorAll(`${part} .tag`)].map((badge) => badge.textContent)

  test('what is in order is folded into one line', async () => {
    const page = await browser.page(URL)
    const fold = page.querySelector('details:has(.checks)')!
    expect(fold.hasAttribute('open')).toBe(false)
    expect(new Set(badges(page, 'details .checks'))).toEqual(new Set(['問題なし']))
    const fine = badges(page, 'details .checks').length
    const others = badges(page, 'main > .checks').length
    expect(textOf(fold, 'summary')).toBe(
      others > 0 ? `ほか${fine}項目は問題なし` : `${fine}項目すべて、問題はありません`,
    )
  })

  test('what is in the way comes first, then what wants a look', async () => {
    const { stores } = office
    const decision = { actor: 'x', at: new Date(AFTER_DEADLINE), reason: '離島のため' }
    for (const hospitalCode of [KO, OTSU, HEI])
      stores.overrides.add({ hospitalCode, kind: 'designate' }, decision)
    stores.settings.change({ prefectureSeats: '9' }, { actor: 'x', at: new Date(AFTER_DEADLINE) })
    const page = await browser.page(URL)
    const order = ['確定できません', '要入力', '注意', '参考']
    const shown = badges(page, 'main > .checks').map((badge) => order.indexOf(badge!))
    expect(shown[0]).toBe(0)
    expect(shown).toEqual(shown.toSorted())
    expect(shown).toContain(2)
  })
})
