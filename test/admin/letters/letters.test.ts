import { describe, expect, test } from 'vitest'
import {
  AFTER_DEADLINE,
  BO,
  confirm,
  decline,
  HEI,
  KO,
  moreSeats,
  OTSU,
  SELECTION,
  sendForm,
  TEI,
} from '../../support/decisions.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { mailsOf } from '../../support/mails.ts'
import { officeWith } from '../../support/office.ts'
import { readXlsx } from '../../support/xlsx.ts'

const NO_EMR = '4610000078'
const NO_WISH = '4610000086'
const OUT = '4610000094'

const office = officeWith({
  now: AFTER_DEADLINE,
  ...SELECTION,
  hospitals: [
    ...SELECTION.hospitals!,
    { key: NO_EMR, name: '庚病院', beds: 90 },
    { key: NO_WISH, name: '辛病院', beds: 90 },
    { key: OUT, name: '壬病院', beds: 90 },
  ],
  answers: [
    ...SELECTION.answers!,
    { hospital: NO_EMR, emr: 'none' },
    { hospital: NO_WISH, intent: 'none' },
    { hospital: OUT },
  ],
  environment: { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'kakuho@example.jp' },
})
const officer = office.officer()
const NAMES = ['甲病院', '乙病院', '丙病院', '丁病院', '戊病院', '己病院', '庚病院', '辛病院', '壬病院']

async function decided(): Promise<void> {
  const by = { actor: 'x', at: new Date(AFTER_DEADLINE), reason: '事業の対象でないため' }
  office.stores.overrides.add({ hospitalCode: OUT, kind: 'exclude' }, by)
  await confirm(officer)
}
const setHead = () =>
  sendForm(officer, '/admin/letters', { documentNumber: '保医第789号', datedOn: 'R6.3.19' })
const show = () => {
  const by = { actor: 'x', at: new Date(AFTER_DEADLINE), reason: '決裁済み' }
  const follows = office.stores.publications.all().at(-1)?.id ?? 0
  office.stores.publications.set({ round: 1, isShown: true, follows }, by)
}
const lettersOn = async (url = '/admin/letters/print') => [
  ...(await officer.page(url)).querySelectorAll('.letter'),
]
/** Ticks these alone, as a browser sends them. */
async function send(path: 'mail' | 'posted', codes: readonly string[], typed: Record<string, string> = {}) {
  const url = `/admin/letters/${path}`
  const { hospital: _, _csrf: __, ...fields } = fieldsOf(await officer.page(url), url)
  const form = new URLSearchParams({ ...fields, ...typed })
  for (const code of codes) form.append('hospital', code)
  return officer.postText(url, form.toString())
}
const ticked = async (path: 'mail' | 'posted') =>
  [...(await officer.page(`/admin/letters/${path}`)).querySelectorAll('input[name=hospital][checked]')].map(
    (box) => box.getAttribute('value'),
  )

describe('who gets a letter', () => {
  test('selected, reserves, not selected, ineligible; whoever wants none or was silent does not', async () => {
    await decided()
    const letters = await lettersOn()
    expect(letters.map((letter) => textOf(letter, '.letter__name'))).toEqual([
      ...['丁病院', '甲病院', '乙病院', '丙病院', '戊病院', '壬病院', '庚病院'],
    ])
  })

  test('each says its own result and nothing of any other hospital, no points, no weakness', async () => {
    await decided()
    for (const letter of await lettersOn()) {
      const text = letter.textContent!
      const [name] = NAMES.filter((each) => text.includes(each))
      expect(NAMES.filter((each) => text.includes(each))).toEqual([name])
      expect(text).not.toMatch(/貴院の点数|\d点|得点|評価|不十分|バックアップ|立入|BCP/)
    }
    const of = async (code: string) =>
      textOf((await lettersOn(`/admin/letters/print?hospital=${code}`))[0]!, '.letter__title ~ *') +
      (await lettersOn(`/admin/letters/print?hospital=${code}`))[0]!.textContent
    expect(await of(KO)).toContain('支援対象病院に選定しました')
    expect(await of(HEI)).toContain('20～99床の区分の補欠第1位')
    expect(await of(HEI)).toContain('次の回には引き継がれません')
    expect(await of(OUT)).toContain('選定されませんでした')
    expect(await of(NO_EMR)).toMatch(/電子カルテシステムを導入している病院.*を対象としているため/)
  })

  test('after a decline who moved up is selected, and who declined is told nothing more', async () => {
    await decided()
    await decline(officer, KO)
    const names = (await lettersOn('/admin/letters/print?kind=selected')).map((letter) =>
      textOf(letter, '.letter__name'),
    )
    expect(names).toEqual(['丁病院', '乙病院', '丙病院'])
    expect((await lettersOn()).map((letter) => textOf(letter, '.letter__name'))).not.toContain('甲病院')
  })

  test('of a later round who holds a seat already is told nothing, and of the first who got one since', async () => {
    await decided()
    moreSeats(office.stores, 2, 2)
    await confirm(officer)
    const names = async (round: number) =>
      (await lettersOn(`/admin/letters/print?round=${round}`)).map((letter) =>
        textOf(letter, '.letter__name'),
      )
    expect(await names(2)).toEqual(['戊病院', '丙病院', '壬病院', '庚病院'])
    expect(await names(1)).not.toContain('戊病院')
    expect(
      textOf((await lettersOn('/admin/letters/print?round=2&kind=waitlisted'))[0]!, '.letter__name'),
    ).toBe('丙病院')
  })
})

