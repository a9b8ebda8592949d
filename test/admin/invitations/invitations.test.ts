import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, tableRows, textOf } from '../../support/html.ts'
import { BROWSER, invitationOf, invitationPath } from '../../support/invitations.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { A, B, C, D, E, fillWorkbench, LARGE } from '../../support/workbench.ts'
import { readXlsx } from '../../support/xlsx.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith({ onDisk: true })
const officer = office.officer()
const other = office.officer({ login: 'other' })
const viewer = office.officer({ login: 'viewer', role: 'viewer' })
beforeEach(() => {
  rmSync(`${office.databasePath}.invitation-key`, { force: true })
  fillWorkbench(office.stores)
})

const page = async (url: string, browser = officer) => {
  const found = await browser.page(url)
  expect(htmlFlaws(found), url).toEqual([])
  return found
}
const rows = async (query = '') => {
  const list = await page(`/admin/invitations${query}`)
  const table = list.querySelector('[aria-label="調査依頼"] table')
  return table ? tableRows(table) : []
}
/** The name and the state of each. */
const states = async (query = '') => (await rows(query)).map((row) => `${row[1]} ${row[5]}`)

/** As an officer does it: the page of the act, then its one button. */
async function issue(query = '', browser = officer) {
  const form = fieldsOf(await page(`/admin/invitations/issue${query}`, browser), '/admin/invitations')
  const shown = await browser.page(`/admin/invitations/issue${query}`)
  const hospitals = [...shown.querySelectorAll('input[name="hospital"]')].map(
    (field) => field.getAttribute('value')!,
  )
  const body = new URLSearchParams(hospitals.map((code) => ['hospital', code]))
  const reply = await browser.postText('/admin/invitations', String(body))
  return { reply, form, hospitals }
}
const act = async (code: string, what: 'reissue' | 'revoke', fields: Record<string, string> = {}) => {
  const address = `/admin/invitations/${code}/${what}`
  const form = fieldsOf(await page(address), address)
  return officer.post(address, { ...form, reason: '誤って送ったため', ...fields })
}

describe('links are issued', () => {
  test('to all, once each, and the key is made with the first', async () => {
    expect(existsSync(`${office.databasePath}.invitation-key`)).toBe(false)
    const { reply } = await issue()
    expect(reply.headers.location).toBe('/admin/invitations?done=issued&count=6')
    expect(statSync(`${office.databasePath}.invitation-key`).mode & 0o777).toBe(0o600)
    const done = textOf(await page(reply.headers.location as string), '.done')
    expect(done).toContain('6病院に回答用リンクを発行しました')
    expect(textOf(await page('/admin/invitations/issue'), 'main')).toContain('発行する病院がありません')
    expect(office.stores.invitations.all()).toHaveLength(6)
  })

  test('those whose letter would lack an address are named, each with its page', async () => {
    const lacking = [...(await page('/admin/invitations/issue')).querySelectorAll('main li > a')]
    const { hospitals } = office.stores
    const without = hospitals.all().filter(({ postcode, address }) => !(postcode && address))
    expect(without.length).toBeGreaterThan(0)
    expect(lacking.map((each) => each.getAttribute('href')).sort()).toEqual(
      without.map(({ key }) => `/admin/hospitals/${key}`).sort(),
    )
  })

  test('to a region, and to chosen ones', async () => {
    await issue(`?${encodeURI('region=奄美')}`)
    expect(office.stores.invitations.all().map(({ hospitalCode }) => hospitalCode)).toEqual([D, LARGE])
    const { reply } = await issue(`?hospital=${A}&hospital=${D}`)
    expect(reply.headers.location).toContain('count=1')
    expect(await states('?state=none')).toEqual(['乙病院 未発行', '丙病院 未発行', '戊病院 未発行'])
  })

  test('by a form of a program too: all, or a region by its name', async () => {
    await officer.page('/admin/invitations/issue')
    await officer.post('/admin/invitations', { region: '奄美' })
    expect(office.stores.invitations.all()).toHaveLength(2)
    await officer.post('/admin/invitations', { scope: 'all' })
    expect(office.stores.invitations.all()).toHaveLength(6)
    const none = await officer.post('/admin/invitations', {})
    expect([none.statusCode, textOf(htmlOf(none), '.banner')]).toEqual([
      422,
      expect.stringContaining('病院を選んで'),
    ])
  })

  test('by two officers at once, once', async () => {
    await page('/admin/invitations/issue', other)
    await issue()
    const again = await other.postText('/admin/invitations', `hospital=${A}&hospital=${B}`)
    expect(again.headers.location).toContain('count=0')
    expect(invitationOf(office, A).counter).toBe(1)
    const entries = office.stores.audit.all().filter(({ action }) => action === 'invitations.issued')
    expect(entries).toHaveLength(1)
  })

  test('by nobody who only reads', async () => {
    for (const url of [
      '/admin/invitations',
      '/admin/invitations.xlsx',
      '/admin/invitations/letters',
      `/admin/invitations/${A}`,
    ])
      expect((await viewer.get(url)).statusCode, url).toBe(403)
    await viewer.page('/admin/nonrespondents')
    expect((await viewer.post('/admin/invitations', { scope: 'all' })).statusCode).toBe(403)
  })
})

