import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { verifyArchive } from '../../../src/domain/selection/archive/verification.ts'
import {
  AFTER_DEADLINE,
  confirm,
  HEI,
  KI,
  KO,
  moreSeats,
  OTSU,
  SELECTION,
  sendForm,
  TWO_BANDS,
} from '../../support/decisions.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { type OfficersBrowser, signedIn } from '../../support/officer.ts'
import { saveSubmission } from '../../support/submissions.ts'

/** 甲, 乙 and 丙 are equal in all but the lot, and two of them get a seat. */
const TIED = {
  ...SELECTION,
  now: AFTER_DEADLINE,
  lot: 'receipts' as const,
  policy: { ...TWO_BANDS, tieBreak: ['beds', 'lottery'] as (typeof TWO_BANDS)['tieBreak'] },
  hospitals: SELECTION.hospitals!.map((hospital) =>
    [KO, OTSU, HEI].includes(hospital.key as typeof KO) ? { ...hospital, beds: 80 } : hospital,
  ),
}

const PAGE = '/admin/lot'
/** Ten minutes: the officer is still logged in. */
const SOON_AFTER = '2024-03-18T15:10:00Z'
const draw = (browser: OfficersBrowser, typed: Record<string, string> = {}) =>
  sendForm(browser, `${PAGE}/draw`, typed, PAGE)

/** What the seed is, by its description alone. */
function seedOf(answers: readonly { number: string; lot: number | null }[]): string {
  const lines = answers
    .filter(({ lot }) => lot !== null)
    .map(({ number, lot }) => `${number}:${`00${lot}`.slice(-3)}\n`)
    .sort()
  return `receipts:${createHash('sha256').update(lines.join('')).digest('hex')}`
}