describe('what stands on them', () => {
  test('文書番号 and the date, once they are set', async () => {
    await decided()
    expect(textOf((await lettersOn())[0]!, '.letter__head')).toBe('第 号 令和 年 月 日')
    expect((await setHead()).statusCode).toBe(303)
    expect(textOf((await lettersOn())[0]!, '.letter__head')).toMatch(/保医第789号.*令和6年3月19日(?!（)/)
  })

  test('goes as a file to merge as well, with the same words', async () => {
    await decided()
    await setHead()
    const reply = await officer.get('/admin/letters.xlsx')
    expect(reply.statusCode).toBe(200)
    const sheet = await readXlsx(reply.rawPayload)
    if (!sheet.ok) throw new Error(sheet.message)
    const [head, ...rows] = sheet.rows
    const column = (name: string) => rows.map((cells) => cells[head!.indexOf(name)])
    expect(column('病院名')).toEqual(['丁病院', '甲病院', '乙病院', '丙病院', '戊病院', '壬病院', '庚病院'])
    expect(new Set(column('文書番号'))).toEqual(new Set(['保医第789号']))
    expect(column('補欠の順位')[3]).toBe('20～99床の区分の補欠第1位')
    expect(column('本文')[1]).toContain('支援対象病院に選定しました')
    expect(office.stores.audit.latest(1)).toMatchObject([{ action: 'letters.downloaded' }])
  })

  const TEXT = '/admin/letters/texts/waitlisted'

  test('is written by officers, tried first, and set back', async () => {
    await decided()
    const tried = await sendForm(officer, TEXT, {
      subject: '{病院名}宛て',
      body: '{補欠の順位}です。',
      do: 'preview',
    })
    expect(tried.statusCode).toBe(200)
    expect(textOf(htmlOf(tried), '.letter__title')).toBe('○○病院宛て')
    expect(textOf(htmlOf(tried), 'main')).toContain('次の回に引き継がれないことが書かれていません')
    expect(office.stores.letters.textOf('waitlisted')).toBeNull()
    const body = '{補欠の順位}です。\n\n次の回には引き継ぎません。'
    await sendForm(officer, TEXT, { subject: '{選定の回}について', body })
    const [letter] = await lettersOn(`/admin/letters/print?hospital=${HEI}`)
    expect(textOf(letter!, '.letter__title')).toBe('初回選定について')
    expect(letter!.querySelectorAll('.letter__text')).toHaveLength(2)
    await sendForm(officer, TEXT, { do: 'reset' })
    expect(textOf((await lettersOn(`/admin/letters/print?hospital=${HEI}`))[0]!, '.letter__title')).toContain(
      '選定結果について（通知）',
    )
  })

  test.each([
    [{ subject: '' }, '件名を入力してください。'],
    [{ body: '' }, '本文を入力してください。'],
    [{ body: 'あ'.repeat(2001) }, '本文は2,000文字以内で入力してください（現在2,001文字）。'],
    [{ body: '{順位}です。' }, '本文の「{順位}」は使えません。使える差込み項目は、{病院名}、'],
    [{ body: '{連絡の時期}です。' }, '本文の「{連絡の時期}」は使えません。'],
    [{ subject: '{病院名について' }, '件名の「{」と「}」は、差込み項目を囲むときだけ使えます。'],
  ] as [Record<string, string>, string][])('%j is not taken, and not lost', async (typed, message) => {
    const reply = await sendForm(officer, TEXT, typed)
    expect([reply.statusCode, textOf(htmlOf(reply), '.error-summary')]).toEqual([
      422,
      expect.stringContaining(message),
    ])
    expect(htmlOf(reply).querySelector('textarea')!.textContent!.trim()).toBe(
      typed.body ?? fieldsOf(await officer.page(TEXT), TEXT).body,
    )
  })
})

