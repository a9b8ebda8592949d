import { beforeEach, describe, expect, test } from 'vitest'
import { CONTACT_RESULTS } from '../../../src/domain/survey/contact.ts'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { decodeText } from '../../../src/files/table/encoding.ts'
import { fieldsOf } from '../../support/forms.ts'
import { htmlOf, tableRows, textOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { D, E, fillWorkbench } from '../../support/workbench.ts'
import { readXlsx } from '../../support/xlsx.ts'
import { htmlFlaws } from '../../web/html-flaws.ts'

const office = officeWith()
const viewer = office.officer({ login: 'viewer', role: 'viewer' })
const officer = office.officer()
beforeEach(() => {
  fillWorkbench(office.stores)
  office.stores.submissions.withdraw('R-0004', { at: new Date('2024-03-11'), actor: 'hospital:R-0004' })
})

const rows = async (url = '/admin/nonrespondents', browser = viewer) => {
  const page = await browser.page(url)
  expect(htmlFlaws(page), url).toEqual([])
  const table = page.querySelector('[aria-label="未回答の病院"] table')
  return table ? tableRows(table) : []
}
const names = async (query = '') => (await rows(`/admin/nonrespondents${query}`)).map(([name]) => name)

async function csvRows(url: string): Promise<string[][]> {
  const decoded = decodeText((await viewer.get(url)).rawPayload)
  const parsed = decoded.ok ? parseCsv(decoded.text) : decoded
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.rows
}

/** What was written on the call sheet, as it is typed in. */
const CALL = {
  way: 'phone',
  contactedAt: '令和6年3月11日9時30分',
  caller: '担当 太郎',
  reached: '総務課　鈴木',
  result: 'promised',
  note: '13日までに回答',
}
const call = async (code: string, fields: Record<string, string> = {}) => {
  const page = await officer.page(`/admin/nonrespondents/${code}`)
  const form = fieldsOf(page, `/admin/nonrespondents/${code}`)
  return officer.post(`/admin/nonrespondents/${code}`, { ...form, ...CALL, ...fields })
}

describe('the hospitals without an answer', () => {
  test('are listed with how to reach them, the withdrawn ones too', async () => {
    expect(await rows()).toEqual([
      [
        '戊病院',
        '鹿児島',
        '鹿児島市',
        '50',
        '20～99床',
        '0997-00-0000',
        '（登録なし）',
        'e@hospital.example.jp',
        '未発行',
        '',
        '',
        '',
      ],
      [
        '丁病院',
        '奄美',
        '奄美市',
        '60',
        '20～99床',
        '099-000-0000',
        '（登録なし）',
        '（登録なし）',
        '未発行',
        '',
        '',
        'R-0004（取下げ）',
      ],
    ])
  })

  test('stand in official order: by region, by municipality, by code', async () => {
    addHospitals(
      office.stores,
      { key: '4610000201', name: '鹿屋二', region: '肝属', municipality: '鹿屋市' },
      { key: '4610000300', name: '日置', region: '鹿児島', municipality: '日置市' },
      { key: '4610000200', name: '鹿屋一', region: '肝属', municipality: '鹿屋市' },
      { key: '4610000400', name: '鹿児島', region: '鹿児島', municipality: '鹿児島市' },
    )
    expect(await names()).toEqual(['戊病院', '鹿児島', '日置', '鹿屋一', '鹿屋二', '丁病院'])
  })

  test('take their numbers along in files: with fax, the last contact and what came of it', async () => {
    addHospitals(office.stores, {
      key: E,
      name: '戊病院',
      beds: 50,
      phone: '0997-00-0000',
      fax: '0997-00-0001',
    })
    await call(E)
    const [headers, row] = await csvRows('/admin/nonrespondents.csv')
    const cell = (header: string) => row![headers!.indexOf(header)]
    expect(
      ['電話番号', 'FAX番号', '連絡の方法', '連絡した人', '応対した人', '連絡の結果', '連絡のメモ'].map(cell),
    ).toEqual([
      '0997-00-0000',
      '0997-00-0001',
      '電話',
      '担当 太郎',
      '総務課　鈴木',
      '回答する予定',
      '13日までに回答',
    ])
    const book = await readXlsx((await viewer.get('/admin/nonrespondents.xlsx')).rawPayload)
    expect(book.ok && book.rows[0]).toEqual(headers)
    expect(book.ok && book.rows[1]![headers!.indexOf('電話番号')]).toBe('0997-00-0000')
  })

  test('are narrowed as the list is, and never those who answered', async () => {
    expect(await names(`?${encodeURI('region=奄美')}`)).toEqual(['丁病院'])
    expect(await names('?answered=yes')).toEqual(['戊病院', '丁病院'])
    await call(E)
    expect(await names('?contact=none')).toEqual(['丁病院'])
    expect(await names('?contact=any')).toEqual(['戊病院'])
    expect(await names('?contact=promised')).toEqual(['戊病院'])
    expect(await names('?contact=refused')).toEqual([])
  })

  test('are none once all have answered', async () => {
    saveSubmission(office.stores, { hospital: E })
    saveSubmission(office.stores, { hospital: D })
    expect(textOf(await viewer.page('/admin/nonrespondents'), 'main')).toContain('該当する病院はありません。')
  })
})

describe('a call', () => {
  test('is kept with who called when, who was reached, and what came of it', async () => {
    expect((await call(E)).headers.location).toBe('/admin/nonrespondents?done=recorded')
    expect(office.stores.contacts.ofHospital(E)).toMatchObject([
      {
        contactedAt: new Date('2024-03-11T00:30:00Z'),
        caller: '担当 太郎',
        reached: '総務課　鈴木',
        author: 'officer',
      },
    ])
    expect((await rows())[0]!.join()).toContain('回答する予定')
    expect(textOf(await viewer.page(`/admin/hospitals/${E}`), 'main')).toContain('13日までに回答')
    const entry = office.stores.audit.latest(1)[0]
    expect(entry).toMatchObject({ action: 'contact.added', subject: E, detail: { result: 'promised' } })
  })

  test('is added to, never changed: the newest says how things stand', async () => {
    await call(E, { contactedAt: '令和6年3月11日9時', result: 'absent' })
    await call(E)
    await call(E, { contactedAt: '令和6年3月10日9時', result: 'refused' })
    expect((await rows())[0]!.join()).toContain('回答する予定')
    const page = await officer.page(`/admin/nonrespondents/${E}`)
    expect(tableRows(page.querySelector('[aria-label="連絡の記録"] table')).map((row) => row[4])).toEqual([
      '回答する予定',
      '不在・折返し待ち',
      '回答しない意向',
    ])
    expect(() => office.database.db.run('UPDATE contacts SET result = 1')).toThrow()
  })

  test('entered by a second click is the same one', async () => {
    const page = await officer.page(`/admin/nonrespondents/${E}`)
    const form = { ...fieldsOf(page, `/admin/nonrespondents/${E}`), ...CALL }
    for (let click = 0; click < 2; click += 1)
      expect((await officer.post(`/admin/nonrespondents/${E}`, form)).statusCode).toBe(303)
    expect(office.stores.contacts.ofHospital(E)).toHaveLength(1)
  })

  test('that cannot be is asked for again, with what was typed', async () => {
    const reply = await call(E, { contactedAt: '令和6年3月12日9時', result: '', reached: '鈴木さん' })
    expect(reply.statusCode).toBe(422)
    const page = htmlOf(reply)
    expect(textOf(page, '.error-summary')).toMatch(/連絡した日時.*結果を選択/)
    expect(page.querySelector('#reached')!.getAttribute('value')).toBe('鈴木さん')
    expect(office.stores.contacts.all()).toEqual([])
  })

  test('is no viewer’s to enter, nor of a hospital that there is not', async () => {
    expect((await viewer.get(`/admin/nonrespondents/${E}`)).statusCode).toBe(403)
    expect((await officer.get('/admin/nonrespondents/4699999999')).statusCode).toBe(404)
    expect(
      (await viewer.page('/admin/nonrespondents')).querySelector(`[href="/admin/nonrespondents/${E}"]`),
    ).toBeNull()
  })
})

test('the call sheet lists by region whom to call, with room to write and what is known', async () => {
  await call(E)
  const page = await viewer.page('/admin/nonrespondents/calls')
  expect(htmlFlaws(page)).toEqual([])
  const headings = [...page.querySelectorAll('.calls h2')].map((heading) => heading.textContent)
  expect(headings).toEqual(['鹿児島医療圏（1病院）', '奄美医療圏（1病院）'])
  const [row] = tableRows(page.querySelector('.calls table'))
  const choices = [...page.querySelector('.calls__choices')!.children].map(({ textContent }) => textContent)
  expect(choices).toEqual(CONTACT_RESULTS.map(({ label }) => label))
  expect(row![0]).toContain('戊病院')
  expect(row![1]).toBe('0997-00-0000')
  expect(row![2]).toContain('回答する予定')
  expect([row![3], row![4], row![6]]).toEqual(['', '', ''])
  const narrow = await viewer.page(`/admin/nonrespondents/calls?${encodeURI('region=奄美')}`)
  expect(narrow.querySelectorAll('.calls')).toHaveLength(1)
})