describe('a draw by the receipts', () => {
  const office = officeWith(TIED)
  const officer = office.officer()
  const drawn = () => office.stores.lots.draws()[0]!
  const selected = async () => {
    const { results } = JSON.parse((await officer.get('/admin/selection/result.json')).body)
    return results.filter((row: { decision: string }) => row.decision === 'selected')
  }
  const text = async (url: string, of = 'main') => textOf(await officer.page(url), of)

  test('before it nothing is confirmed where the lot decides, and its places are marked', async () => {
    expect(await text('/admin/selection/confirm')).toContain(
      '点数などが同じ3病院の順位は抽選で決まりますが、抽選をまだ実施していません',
    )
    const page = await officer.page('/admin/selection/confirm')
    expect(page.querySelector('a[href="/admin/lot?round=1"]')).not.toBeNull()
    expect((await officer.post('/admin/selection/confirm', { round: '1' })).statusCode).not.toBe(303)
    const selection = await officer.page('/admin/selection')
    // The chip leads to what can be read.
    expect(selection.querySelector('#on-lot')?.hasAttribute('open')).toBe(true)
    expect(textOf(selection, '.page-lead')).toContain('抽選だけで決まる病院（抽選前） 3病院')
    expect(textOf(selection, '#on-lot')).toMatch(/甲病院.*丙病院|丙病院.*甲病院/)
    expect(selection.querySelectorAll('.rank .tag--warn')).toHaveLength(3)
    expect(await text(`/admin/hospitals/${KO}`, '.verdicts')).toContain('抽選前')
    expect(await text('/admin/hospitals')).toContain('抽選前')
    expect(await text('/admin')).toContain('点数などが同じ病院の抽選が済んでいません')
    const { policy } = JSON.parse((await officer.get('/admin/selection/snapshot.json')).body)
    expect(policy.lotterySeed).toBe('')
  })

  test('says what will happen, draws once, and its seed is what anybody computes', async () => {
    const withdrawn = saveSubmission(office.stores, { hospital: KI })
    office.stores.submissions.withdraw(withdrawn.number, { at: new Date('2024-03-12'), actor: null })
    saveSubmission(office.stores, { hospital: KI, channel: 'fax' })
    saveSubmission(office.stores, { hospital: KO, at: '2024-03-18T15:00:00Z' })
    expect(await text(`${PAGE}/draw`)).toContain('回答フォームから届いたすべての回答（6件')
    expect((await draw(officer)).headers.location).toBe(`${PAGE}?done=drawn`)
    const { lottery } = drawn()
    const before = office.stores.submissions
      .all()
      .filter(({ createdAt }) => createdAt < new Date('2024-03-18T15:00:00Z'))
    expect(lottery.seed).toBe(seedOf(before))
    expect(before.filter(({ lot }) => lot !== null)).toHaveLength(6)
    expect(await text(PAGE)).toContain(lottery.seed)
    const { policy } = JSON.parse((await officer.get('/admin/selection/snapshot.json')).body)
    expect(policy.lotterySeed).toBe(lottery.seed)
    expect(office.stores.audit.all().find(({ action }) => action === 'lot.drawn')).toMatchObject({
      subject: 'round 1',
      detail: { answers: 6, seed: lottery.seed },
    })
  })

  test('orders the equal ones, is frozen with the round, verified, and told where a number was changed', async () => {
    await draw(officer)
    const { lottery } = drawn()
    const byHash = [KO, OTSU, HEI].toSorted((a, b) => {
      const [left, right] = [a, b].map((code) =>
        createHash('sha256').update(`${lottery.seed}:${code}`).digest('hex'),
      )
      return left! < right! ? -1 : 1
    })
    const codes = (await selected()).map(({ code }: { code: string }) => code)
    expect(codes.filter((code: string) => byHash.includes(code as typeof KO))).toEqual(byHash.slice(0, 2))
    expect(await text('/admin/selection/confirm')).toContain(
      '抽選の結果によって選定か補欠かが決まった病院が3病院あります',
    )
    expect(await text('/admin/selection/list')).toContain('抽選だけで選定か補欠かが決まる病院：')
    await confirm(officer)
    const next = 'main a[href="/admin/lot/publication?round=1"]'
    expect(textOf(await officer.page('/admin/rounds/1'), next)).toBe('公開の確認へ')
    const file = await officer.get('/admin/rounds/1/lottery.json')
    expect(JSON.parse(file.body)).toEqual(JSON.parse(JSON.stringify(lottery)))
    const archive = (await officer.get('/admin/rounds/1/archive.json')).body
    expect(verifyArchive(archive)).toMatchObject({ ok: true })
    const { entries } = JSON.parse((await officer.get('/admin/rounds/1/register.json')).body)
    const lots = new Map(entries.map((entry: { number: string; lot?: string }) => [entry.number, entry.lot]))
    for (const { number, lot } of (lottery as { list: { number: string; lot: string }[] }).list)
      expect(lots.get(number)).toBe(lot)
  })

  test('cannot be repeated, whoever asks, and both are told', async () => {
    const form = await sendForm(officer, `${PAGE}/draw`, {}, PAGE)
    expect(form.statusCode).toBe(303)
    expect((await officer.get(`${PAGE}/draw`)).headers.location).toBe(`${PAGE}?done=drawn-before`)
    const again = await officer.post(PAGE, { round: '1', shown: 'x' })
    expect(again.headers.location).toBe(`${PAGE}?done=drawn-before`)
    expect(office.stores.lots.draws()).toHaveLength(1)
    expect(await text(`${PAGE}?done=drawn-before`)).toContain('やり直すことはできません')
  })

  test('of two officers who draw at once one has drawn', async () => {
    const colleague = await signedIn(office, { login: 'colleague' })
    const replies = await Promise.all([draw(officer), draw(colleague)])
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([303, 303])
    expect(office.stores.audit.all().filter(({ action }) => action === 'lot.drawn')).toHaveLength(1)
  })

  test('is not done before the deadline, and not while an edition waits', async () => {
    office.setNow('2024-03-18T14:59:59Z')
    expect(await text(PAGE)).not.toContain('お勧めします')
    expect(await text('/admin/selection/confirm')).toContain('回答期限の後に、「抽選」で実施してください')
    expect(await text(`${PAGE}/draw`)).toContain('抽選は、回答期限（令和6年3月18日（月）24時）の後に行います')
    const early = await officer.post(PAGE, { round: '1', shown: 'receipts 1710774000000 ' })
    expect([early.statusCode, office.stores.lots.draws().length]).toEqual([409, 0])
  })

  test('the deadline stays as it is until the confirmation; a new one for the next round lies ahead', async () => {
    const change = (closesAt: string) =>
      office.stores.settings.change({ closesAt }, { actor: 'x', at: new Date(AFTER_DEADLINE) })
    expect(change('2024-03-18')).toEqual([])
    await draw(officer)
    const refused = [{ key: 'closesAt', message: expect.stringContaining('抽選を実施したため') }]
    expect(change('2024-03-25')).toEqual(refused)
    expect(change('2024-03-11')).toEqual(refused)
    await confirm(officer)
    expect(change('2024-03-15')).toEqual([
      { key: 'closesAt', message: expect.stringContaining('現在より後の日時') },
    ])
    moreSeats(office.stores, 3, 1)
    expect(await text(PAGE)).toContain('初回選定の抽選の結果を用いています')
    expect(change('2024-03-25')).toEqual([])
    const again = await text(PAGE)
    expect(again).toContain('抽選は、回答期限（令和6年3月25日（月）24時）の後に')
    // The numbers of the first round are known, and few may be added to them.
    expect(again).toContain('「公表される結果による」をお勧めします')
    expect((await officer.get(`${PAGE}?round=1`)).body).toContain(drawn().lottery.seed)
  })

  test('the settings page says why', async () => {
    await draw(officer)
    const admin = await signedIn(office, { login: 'kanri', role: 'admin' })
    const reply = await sendForm(admin, '/admin/settings', { closesAt: '令和6年3月25日' })
    expect([reply.statusCode, textOf(htmlOf(reply), '.error-summary')]).toEqual([
      422,
      expect.stringContaining('抽選を実施したため'),
    ])
  })

  test('a round that is done anew keeps its draw', async () => {
    await draw(officer)
    await confirm(officer)
    const admin = await signedIn(office, { login: 'kanri', role: 'admin' })
    office.stores.settings.change({ closesAt: '2024-03-25' }, { actor: 'x', at: new Date(AFTER_DEADLINE) })
    const typed = { reason: '試験', freeSeatsReason: '試験', acknowledged: 'yes' }
    await sendForm(admin, '/admin/rounds/1/reopen', typed)
    const [first, second] = office.stores.editions
      .ofRound(1)
      .map((edition) => office.stores.editions.file(edition, 'lottery.json')!.bytes.toString('utf8'))
    expect(second).toBe(first)
  })

  test('the page of a viewer shows all and offers nothing', async () => {
    const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
    expect((await viewer.page(PAGE)).querySelector('main form, main a.button')).toBeNull()
    for (const page of ['/draw', '/method', '/announcement', '/correction', '/publication'])
      expect((await viewer.get(PAGE + page)).statusCode).toBe(403)
  })
})

