import { beforeEach, describe, expect, test } from 'vitest'
import { aForm } from '../../support/builders.ts'
import { errorsOf, fieldsOf } from '../../support/forms.ts'
import { askFurther, FOUR } from '../../support/further.ts'
import { htmlOf, textOf } from '../../support/html.ts'
import { invitationPath, invite } from '../../support/invitations.ts'
import { saveSubmission } from '../../support/submissions.ts'
import { changesOf, rowsOf, surveyWith } from '../../support/survey.ts'

const HERE = '4619900011'
const ANSWERED = { 'q.links': '１２か所', 'q.kinds': 'インターネット', 'q.map': 'no', 'q.vendor': '' }
const STORED = { links: 12, kinds: 'インターネット', map: 'no' }
const ROWS = {
  外部接続点の数: '12か所',
  外部接続点の種類: 'インターネット',
  ネットワーク構成図の有無: 'なし',
  保守事業者の協力: '（記入なし）',
}

const site = surveyWith()
beforeEach(() => askFurther(site.stores, FOUR))

const stored = () => site.stores.submissions.all()
const submit = async (fields: Record<string, string> = ANSWERED) => {
  const confirm = htmlOf(await site.post('/survey/confirm', { ...aForm(), ...fields }))
  const sent = await site.post('/survey', fieldsOf(confirm))
  expect([sent.statusCode, sent.body]).toEqual([303, expect.anything()])
  return { receipt: sent.headers.location!, confirm }
}
/** An option, or the question itself, ends. */
const end = (id: string, option?: string) =>
  askFurther(
    site.stores,
    site.stores.questions
      .all()
      .map((each) =>
        each.id !== id
          ? each
          : option === undefined
            ? { ...each, isEnded: true }
            : { ...each, options: each.options.map((o) => (o.id === option ? { ...o, isEnded: true } : o)) },
      ),
  )

describe('the form', () => {
  test('asks them after 問3, each by its field, with its unit, its options and whether it has to be answered', async () => {
    const page = htmlOf(await site.get('/survey'))
    const labels = [...page.querySelectorAll('.field__label')].map((each) => each.textContent)
    expect(labels.slice(labels.findIndex((text) => text!.startsWith('問3')))).toEqual([
      '問3　GMIS調査の回答結果の活用の可否※必須',
      '問4　外部接続点の数※必須',
      '問5　外部接続点の種類※任意',
      '問6　ネットワーク構成図の有無※必須',
      '問7　保守事業者の協力※任意',
      '備考※任意',
    ])
    expect(textOf(page, '[id="q.links-support"]')).toBe('単位は「か所」です。数字で入力してください。')
    const choices = [...page.querySelectorAll('[name="q.vendor"]')].map((each) => each.getAttribute('value'))
    expect(choices).toEqual(['yes', 'no', ''])
    expect(fieldsOf(page)).toMatchObject({ 'q.links': '', 'q.kinds': '', 'q.vendor': '' })
  })

  test('what is wrong is said by the question’s name, and everything that was typed stays', async () => {
    const typed = {
      ...aForm(),
      'q.links': '多数',
      'q.kinds': 'あ'.repeat(201),
      'q.map': 'never',
      'q.vendor': '',
    }
    const reply = await site.post('/survey/confirm', typed)
    const page = htmlOf(reply)
    expect(reply.statusCode).toBe(422)
    expect(errorsOf(page)).toEqual({
      'q.links': '外部接続点の数は、0から999,999,999までの整数を数字で入力してください（例：12か所）。',
      'q.kinds': '外部接続点の種類は200文字以内で入力してください（現在201文字）。',
      'q.map': 'ネットワーク構成図の有無を選択してください。',
    })
    expect(fieldsOf(page)).toMatchObject({
      'q.links': '多数',
      'q.kinds': 'あ'.repeat(201),
      contactName: '試験 花子',
    })
    const links = [...page.querySelectorAll('.error-summary a')].map((each) => each.getAttribute('href'))
    expect(links).toEqual(['#q.links', '#q.kinds', '#q.map'])
    expect(links.every((href) => page.querySelector(`[id="${href!.slice(1)}"]`))).toBe(true)
    const blank = errorsOf(htmlOf(await site.post('/survey/confirm', aForm())))
    expect(blank).toEqual({
      'q.links': '外部接続点の数を入力してください。',
      'q.map': 'ネットワーク構成図の有無を選択してください。',
    })
  })

  test.each(['0', '00', '1,200', '999999999', ' ７ か所 '])('%j is a number', async (typed) => {
    const { receipt } = await submit({ ...ANSWERED, 'q.links': typed })
    expect(stored()[0]!.answers.extra.links).toBe(Number(typed.normalize('NFKC').replace(/[^\d]/g, '')))
    expect((await site.get(receipt)).statusCode).toBe(200)
  })

  test.each(['-1', '1.5', '1000000000', '1e3', '十', '12台', '9'.repeat(5000)])(
    '%j is none',
    async (typed) => {
      const reply = await site.post('/survey/confirm', { ...aForm(), ...ANSWERED, 'q.links': typed })
      expect([reply.statusCode, Object.keys(errorsOf(htmlOf(reply)))]).toEqual([422, ['q.links']])
    },
  )

  test('what the edition does not ask is passed over, whatever it is called', async () => {
    const strange = {
      'q.other': 'x',
      'q.__proto__': 'x',
      'q.constructor': 'x',
      'q.': 'x',
      q: 'x',
      'q.links.x': '9',
    }
    const { confirm } = await submit({ ...ANSWERED, ...strange })
    for (const name of Object.keys(strange)) expect(confirm.querySelector(`[name="${name}"]`)).toBeNull()
    expect(stored()[0]!.answers.extra).toEqual(STORED)
  })
})

