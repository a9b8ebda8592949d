import { describe, expect, test } from 'vitest'
import { htmlOf, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'

const office = officeWith()
const officer = office.officer()
const another = office.officer({ login: 'another' })
const viewer = office.officer({ login: 'viewer', role: 'viewer' })

const publicPage = async (url: string) => htmlOf(await office.app.inject({ url }))
const main = async (url: string) => textOf(await publicPage(url), 'main')

/** The form's hidden fields, and what an officer types over it. */
async function typedInto(browser: typeof officer, url: string, typed: Record<string, string>) {
  const page = await browser.page(url)
  const fields = [...page.querySelectorAll('main form input[type="hidden"]')].map((input) => [
    input.getAttribute('name')!,
    input.getAttribute('value')!,
  ])
  return browser.post(url, { ...Object.fromEntries(fields), ...typed })
}

describe('the sections of the notice', () => {
  test('are what is shipped, until somebody writes another', async () => {
    expect(await main('/')).toContain('次の2つです')
    const text = '今回は、1つだけです。\n\n・**一**（Q4）\n\n［{年度}に］実施します。'
    const url = '/admin/notice/sections/programme'
    const reply = await typedInto(officer, url, { heading: '今回の事業', text })
    expect(reply.statusCode).toBe(303)
    const page = await publicPage('/')
    expect(textOf(page, 'main')).toMatch(
      /今回の事業\s*今回は、1つだけです。\s*一（Q4）\s*令和6年度に実施します。/,
    )
    expect(page.querySelector('#programme + p + ul a[href="/qa#q4"]')).not.toBeNull()
    expect(page.querySelector('.contents a[href="#programme"]')?.textContent).toBe('今回の事業')
    const record = office.stores.audit.all().at(-1)!
    expect(record).toMatchObject({
      action: 'notice.changed',
      detail: { change: '「事業の概要」の本文を変更' },
    })
    expect(textOf(await officer.page('/admin/notice'), '#history ~ *')).toContain('試験 officer')
  })

  test('can be looked at before they are saved', async () => {
    const url = '/admin/notice/sections/flow'
    const reply = await typedInto(officer, url, { heading: '流れ', text: '見るだけ', preview: 'yes' })
    expect(reply.statusCode).toBe(200)
    const page = htmlOf(reply)
    expect(textOf(page, '.notice-look')).toContain('流れ見るだけ')
    expect(page.querySelector('textarea')?.textContent?.trim()).toBe('見るだけ')
    expect(await main('/')).not.toContain('見るだけ')
    expect(textOf(await viewer.page('/admin/notice/preview'), 'main')).toContain('事業の流れ')
  })

  test.each([
    [{ heading: '', text: '本文' }, '見出しを入力してください。'],
    [{ heading: '見出し', text: '  ' }, '本文を入力してください。'],
    [{ heading: 'あ'.repeat(61), text: '本文' }, '見出しは60文字以内で入力してください（現在61文字）。'],
    [
      { heading: '見出し', text: 'あ'.repeat(4001) },
      '本文は4,000文字以内で入力してください（現在4,001文字）。',
    ],
    [{ heading: '見出し', text: '一\n**二' }, '2行目の太字の印「**」が対になっていません'],
    [
      { heading: '見出し', text: '{締切}まで' },
      '本文の「{締切}」は使えません。使える差込み項目は、{調査の名称}、',
    ],
    [{ heading: '見出し', text: '\ue000' }, '本文の1文字目に、読み取れない文字'],
  ])('say what is wrong with %j, and keep it', async (typed, message) => {
    for (const url of ['/admin/notice/sections/new', '/admin/notice/sections/flow']) {
      const reply = await typedInto(officer, url, typed)
      expect([url, reply.statusCode]).toEqual([url, 422])
      const page = htmlOf(reply)
      expect(textOf(page, '.error-summary, [class*="summary"]')).toContain(message)
      expect(page.querySelector('textarea')?.textContent?.trim()).toBe(typed.text.trim())
    }
    expect(office.stores.notice.current().version).toBe(0)
  })

  test('are added, moved, taken off and put back; what there was can be gone back to', async () => {
    expect(
      (await typedInto(officer, '/admin/notice/sections/new', { heading: '補足', text: '補足です。' }))
        .statusCode,
    ).toBe(303)
    const act = (act: string) =>
      officer.post('/admin/notice/arrange', { kind: 'sections', id: 'section-1', act })
    const headings = async () =>
      [...(await publicPage('/')).querySelectorAll('h2')].map(({ textContent }) => textContent)
    expect((await headings()).indexOf('補足')).toBe(5)
    await act('up')
    expect((await headings()).indexOf('補足')).toBe(4)
    await act('withdraw')
    expect(await headings()).not.toContain('補足')
    await act('restore')
    expect((await headings()).indexOf('補足')).toBe(4)
    for (let times = 0; times < 8; times++) await act('up')
    expect((await headings())[0]).toBe('補足')
    expect(await main('/')).toMatch(/日頃から.*補足です/s)
    await officer.page('/admin/notice/versions/0')
    expect((await officer.post('/admin/notice/versions/0/restore')).statusCode).toBe(303)
    expect(await headings()).not.toContain('補足')
    expect(office.stores.notice.saves()[0]!.change).toBe('初期設定の内容に戻す')
  })

  test('that two officers write: the second sees what the first wrote, and loses nothing', async () => {
    const url = '/admin/notice/sections/burden'
    const form = await another.page(url)
    const shown = form.querySelector('input[name="shown"]')!.getAttribute('value')!
    await typedInto(officer, url, { heading: '費用', text: '先の人の文' })
    const typed = { heading: '費用', text: '後の人の文', shown }
    const reply = await another.post(url, typed)
    expect(reply.statusCode).toBe(409)
    expect(textOf(htmlOf(reply), 'main')).toContain('先の人の文')
    expect(htmlOf(reply).querySelector('textarea')?.textContent?.trim()).toBe('後の人の文')
    expect(await main('/')).toContain('先の人の文')
    const again = htmlOf(reply).querySelector('input[name="shown"]')!.getAttribute('value')!
    expect((await another.post(url, { ...typed, shown: again })).statusCode).toBe(303)
    expect(await main('/')).toContain('後の人の文')
  })

  test('that an order is changed which somebody else has changed: it is shown first', async () => {
    const page = await another.page('/admin/notice')
    const shown = page.querySelector('input[name="shown"]')!.getAttribute('value')!
    await typedInto(officer, '/admin/notice/sections/flow', { heading: '流れ', text: '流れの文' })
    const act = { kind: 'sections', id: 'burden', act: 'withdraw' }
    const reply = await another.post('/admin/notice/arrange', { ...act, shown })
    expect(reply.statusCode).toBe(409)
    expect(textOf(htmlOf(reply), '[role="alert"]')).toContain('まだ変更していません')
    expect(await main('/')).toContain('病院の費用と作業')
    const again = htmlOf(reply).querySelector('input[name="shown"]')!.getAttribute('value')!
    expect((await another.post('/admin/notice/arrange', { ...act, shown: again })).statusCode).toBe(303)
    expect(await main('/')).not.toContain('病院の費用と作業')
  })

  test('that two officers write, each another one, are both kept', async () => {
    const form = await another.page('/admin/notice/sections/burden')
    const shown = form.querySelector('input[name="shown"]')!.getAttribute('value')!
    await typedInto(officer, '/admin/notice/sections/flow', { heading: '流れ', text: '流れの文' })
    const reply = await another.post('/admin/notice/sections/burden', {
      heading: '費用',
      text: '費用の文',
      shown,
    })
    expect(reply.statusCode).toBe(303)
    expect(await main('/')).toMatch(/流れの文.*費用の文/s)
  })
})

describe('the questions and answers', () => {
  const typed = {
    number: '14',
    group: '費用',
    question: '何ですか。',
    answer: 'こうです。',
    beside: 'gmisConsent',
  }

  test('are added, changed and taken off, on their page and beside the form’s questions', async () => {
    expect((await typedInto(officer, '/admin/notice/questions/new', typed)).statusCode).toBe(303)
    expect(textOf(await publicPage('/qa'), '#q14')).toMatch(/何ですか。\s*こうです。/)
    expect(textOf(await publicPage('/survey'), 'fieldset:has(#gmisConsent) details')).toContain('何ですか。')
    const reply = await typedInto(officer, '/admin/notice/questions/14', {
      ...typed,
      number: '15',
      beside: '',
    })
    expect(reply.statusCode).toBe(303)
    expect((await publicPage('/qa')).querySelector('#q14')).toBeNull()
    expect(textOf(await publicPage('/qa'), '#q15')).toContain('こうです。')
    expect((await publicPage('/survey')).querySelector('fieldset:has(#gmisConsent) details')).toBeNull()
    await officer.post('/admin/notice/arrange', { kind: 'questions', id: '5', act: 'withdraw' })
    expect((await publicPage('/qa')).querySelector('#q5')).toBeNull()
    expect((await publicPage('/')).querySelector('a[href="/qa#q5"]')).toBeNull()
  })

  test.each([
    [{ number: '5' }, '番号5は、ほかの質問で使っています'],
    [{ number: '0' }, '番号は、1から99までの整数で入力してください。'],
    [{ number: '百' }, '番号は、1から99までの整数で入力してください。'],
    [{ group: '' }, '分類の見出しを入力してください。'],
    [{ question: '' }, '質問を入力してください。'],
    [{ answer: '**' }, '太字の印'],
    [{ beside: 'remarks' }, '表示する問を、選択肢から選んでください。'],
  ])('say what is wrong with %j', async (wrong, message) => {
    const reply = await typedInto(officer, '/admin/notice/questions/new', { ...typed, ...wrong })
    expect(reply.statusCode).toBe(422)
    expect(textOf(htmlOf(reply), 'main')).toContain(message)
    expect(office.stores.notice.current().version).toBe(0)
  })

  test('a full-width number, and one with its Q, is the same', async () => {
    for (const number of ['１４', 'Q14', 'Ｑ１４']) {
      await typedInto(officer, '/admin/notice/questions/new', { ...typed, number })
      expect(office.stores.notice.current().notice.questions.at(-1)!.number).toBe(14)
      await officer.page('/admin/notice/versions/0')
      await officer.post('/admin/notice/versions/0/restore')
    }
  })
})

describe('the files beside the notice', () => {
  const PDF = Buffer.from('%PDF-1.7\n%fictional')
  const upload = async (name: string, bytes: Buffer, title = '別添　事業の概要') => {
    await officer.page('/admin/notice')
    return officer.upload('/admin/notice/attachments', { name, bytes }, { title })
  }

  test('are PDF, named on the notice and the questions’ page, and served as they came', async () => {
    expect((await upload('別添１　概要（案）.PDF', PDF)).statusCode).toBe(303)
    for (const url of ['/', '/qa']) {
      const link = (await publicPage(url)).querySelector('a[href^="/attachments/"]')!
      expect(link.textContent).toBe('別添　事業の概要')
      const reply = await office.app.inject({ url: link.getAttribute('href')! })
      expect(reply.headers).toMatchObject({ 'content-type': 'application/pdf' })
      expect(reply.headers['content-disposition']).toBe(
        `inline; filename*=UTF-8''${encodeURIComponent('別添　事業の概要.pdf')}`,
      )
      expect(reply.rawPayload).toEqual(PDF)
    }
    const { name, id } = office.stores.attachments.current()[0]!
    expect(name).toBe('shiryo-1.pdf')
    await officer.page('/admin/notice')
    expect((await officer.post(`/admin/notice/attachments/${id}/withdraw`)).statusCode).toBe(303)
    expect((await office.app.inject({ url: `/attachments/${name}` })).statusCode).toBe(404)
    expect((await publicPage('/')).querySelector('a[href^="/attachments/"]')).toBeNull()
    expect((await upload('別添１　概要（案）.PDF', PDF)).statusCode).toBe(303)
    expect(office.stores.attachments.current()[0]!.name).toBe('shiryo-2.pdf')
  })

  test.each<[string, Buffer, string]>([
    ['別添.pdf', Buffer.alloc(0), '空です'],
    ['別添.pdf', Buffer.from('<html>'), 'PDFではありません'],
    ['別添.docx', Buffer.from('PK\u0003\u0004'), '「別添.docx」はPDFではありません'],
    ['大.pdf', Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]), '大きすぎます'],
  ])('%s that is none is refused, and the title kept', async (name, bytes, message) => {
    const reply = await upload(name, bytes)
    expect(reply.statusCode).toBe(422)
    expect(textOf(htmlOf(reply), 'main')).toContain(message)
    expect(htmlOf(reply).querySelector('#title')?.getAttribute('value')).toBe('別添　事業の概要')
    expect(office.stores.attachments.all()).toEqual([])
  })

  test('under one title are one: the second is refused', async () => {
    await upload('別添.pdf', PDF)
    const reply = await upload('別の.pdf', PDF)
    expect(reply.statusCode).toBe(409)
    expect(textOf(htmlOf(reply), 'main')).toContain('同じ名称の資料を既に掲載しています')
  })

  test.each(['../../etc/passwd', '<script>"\u0000', "a'b(c)*d", 'ａ\r\nSet-Cookie: x'])(
    'the title %j is a name to save it under, and nothing else',
    async (title) => {
      expect((await upload('別添.pdf', PDF, title)).statusCode).toBe(303)
      const reply = await office.app.inject({ url: '/attachments/shiryo-1.pdf' })
      expect(reply.statusCode).toBe(200)
      expect(reply.headers['content-disposition']).toMatch(/^inline; filename\*=UTF-8''[\w%.~!-]+$/)
      expect(reply.headers['set-cookie']).toBeUndefined()
    },
  )
})