describe('くじ番号', () => {
  const office = officeWith({
    ...TIED,
    environment: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'k@example.jp' },
  })
  const officer = office.officer()

  test('stand on the receipt of an answer by the web, and on no page and in no file of the officers', async () => {
    const { number, code, lot } = office.stores.submissions.currentOf(KO)!
    const kuji = `00${lot}`.slice(-3)
    const receipt = htmlOf(await office.app.inject({ url: `/receipts/${number}/${code}` }))
    expect(textOf(receipt, '.receipt')).toContain(`くじ番号 ${kuji}`)
    expect(textOf(receipt, '.receipt')).toContain('番号の大小は、順位とは関係がありません。')
    const notice = textOf(htmlOf(await office.app.inject({ url: '/' })), 'main')
    expect(notice).toContain('番号の大小は順位に関係せず、書面などで届いた回答も対象です。')
    const pages = ['/admin', '/admin/submissions', `/admin/submissions/${number}`, `/admin/hospitals/${KO}`]
    for (const page of [...pages, '/admin/selection', '/admin/audit', PAGE])
      expect(textOf(await officer.page(page), 'main')).not.toMatch(/くじ番号\s*\d/)
    const csv = (await officer.get('/admin/submissions.csv')).body
    expect(csv).not.toContain('くじ')
    expect(JSON.stringify(office.stores.audit.all())).not.toContain('"lot":')
  })

  test('are nobody’s who answered otherwise, and stay through a correction', () => {
    const fax = saveSubmission(office.stores, { hospital: KI, channel: 'fax' })
    expect(fax.lot).toBeNull()
    const submissionId = crypto.randomUUID()
    const first = saveSubmission(office.stores, { hospital: KI, submissionId })
    const corrected = saveSubmission(office.stores, { hospital: KI, submissionId, intent: 'backup' })
    expect([corrected.version, corrected.lot]).toEqual([2, first.lot])
    expect(() =>
      office.database.db.run(
        sql`UPDATE submissions SET lot = ${(first.lot! + 1) % 1000} WHERE id = ${first.id}`,
      ),
    ).toThrow()
  })
})