describe('an answer', () => {
  test('is shown by 確認, kept, and shown by its receipt; back to the form nothing is lost', async () => {
    const { confirm, receipt } = await submit()
    expect(rowsOf(confirm)).toMatchObject(ROWS)
    const back = htmlOf(await site.post('/survey/form', fieldsOf(confirm)))
    expect(fieldsOf(back)).toMatchObject({
      'q.links': '12',
      'q.kinds': 'インターネット',
      'q.map': 'no',
      'q.vendor': '',
    })
    expect(stored()[0]!.answers.extra).toEqual(STORED)
    expect(rowsOf(htmlOf(await site.get(receipt)))).toMatchObject(ROWS)
  })

  test('sent again it is one record; with another answer to a further question a corrected version', async () => {
    const form = { ...aForm(), ...ANSWERED }
    const first = await site.post('/survey', form)
    expect((await site.post('/survey', form)).headers.location).toBe(first.headers.location)
    expect(stored()).toMatchObject([{ version: 1 }])
    await site.post('/survey', { ...form, 'q.links': '13' })
    expect(stored()).toMatchObject([{ version: 2, answers: { extra: { ...STORED, links: 13 } } }])
  })

  test('is corrected, with what changed beside what was', async () => {
    const { receipt } = await submit()
    const edit = htmlOf(await site.get(`${receipt}/edit`))
    expect(fieldsOf(edit)).toMatchObject({ 'q.links': '12', 'q.map': 'no' })
    const changed = { ...fieldsOf(edit), 'q.links': '20', 'q.kinds': '', 'q.vendor': 'yes' }
    const confirm = htmlOf(await site.post(`${receipt}/confirm`, changed))
    expect(changesOf(confirm)).toEqual({
      外部接続点の数: ['12か所', '20か所'],
      外部接続点の種類: ['インターネット', '（記入なし）'],
      保守事業者の協力: ['（記入なし）', 'あり'],
    })
    await site.post(`${receipt}/edit`, fieldsOf(confirm))
    expect(stored()).toMatchObject([
      { version: 2, answers: { extra: { links: 20, map: 'no', vendor: 'yes' } } },
    ])
    const history = htmlOf(await site.get(receipt)).querySelector('.history')!
    expect(changesOf(history)).toMatchObject({ 外部接続点の数: ['12か所', '20か所'] })
  })

  test('a wrong correction keeps what was typed; withdrawing shows what was answered', async () => {
    const { receipt } = await submit()
    const edit = fieldsOf(htmlOf(await site.get(`${receipt}/edit`)))
    const reply = await site.post(`${receipt}/confirm`, { ...edit, 'q.links': '不明' })
    expect([reply.statusCode, Object.keys(errorsOf(htmlOf(reply)))]).toEqual([422, ['q.links']])
    expect(fieldsOf(htmlOf(reply))['q.links']).toBe('不明')
    expect(rowsOf(htmlOf(await site.get(`${receipt}/withdraw`)))).toMatchObject(ROWS)
    expect((await site.post(`${receipt}/withdraw`)).statusCode).toBe(303)
    expect(stored()).toMatchObject([{ state: 'withdrawn', answers: { extra: STORED } }])
  })
})