test('no link stands in the database, its record or a session', async () => {
  await issue()
  await page(`/admin/invitations/${A}`)
  await office.app.inject({ url: invitationPath(office, A), headers: BROWSER })
  await act(A, 'reissue')
  const token = invitationPath(office, B).split('-')[1]!
  office.database.ping()
  copyFileSync(office.databasePath, `${office.databasePath}.copy`)
  const bytes = [office.databasePath, `${office.databasePath}-wal`]
    .filter(existsSync)
    .map((path) => readFileSync(path))
  for (const each of bytes) expect(each.includes(token)).toBe(false)
  const key = readFileSync(`${office.databasePath}.invitation-key`, 'utf8').trim()
  for (const each of bytes) expect(each.includes(key)).toBe(false)
})

describe('the list says how far each hospital is', () => {
  test('未着手, 閲覧済み, 回答済み, 取消し', async () => {
    await issue(`?hospital=${E}&hospital=${D}&hospital=${A}`)
    expect(await states(`?q=${encodeURIComponent('戊')}`)).toEqual(['戊病院 未着手'])
    await office.app.inject({ url: invitationPath(office, E), headers: BROWSER })
    expect(await states(`?q=${encodeURIComponent('戊')}`)).toEqual(['戊病院 閲覧済み'])
    expect(await states('?state=answered')).toEqual(['甲病院 回答済み', '丁病院 回答済み'])
    await act(E, 'revoke')
    expect(await states('?state=revoked')).toEqual(['戊病院 取消し'])
    expect(await states('?state=untouched')).toEqual([])
  })

  test('with counts that lead to their lists', async () => {
    await issue()
    const links = [...(await page('/admin/invitations')).querySelectorAll('.counts a')]
    for (const link of links)
      expect(await rows(link.getAttribute('href')!.replace('/admin/invitations', ''))).toHaveLength(
        Number(/\d+/.exec(link.textContent!)![0]),
      )
  })
})

describe('the file for a mail merge', () => {
  test('has link, address, deadline and numbers, each as text', async () => {
    addHospitals(office.stores, {
      key: E,
      name: '戊病院',
      postcode: '890-0001',
      fax: '099-000-0002',
      phone: '0990000001',
    })
    await issue()
    const book = await readXlsx((await officer.get('/admin/invitations.xlsx')).rawPayload)
    if (!book.ok) throw new Error(book.message)
    const [headers, ...found] = book.rows
    const row = found.find((cells) => cells.includes('戊病院'))!
    const cell = (header: string) => row[headers!.indexOf(header)]
    expect(cell('郵便番号')).toBe('890-0001')
    expect(cell('FAX番号')).toBe('099-000-0002')
    expect(cell('電話番号')).toBe('099-000-0001')
    expect(cell('回答用リンク')).toBe(`${office.publicUrl}${invitationPath(office, E)}`)
    expect(cell('回答期限')).toBe('令和6年3月18日（月）24時')
    expect(found).toHaveLength(6)
  })

  test('holds chosen ones alone, and no link that is revoked', async () => {
    await issue()
    await act(B, 'revoke')
    const reply = await officer.get(`/admin/invitations.xlsx?hospital=${A}&hospital=${B}`)
    const book = await readXlsx(reply.rawPayload)
    if (!book.ok) throw new Error(book.message)
    const at = book.rows[0]!.indexOf('回答用リンク')
    expect(book.rows.slice(1).map((row) => Boolean(row[at]))).toEqual([true, false])
    expect((await officer.get('/admin/invitations.csv')).statusCode).toBe(200)
  })
})