describe('a draw by an announced source', () => {
  const office = officeWith({ ...TIED, now: '2024-03-18T14:00:00Z', lot: 'announced' })
  const officer = office.officer()
  const SOURCE = '第1000回宝くじの1等の当せん番号'
  const VALUE = { value: '　12組123456番 ', witness1: '甲野 一郎', witness2: '乙野 花子' }
  const notice = async () => textOf(htmlOf(await office.app.inject({ url: '/' })), '.notice__body')
  const announce = (typed: Record<string, string> = {}) =>
    sendForm(officer, `${PAGE}/announcement`, { source: SOURCE, knownOn: 'R6.3.19', ...typed })
  const error = async (reply: Awaited<ReturnType<typeof announce>>) => [
    reply.statusCode,
    textOf(htmlOf(reply), '.error-summary'),
  ]

  test('needs its source before the deadline, and the notice shows it at once', async () => {
    expect(textOf(await officer.page('/admin'), 'main')).toContain('抽選に用いるものが登録されていません')
    expect(await notice()).toContain('抽選に用いるものは、回答期限の前に、このページに掲載します')
    expect((await announce()).headers.location).toBe(`${PAGE}?done=announced`)
    expect(await notice()).toMatch(/第1000回宝くじの1等の当せん番号.*令和6年3月19日（火）/)
    expect(await notice()).not.toContain('立会人')
    office.setNow(SOON_AFTER)
    expect(textOf(await officer.page(`${PAGE}/announcement`), 'main')).toContain('登録できません')
  })

  test.each([
    [{ source: '' }, '抽選に用いるものを入力してください。'],
    [{ source: 'あ'.repeat(201) }, '200文字以内'],
    [{ knownOn: '' }, '結果が公表される日を入力してください。'],
    [{ knownOn: 'R6.3.18' }, '回答期限の最終日（令和6年3月18日（月））より後の日にしてください。'],
    [{ knownOn: 'R6.2.30' }, '「R6.2.30」という日付はありません。'],
    [{ knownOn: '来週' }, '「令和8年12月25日」または「2026-12-25」のように'],
  ])('%j is not taken', async (typed, message) => {
    expect(await error(await announce(typed))).toEqual([422, expect.stringContaining(message)])
    expect(office.stores.lots.announcements()).toEqual([])
  })

  test('is not extended beyond the day, but for a source of a later one', async () => {
    await announce()
    const change = (closesAt: string) =>
      office.stores.settings.change({ closesAt }, { actor: 'x', at: new Date('2024-03-18T14:00:00Z') })
    expect(change('2024-03-19')).toEqual([
      { key: 'closesAt', message: expect.stringContaining('先に「抽選」で') },
    ])
    await announce({ knownOn: 'R6.3.26' })
    expect(change('2024-03-25')).toEqual([])
  })

  test('is not got rid of by another deadline, once its result can be known', async () => {
    await announce({ knownOn: 'R6.3.20' })
    const change = (closesAt: string, at: string) =>
      office.stores.settings.change({ closesAt }, { actor: 'x', at: new Date(at) })
    const known = '2024-03-19T15:00:00Z'
    for (const closesAt of ['2024-04-01', '2024-03-17', ''])
      expect(change(closesAt, known), closesAt).toEqual([
        { key: 'closesAt', message: expect.stringContaining('抽選を実施し、選定が確定するまで') },
      ])
    expect(change('2024-04-01', '2024-03-19T14:59:59.999Z')).toEqual([])
  })

  test('is entered from the day on, by two witnesses, on the notice and in the archive', async () => {
    await announce({ knownOn: 'R6.3.20' })
    office.setNow(SOON_AFTER)
    expect(textOf(await officer.page(`${PAGE}/draw`), 'main')).toContain('令和6年3月20日（水）')
    expect((await officer.post(PAGE, { round: '1', ...VALUE })).statusCode).toBe(409)
    office.setNow('2024-03-19T15:00:00Z')
    expect((await draw(await signedIn(office, { login: 'next-day' }), VALUE)).statusCode).toBe(303)
    const [drawn] = office.stores.lots.draws()
    expect(drawn!.lottery).toMatchObject({
      seed: `announced:${SOURCE}:12組123456番`,
      witnesses: ['甲野 一郎', '乙野 花子'],
      corrections: [],
    })
    expect(await notice()).toMatch(/公表された結果.*12組123456番.*立会人.*甲野 一郎、乙野 花子/)
  })

  test.each([
    [{ value: '' }, '公表された結果を入力してください。'],
    [{ witness1: ' ' }, '立会人（1人目）を入力してください。'],
    [{ witness2: '' }, '立会人（2人目）を入力してください。'],
    [{ witness2: '甲野 一郎　' }, '1人目と別の人の氏名'],
    [{ value: '1\n2' }, '改行や使えない文字'],
    [{ value: '1\u20282' }, '改行や使えない文字'],
  ])('%j is no result', async (typed, message) => {
    await announce()
    office.setNow(SOON_AFTER)
    expect(await error(await draw(officer, { ...VALUE, ...typed }))).toEqual([
      422,
      expect.stringContaining(message),
    ])
    expect(office.stores.lots.draws()).toEqual([])
  })

  test('is put right before the confirmation only, with a reason; both values stay', async () => {
    await announce()
    office.setNow(SOON_AFTER)
    await draw(officer, VALUE)
    const correct = (typed: Record<string, string>) => sendForm(officer, `${PAGE}/correction`, typed)
    expect(await error(await correct({ value: '12組123456番', reason: '' }))).toEqual([
      422,
      expect.stringMatching(/現在の結果と同じ.*理由を入力/),
    ])
    expect((await correct({ value: '12組123457番', reason: '書き誤り' })).statusCode).toBe(303)
    const { lottery } = office.stores.lots.draws()[0]!
    expect(lottery).toMatchObject({
      value: '12組123457番',
      seed: `announced:${SOURCE}:12組123457番`,
      corrections: [{ by: 'officer', from: '12組123456番', reason: '書き誤り' }],
    })
    await confirm(officer)
    const frozen = JSON.parse((await officer.get('/admin/rounds/1/lottery.json')).body)
    expect(frozen).toEqual(JSON.parse(JSON.stringify(lottery)))
    expect(textOf(await officer.page(`${PAGE}/correction?round=1`), 'main')).toContain(
      '選定が確定したため、訂正できません',
    )
    const late = { round: '1', shown: '12組123457番', value: '9', reason: '試験' }
    expect((await officer.post(`${PAGE}/correction`, late)).statusCode).toBe(409)
  })

  test('without a source nothing is drawn, and the way out is said', async () => {
    office.setNow(SOON_AFTER)
    expect(textOf(await officer.page(PAGE), 'main')).toMatch(/抽選を実施できません.*回答期限を延長/)
    expect(textOf(await officer.page(`${PAGE}/method`), 'main')).toContain('変更できません')
    const { closesAt } = office.stores.settings.read()
    const by = { actor: 'x', at: new Date(SOON_AFTER) }
    const seen = { method: 'announced', closesAt, announcement: null } as const
    expect(office.stores.lots.choose('receipts', seen, by)).toBe('after-deadline')
  })
})