describe('while the period runs', () => {
  test('an answer of before a question stays valid; a correction asks it', async () => {
    const { number, code } = saveSubmission(site.stores)
    const receipt = `/receipts/${number}/${code}`
    expect(rowsOf(htmlOf(await site.get(receipt)))).toMatchObject({ 外部接続点の数: '（記入なし）' })
    expect(stored()).toMatchObject([{ state: 'current' }])
    const edit = fieldsOf(htmlOf(await site.get(`${receipt}/edit`)))
    const reply = await site.post(`${receipt}/confirm`, edit)
    expect(Object.keys(errorsOf(htmlOf(reply)))).toEqual(['q.links', 'q.map'])
  })

  test('an option that has ended is offered to nobody, but to who chose it', async () => {
    const { receipt } = await submit()
    end('map', 'no')
    const offered = async (url: string) =>
      [...htmlOf(await site.get(url)).querySelectorAll('[name="q.map"]')].map((each) =>
        each.getAttribute('value'),
      )
    expect(await offered('/survey')).toEqual(['yes'])
    expect(await offered(`${receipt}/edit`)).toEqual(['yes', 'no'])
    const anew = await site.post('/survey/confirm', { ...aForm(), ...ANSWERED })
    expect(errorsOf(htmlOf(anew))).toEqual({ 'q.map': 'ネットワーク構成図の有無を選択してください。' })
    const edit = fieldsOf(htmlOf(await site.get(`${receipt}/edit`)))
    const kept = htmlOf(await site.post(`${receipt}/confirm`, { ...edit, 'q.links': '13' }))
    await site.post(`${receipt}/edit`, fieldsOf(kept))
    expect(stored()).toMatchObject([{ answers: { extra: { map: 'no', links: 13 } } }])
    const left = { ...fieldsOf(htmlOf(await site.get(`${receipt}/edit`))), 'q.map': 'yes' }
    await site.post(`${receipt}/edit`, fieldsOf(htmlOf(await site.post(`${receipt}/confirm`, left))))
    expect(await offered(`${receipt}/edit`)).toEqual(['yes'])
    expect(stored()).toMatchObject([{ answers: { extra: { map: 'yes', links: 13 } } }])
  })

  test('the form by which an answer was sent may keep the ended option too', async () => {
    const form = { ...aForm(), ...ANSWERED }
    await site.post('/survey', form)
    end('map', 'no')
    const page = htmlOf(await site.post('/survey/form', form))
    expect(fieldsOf(page)['q.map']).toBe('no')
    await site.post('/survey', { ...form, 'q.links': '13' })
    expect(stored()).toMatchObject([{ version: 2, answers: { extra: { map: 'no', links: 13 } } }])
  })

  test('a question that has ended is asked of nobody, and what was answered to it is never lost', async () => {
    const { receipt } = await submit()
    const before = { ...aForm(), ...ANSWERED }
    end('links')
    const page = htmlOf(await site.get('/survey'))
    expect(page.querySelector('[name="q.links"]')).toBeNull()
    expect(textOf(page, '[id="q.map-legend"]')).toContain('問5')
    const edit = htmlOf(await site.get(`${receipt}/edit`))
    expect(edit.querySelector('[name="q.links"]')).toBeNull()
    const changed = { ...fieldsOf(edit), 'q.kinds': '専用線' }
    const confirm = htmlOf(await site.post(`${receipt}/confirm`, changed))
    expect(rowsOf(confirm)).toMatchObject({ 外部接続点の数: '12か所' })
    await site.post(`${receipt}/edit`, fieldsOf(confirm))
    expect(stored()[0]!.answers.extra).toEqual({ links: 12, kinds: '専用線', map: 'no' })
    // Who had the page open from before sends it all the same: what is not asked any more is not kept.
    await site.post('/survey', { ...before, hospitalCode: '4619900029' })
    expect(stored()[1]!.answers.extra).toEqual({ kinds: 'インターネット', map: 'no' })
  })
})