describe('letters', () => {
  test('carry address, deadline, link and its QR code, a sheet each', async () => {
    addHospitals(office.stores, { key: E, name: '戊病院', postcode: '890-0001', address: '鹿児島市架空町1' })
    await issue()
    const letters = await page('/admin/invitations/letters')
    expect(letters.querySelectorAll('.letter')).toHaveLength(6)
    const mine = [...(await page(`/admin/invitations/letters?hospital=${E}`)).querySelectorAll('.letter')]
    expect(mine).toHaveLength(1)
    const text = mine[0]!.textContent!.replace(/\s+/g, ' ')
    for (const part of [
      '〒890-0001',
      '鹿児島市架空町1',
      '戊病院',
      '院長 様',
      '令和6年3月18日（月）24時',
      '（依頼）',
    ])
      expect(text).toContain(part)
    expect(text).toContain(`${office.publicUrl}${invitationPath(office, E)}`)
    expect(mine[0]!.querySelector('svg path')!.getAttribute('d')).toMatch(/^M4 4h7v1h-7z/)
    expect(mine[0]!.querySelector('[style]')).toBeNull()
  })

  test('are printed again with the same link', async () => {
    await issue()
    const first = textOf(await page(`/admin/invitations/letters?hospital=${A}`), '.letter__address')
    await office.restart('2024-03-12T00:00:00Z')
    await officer.signIn()
    expect(textOf(await page(`/admin/invitations/letters?hospital=${A}`), '.letter__address')).toBe(first)
  })

  test('there are none without a link, which the page says', async () => {
    await issue(`?hospital=${A}`)
    const main = textOf(await page('/admin/invitations/letters'), 'main')
    expect(main).toContain('有効なリンクがない5病院（乙病院、丙病院、戊病院、丁病院、大病院）')
  })

  const text = {
    documentNumber: '保医福第１２３号',
    datedOn: '令和6年3月8日',
    sender: '保健医療福祉課長',
    person: '院長　殿',
  }
  const write = async (fields: Record<string, string>, browser = officer) => {
    const form = fieldsOf(await page('/admin/invitations/text', browser), '/admin/invitations/text')
    return browser.post('/admin/invitations/text', { ...form, ...fields })
  }

  test('have the number, the day and the words that the officer writes', async () => {
    await issue()
    const reply = await write({ ...text, subject: '調査について（{病院名}）', body: '一つ目\n\n二つ目' })
    expect(reply.statusCode).toBe(303)
    const letter = textOf(await page(`/admin/invitations/letters?hospital=${A}`), '.letter')
    for (const part of [
      '保医福第１２３号',
      '令和6年3月8日',
      '保健医療福祉課長',
      '院長 殿',
      '調査について（甲病院）',
    ])
      expect(letter).toContain(part)
  })

  test('a text that cannot be is refused, and what was typed stays', async () => {
    const reply = await write({ ...text, datedOn: '3月8日頃', person: '', body: '{病院}', subject: '標題' })
    expect(reply.statusCode).toBe(422)
    const shown = htmlOf(reply)
    expect(textOf(shown, '.error-summary')).toMatch(/日付は.*宛先の敬称.*「{病院}」は使えません/)
    expect(shown.querySelector('#datedOn')!.getAttribute('value')).toBe('3月8日頃')
    expect(office.stores.messageTexts.head().version).toBe(0)
  })

  test('of two officers the second is told of the first', async () => {
    const mine = fieldsOf(await page('/admin/invitations/text'), '/admin/invitations/text')
    await write({ body: '先の人' }, other)
    const reply = await officer.post('/admin/invitations/text', { ...mine, body: '後の人' })
    expect(reply.statusCode).toBe(409)
    expect(textOf(htmlOf(reply), '#body')).toBe('後の人')
    expect(office.stores.messageTexts.current('letter').body).toBe('先の人')
  })
})