describe('the public page', () => {
  const office = officeWith(TIED)
  const officer = office.officer()
  const lot = () => office.app.inject({ url: '/lot' })

  test('is there once drawn and published, with all that it takes to compute the seed, and no name', async () => {
    expect((await lot()).statusCode).toBe(404)
    await draw(officer)
    expect((await lot()).statusCode).toBe(404)
    expect((await sendForm(officer, `${PAGE}/publication`)).headers.location).toBe(`${PAGE}?done=published`)
    const reply = await lot()
    expect(reply.statusCode).toBe(200)
    const page = htmlOf(reply)
    const rows = [...page.querySelectorAll('.lot__table tbody tr')].map((row) =>
      [...row.children].map(({ textContent }) => textContent),
    )
    const lines = rows.map(([number, kuji]) => `${number}:${kuji}\n`).join('')
    const seed = `receipts:${createHash('sha256').update(lines).digest('hex')}`
    expect(rows).toHaveLength(5)
    expect(textOf(page, '.lot__seed')).toBe(seed)
    for (const { name } of office.stores.hospitals.all()) expect(reply.body).not.toContain(name)
    const { number, code } = office.stores.submissions.currentOf(KO)!
    for (const url of ['/', `/receipts/${number}/${code}`])
      expect(htmlOf(await office.app.inject({ url })).querySelector('main a[href="/lot"]')).not.toBeNull()
  })

  test('is published once', async () => {
    await draw(officer)
    for (let click = 0; click < 2; click += 1)
      expect((await officer.post(`${PAGE}/publication`, { round: '1' })).statusCode).toBe(303)
    expect(office.stores.audit.all().filter(({ action }) => action === 'lot.published')).toHaveLength(1)
  })
})

describe('first come first served', () => {
  const office = officeWith({ ...SELECTION, now: '2024-03-11T01:00:00Z' })
  const savePolicy = (tieBreak: (typeof TWO_BANDS)['tieBreak']) =>
    office.stores.policies.save(
      { ...TWO_BANDS, tieBreak },
      { actor: 'x', at: new Date(AFTER_DEADLINE), note: '' },
    )
  const notice = async () => textOf(htmlOf(await office.app.inject({ url: '/' })), '.notice__body')

  test.each<[(typeof TWO_BANDS)['tieBreak'], boolean]>([
    [['beds', 'submittedAt', 'lottery'], true],
    [['submittedAt'], true],
    [['beds', 'lottery'], false],
    [['lottery', 'submittedAt'], false],
    [[], false],
  ])('counts by %j: the notice says so, %s, and by itself', async (tieBreak, isSaid) => {
    savePolicy(tieBreak)
    expect((await notice()).includes('回答の早い順')).toBe(isSaid)
  })
})