describe('every way to the answer', () => {
  test('a link to an unsent form carries them', async () => {
    const page = htmlOf(await site.post('/survey/link', { ...aForm(), ...ANSWERED }))
    const link = new URL(page.querySelector('textarea')!.textContent!.trim())
    const resumed = htmlOf(await site.get(link.pathname + link.search))
    expect(fieldsOf(resumed)).toMatchObject(ANSWERED)
  })

  test('the hospital’s own link asks and keeps them', async () => {
    invite(site, HERE)
    const url = invitationPath(site, HERE)
    expect(fieldsOf(htmlOf(await site.get(url)))).toMatchObject({ 'q.links': '' })
    const confirm = htmlOf(await site.post(`${url}/confirm`, { ...aForm(), ...ANSWERED }))
    expect((await site.post(url, fieldsOf(confirm))).statusCode).toBe(303)
    expect(stored()).toMatchObject([{ isMatched: true, answers: { extra: STORED } }])
  })

  test('the sheet for the seals has them, with the labels', async () => {
    const sheet = htmlOf(await site.post('/survey/print', { ...aForm(), ...ANSWERED }))
    expect(textOf(sheet, '.sheet__answers')).toContain('外部接続点の数12か所')
    expect(textOf(sheet, '.no-print p')).toContain('A4判1枚に')
    const long = { 'q.kinds': 'あ'.repeat(200), remarks: 'い\n'.repeat(60) }
    const full = htmlOf(await site.post('/survey/print', { ...aForm(), ...ANSWERED, ...long }))
    expect(textOf(full, '.sheet__answers')).toContain('あ'.repeat(200))
  })

  test('the empty 回答票 has a place for each', async () => {
    const blank = htmlOf(await site.get('/survey/blank'))
    const headings = [...blank.querySelectorAll('.blank__question h3')].map((each) => each.textContent)
    expect(headings.slice(3, 7)).toEqual([
      '問4　外部接続点の数',
      '問5　外部接続点の種類（任意）',
      '問6　ネットワーク構成図の有無',
      '問7　保守事業者の協力（任意）',
    ])
    expect(textOf(blank, '.blank__write--number')).toBe('か所')
    expect(textOf(blank, '.blank__again')).toContain('病院名')
  })

  test('the notice names them', async () => {
    const notice = htmlOf(await site.get('/'))
    expect(textOf(notice, '.notice__summary')).toContain('外部接続点の数、外部接続点の種類、')
    // Nobody knows how long it takes to count one's connections.
    expect(textOf(notice, '.notice__summary')).not.toContain('5分')
    expect(textOf(notice, '.notice__body')).toContain('問5 外部接続点の種類（任意）')
  })
})

describe('without further questions', () => {
  beforeEach(() =>
    askFurther(
      site.stores,
      FOUR.map((each) => ({ ...each, isEnded: true })),
    ),
  )

  test.each(['/', '/survey', '/survey/blank'])('%s is as it always was', async (url) => {
    const page = await site.get(url)
    expect(page.body).not.toContain('問4')
    expect(page.body).not.toContain('q.links')
    expect(page.body).not.toContain('外部接続点')
    expect(page.body).not.toContain('再掲')
  })

  test('an answer is kept without any', async () => {
    await site.post('/survey', aForm())
    expect(stored()).toMatchObject([{ answers: { extra: {} } }])
  })
})