describe('what went out', () => {
  test('by mail goes only when receipts show the result, once to each, and is kept as it was', async () => {
    await decided()
    await setHead()
    expect(textOf(await officer.page('/admin/letters/mail'), 'main')).toContain(
      '病院への結果の表示をしてから',
    )
    show()
    expect(await ticked('mail')).toEqual([TEI, KO, OTSU, HEI, BO, OUT, NO_EMR])
    const reply = await send('mail', [KO, HEI])
    expect(reply.headers.location).toBe('/admin/letters/sent/1?done=mail')
    const mails = mailsOf(office)
    expect(mails).toHaveLength(2)
    const toKo = mails.find(({ body }) => body.includes('甲病院'))!
    expect(toKo.body).toContain('保医第789号')
    expect(toKo.body).not.toContain('丙病院')
    expect(toKo.body).toContain(office.stores.submissions.currentOf(KO)!.number)
    expect(await ticked('mail')).toEqual([TEI, OTSU, BO, OUT, NO_EMR])
    const page = await officer.page('/admin/letters/sent/1')
    expect(textOf(page, 'main')).toMatch(/甲病院（選定、送信待ち）.*tanto0@hospital\.example\.jp/)
    await sendForm(officer, '/admin/letters/texts/selected', { subject: '別の件名' })
    expect(textOf(await officer.page('/admin/letters/sent/1'), 'main')).not.toContain('別の件名')
  })

  test('sent twice by a double click goes out once; again on purpose wants a reason', async () => {
    await decided()
    await setHead()
    show()
    const url = '/admin/letters/mail'
    const { hospital: _, ...fields } = fieldsOf(await officer.page(url), url)
    const first = await officer.post(url, { ...fields, hospital: KO })
    const second = await officer.post(url, { ...fields, hospital: KO })
    expect([first, second].map(({ headers }) => String(headers.location).split('?')[0])).toEqual([
      '/admin/letters/sent/1',
      '/admin/letters/sent/1',
    ])
    const other = await officer.post(url, { ...fields, hospital: OTSU })
    expect(other.statusCode).toBe(409)
    const again = await send('mail', [KO])
    expect(again.statusCode).toBe(422)
    expect(again.body).toContain('既に送った病院が含まれています')
    expect((await send('mail', [KO], { reason: '宛先の変更' })).statusCode).toBe(303)
    expect(office.stores.outbox.due(new Date(AFTER_DEADLINE), 10)).toHaveLength(2)
  })

  test('a mail that was given up has not been had', async () => {
    await decided()
    await setHead()
    show()
    await send('mail', [KO])
    const { mail } = office.stores.letters.sent(1)[0]!
    office.stores.outbox.markFailed(mail!, { at: new Date(AFTER_DEADLINE), error: 'x', permanent: true })
    expect(await ticked('mail')).toContain(KO)
    expect(textOf(await officer.page('/admin/letters/sent/1'), 'main')).toContain('届かなかった')
  })

  test('on paper is what the officer records, before or after receipts show it', async () => {
    await decided()
    expect(textOf(await officer.page('/admin/letters/posted'), 'main')).toContain(
      '先に、通知文の文書番号と日付',
    )
    await setHead()
    expect((await send('posted', [], {})).statusCode).toBe(422)
    expect((await send('posted', [KO], { sentOn: 'R6.3.20' })).statusCode).toBe(422)
    const reply = await send('posted', [KO, OTSU, TEI, HEI, BO, OUT, NO_EMR])
    expect(reply.headers.location).toBe('/admin/letters/sent/1?done=posted')
    expect(office.stores.outbox.due(new Date(AFTER_DEADLINE), 10)).toEqual([])
    expect(textOf(await officer.page('/admin/rounds/1'), '.next-steps')).toContain('7病院に送りました')
    await decline(officer, KO)
    expect(textOf(await officer.page('/admin/rounds/1'), '.next-steps')).toContain('6病院のうち1病院に')
    expect(await ticked('posted')).toEqual([HEI])
    expect(office.stores.audit.all().filter(({ action }) => action === 'letters.posted')).toHaveLength(1)
  })
})

test('before anything is decided there is nothing to send, and the page says so', async () => {
  expect(textOf(await officer.page('/admin/letters'), 'main')).toContain('確定した選定は、まだありません')
  for (const path of ['print', 'mail', 'posted'])
    expect((await officer.get(`/admin/letters/${path}`)).statusCode).toBe(404)
  expect((await officer.get('/admin/letters.xlsx')).statusCode).toBe(404)
})