describe('one hospital’s link', () => {
  test('is shown on its page, with what happened to it', async () => {
    await issue()
    const shown = await page(`/admin/invitations/${A}`)
    expect(textOf(shown, '#link')).toBe(`${office.publicUrl}${invitationPath(office, A)}`)
    await act(A, 'reissue')
    const again = await page(`/admin/invitations/${A}?done=reissue`)
    expect(textOf(again, '#link')).not.toBe(textOf(shown, '#link'))
    expect(textOf(again, 'main')).toMatch(/再発行（前のリンクは取消し）.*誤って送ったため.*発行/)
    expect(textOf(await page('/admin/invitations'), 'main')).not.toContain('undefined')
  })

  test('ends with a reason, and not without', async () => {
    await issue()
    const path = invitationPath(office, C)
    expect((await act(C, 'revoke', { reason: ' ' })).statusCode).toBe(422)
    expect((await office.app.inject({ url: path })).statusCode).toBe(200)
    expect((await act(C, 'revoke')).headers.location).toBe(`/admin/invitations/${C}?done=revoke`)
    expect((await office.app.inject({ url: path })).statusCode).toBe(410)
    expect((await officer.get(`/admin/invitations/${C}/revoke`)).statusCode).toBe(303)
    await act(C, 'reissue')
    expect((await office.app.inject({ url: invitationPath(office, C) })).statusCode).toBe(200)
  })

  test('that somebody else has issued anew meanwhile is not revoked unseen', async () => {
    await issue()
    const address = `/admin/invitations/${A}/revoke`
    const form = fieldsOf(await page(address), address)
    office.stores.invitations.reissue(A, 1, { actor: 'other', at: office.now(), reason: '再送' })
    const reply = await officer.post(address, { ...form, reason: '誤送付' })
    expect(reply.statusCode).toBe(409)
    expect(textOf(htmlOf(reply), '#reason')).toBe('誤送付')
    expect(invitationOf(office, A).revokedAt).toBeNull()
  })
})

describe('the key', () => {
  const file = () => `${office.databasePath}.invitation-key`

  test('that is missing is said on every page of links, and opens none', async () => {
    await issue()
    const path = invitationPath(office, A)
    renameSync(file(), `${file()}.away`)
    expect((await office.app.inject({ url: path })).statusCode).toBe(404)
    for (const url of ['', `/${A}`, '/letters', '/issue'])
      expect(textOf(await page(`/admin/invitations${url}`), '.banner--error'), url).toContain(
        '鍵が見つかりません',
      )
    await officer.page('/admin/invitations')
    expect((await officer.post('/admin/invitations', { scope: 'all' })).statusCode).toBe(409)
    expect(existsSync(file())).toBe(false)
    renameSync(`${file()}.away`, file())
    expect((await office.app.inject({ url: path })).statusCode).toBe(200)
  })

  test('that is another one is said, and taken over with a reason alone', async () => {
    await issue()
    const path = invitationPath(office, A)
    rmSync(file())
    office.invitationKey.create()
    expect(textOf(await page('/admin/invitations'), '.banner--error')).toContain('これまでの鍵と違います')
    expect((await office.app.inject({ url: path })).statusCode).toBe(404)
    const change = (reason: string) => officer.post('/admin/invitations/key', { reason })
    await page('/admin/invitations/key')
    expect((await change(' ')).statusCode).toBe(422)
    expect((await change('機器の故障')).headers.location).toBe('/admin/invitations?done=key')
    expect((await office.app.inject({ url: path })).statusCode).toBe(404)
    expect((await office.app.inject({ url: invitationPath(office, A) })).statusCode).toBe(200)
    expect((await change('もう一度')).statusCode).toBe(409)
    expect(office.stores.audit.latest(2).map(({ action }) => action)).toContain('invitation-key.changed')
  })

  test('of a survey without links is made when it is needed', async () => {
    expect(textOf(await page('/admin/invitations/key'), 'main')).toContain(
      '最初の回答用リンクを発行するときに',
    )
    await issue()
    expect(textOf(await page('/admin/invitations/key'), 'main')).toContain('問題なし')
  })
})

test('an answer without the link is told from one with it, on the list and in the file', async () => {
  await issue()
  saveSubmission(office.stores, { hospital: E })
  const [row] = await rows(`?q=${encodeURIComponent('戊')}`)
  expect(row!.at(-1)).toBe('R-0006')
  expect(office.stores.submissions.byNumber('R-0006')?.isMatched).toBe(false)
})