test.each(['constructor', 'toString', '__proto__'])('%s is no act, and nothing was done', async (name) => {
  const page = await officer.page(`/admin/notice?done=${name}`)
  expect(page.querySelector('.done')).toBeNull()
  const id = office.stores.notice.current().notice.sections[1]!.id
  const { version } = office.stores.notice.current()
  const sent = { kind: 'sections', id, act: name, shown: String(version) }
  expect((await officer.post('/admin/notice/arrange', sent)).statusCode).toBe(404)
  expect(office.stores.notice.current().version).toBe(version)
  expect((await officer.page(`/admin/gmis/mapping?done=${name}`)).querySelector('.done')).toBeNull()
})

test('a viewer reads, and has no form', async () => {
  const page = await viewer.page('/admin/notice')
  expect(page.querySelectorAll('main form, main a[href*="/sections/"]')).toHaveLength(0)
})

describe('that it is this survey’s', () => {
  const confirm = async (typed: Record<string, string>) => {
    const page = await officer.page('/admin/notice')
    const fields = Object.fromEntries(
      [...page.querySelectorAll('form[action="/admin/notice/confirm"] input')].map((input) => [
        input.getAttribute('name')!,
        input.getAttribute('value')!,
      ]),
    )
    return officer.post('/admin/notice/confirm', { ...fields, ...typed })
  }

  test('is confirmed once with who and when, and stays so after changes', async () => {
    expect((await confirm({})).statusCode).toBe(303)
    expect((await confirm({})).statusCode).toBe(303)
    expect(office.stores.settings.read().noticeConfirmed).toBe(true)
    const said = office.stores.audit.all().filter(({ subject }) => subject === 'noticeConfirmed')
    expect(said).toMatchObject([{ action: 'settings.changed', actor: 'officer', detail: { after: 'yes' } }])
    const url = '/admin/notice/sections/flow'
    await typedInto(another, url, { heading: '流れ', text: '変更後' })
    const page = await viewer.page('/admin/notice')
    expect(textOf(page, 'section[aria-labelledby="confirmation"]')).toMatch(/確認しました。.*試験 officer/)
    expect(page.querySelector('form[action="/admin/notice/confirm"]')).toBeNull()
  })

  test('is not confirmed of what somebody else has changed meanwhile, nor by a viewer', async () => {
    const page = await confirm({ shown: '7' })
    expect(page.statusCode).toBe(409)
    expect(textOf(htmlOf(page), '[role="alert"]')).toContain('まだ変更していません')
    await viewer.get('/admin/notice')
    expect((await viewer.post('/admin/notice/confirm')).statusCode).toBe(403)
    expect(office.stores.settings.read().noticeConfirmed).toBe(false)
  })
})
