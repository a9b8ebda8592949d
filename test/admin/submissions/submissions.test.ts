import { describe, expect, test } from 'vitest'
import { parseCsv, plainCell } from '../../../src/files/table/csv.ts'
import { decodeText } from '../../../src/files/table/encoding.ts'
import { XLSX_TYPE } from '../../../src/files/xlsx/write.ts'
import { htmlOf } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'
import { readXlsx } from '../../support/xlsx.ts'

const office = officeWith()
const browser = office.officer({ role: 'viewer' })

/** Three hospitals that answered, one of them twice, and one answer from outside the master. */
function fill(): void {
  const { stores } = office
  addHospitals(
    stores,
    { key: '4610000011', name: '桜島病院', kana: 'サクラジマビョウイン', region: '鹿児島', beds: 40 },
    { key: '4610000029', name: '奄美病院', kana: 'アマミビョウイン', region: '奄美', beds: 250 },
    { key: '4610000037', name: '出水病院', kana: 'イズミビョウイン', region: '出水', beds: 10 },
  )
  saveSubmission(stores, {
    hospital: '4610000011',
    at: '2024-03-11T01:00:00Z',
    contactName: '桜 一郎',
    phone: '099-111-2222',
    remarks: '=1+1',
    masterCorrection: '許可病床数は38床です',
  })
  saveSubmission(stores, {
    hospital: '4610000029',
    at: '2024-03-11T02:00:00Z',
    emr: 'planned',
    emrPlannedMonth: '2024-09',
    intent: 'backup',
    gmisConsent: false,
  })
  saveSubmission(stores, {
    hospital: '4610000037',
    at: '2024-03-11T03:00:00Z',
    emr: 'none',
    intent: 'none',
  })
  saveSubmission(stores, { hospital: '4610000011', at: '2024-03-11T04:00:00Z', intent: 'network' })
  saveSubmission(stores, {
    hospital: { name: '台帳にない病院', address: '鹿児島市架空町1', beds: 30 },
    at: '2024-03-11T05:00:00Z',
  })
}

async function numbersOf(query: string): Promise<string[]> {
  const page = await browser.page(`/admin/submissions${query}`)
  return [...page.querySelectorAll('tbody tr td:first-child')].map((cell) => cell.textContent!.trim())
}

describe('the list', () => {
  test('shows every answer, newest first, with hospital and state', async () => {
    fill()
    const page = await browser.page('/admin/submissions')
    expect(page.querySelector('h1')!.textContent).toBe('回答一覧')
    const rows = [...page.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td, th')].map((cell) => cell.textContent!.trim()),
    )
    expect(rows).toEqual([
      [
        'R-0005',
        '台帳にない病院',
        '—',
        '30',
        '20～99床',
        '導入済み',
        '両方',
        '可',
        '令和6年3月11日（月）\n14時00分',
        '特定待ち',
        '',
      ],
      [
        'R-0004',
        '桜島病院',
        '鹿児島',
        '40',
        '20～99床',
        '導入済み',
        'ネットワークのみ',
        '可',
        '令和6年3月11日（月）\n13時00分',
        '重複',
        '',
      ],
      [
        'R-0003',
        '出水病院',
        '出水',
        '10',
        '区分外',
        'なし',
        '希望しない',
        '可',
        '令和6年3月11日（月）\n12時00分',
        '有効',
        '',
      ],
      [
        'R-0002',
        '奄美病院',
        '奄美',
        '250',
        '200～299床',
        '導入予定（令和6年9月）',
        'バックアップのみ',
        '否',
        '令和6年3月11日（月）\n11時00分',
        '有効',
        '',
      ],
      [
        'R-0001',
        '桜島病院',
        '鹿児島',
        '40',
        '20～99床',
        '導入済み',
        '両方',
        '可',
        '令和6年3月11日（月）\n10時00分',
        '有効 訂正の申出',
        '',
      ],
    ])
    expect(page.querySelector('.list-head p')!.textContent).toBe('5件')
  })

  test.each([
    ['?q=さくらじま', ['R-0004', 'R-0001']],
    ['?q=桜島', ['R-0004', 'R-0001']],
    ['?q=r0002', ['R-0002']],
    ['?q=0991112222', ['R-0001']],
    ['?q=桜一郎', ['R-0001']],
    ['?q=桜　一郎', ['R-0001']],
    ['?q=%25', []],
    ['?state=duplicate', ['R-0004']],
    ['?state=unlinked', ['R-0005']],
    ['?emr=planned', ['R-0002']],
    ['?intent=none', ['R-0003']],
    ['?region=奄美', ['R-0002']],
    ['?region=どこでもない', []],
    ['?band=20-99', ['R-0005', 'R-0004', 'R-0001']],
    ['?band=none', ['R-0003']],
    ['?correction=yes', ['R-0001']],
    ['?correction=no&band=none', ['R-0003']],
    ['?state=current&intent=both', ['R-0001']],
    [
      '?state=nonsense&emr=x&intent=&page=0&sort=constructor',
      ['R-0005', 'R-0004', 'R-0003', 'R-0002', 'R-0001'],
    ],
    ['?state=current&state=duplicate', ['R-0004']],
  ])('narrows: %s', async (query, numbers) => {
    fill()
    expect(await numbersOf(encodeURI(query).replaceAll('%2525', '%25'))).toEqual(numbers)
  })

  test.each([
    ['hospital', ['R-0002', 'R-0003', 'R-0001', 'R-0004', 'R-0005']],
    ['beds', ['R-0003', 'R-0005', 'R-0001', 'R-0004', 'R-0002']],
    ['-beds', ['R-0002', 'R-0004', 'R-0001', 'R-0005', 'R-0003']],
    ['region', ['R-0001', 'R-0004', 'R-0003', 'R-0002', 'R-0005']],
    ['number', ['R-0001', 'R-0002', 'R-0003', 'R-0004', 'R-0005']],
    ['state', ['R-0001', 'R-0002', 'R-0003', 'R-0004', 'R-0005']],
    ['emr', ['R-0001', 'R-0004', 'R-0005', 'R-0002', 'R-0003']],
    ['intent', ['R-0001', 'R-0005', 'R-0004', 'R-0002', 'R-0003']],
    ['-gmisConsent', ['R-0002', 'R-0005', 'R-0004', 'R-0003', 'R-0001']],
    ['submittedAt', ['R-0001', 'R-0002', 'R-0003', 'R-0004', 'R-0005']],
  ])('sorts by %s', async (sort, numbers) => {
    fill()
    expect(await numbersOf(`?sort=${sort}`)).toEqual(numbers)
  })

  test('says by what it is sorted, and keeps the filter in every link', async () => {
    fill()
    const page = await browser.page('/admin/submissions?sort=beds&state=current')
    const sorted = page.querySelectorAll('th[aria-sort]')
    expect(sorted).toHaveLength(1)
    expect(sorted[0]!.textContent).toBe('病床数')
    expect(sorted[0]!.getAttribute('aria-sort')).toBe('ascending')
    expect(sorted[0]!.querySelector('a')!.getAttribute('href')).toBe(
      '/admin/submissions?state=current&sort=-beds',
    )
    const files = [...page.querySelectorAll('a[href*=".csv"]')].map((link) => link.getAttribute('href'))
    expect(files).toEqual([
      '/admin/submissions.csv?state=current&sort=beds',
      '/admin/submissions.csv?state=current&encoding=cp932&sort=beds',
    ])
    expect(page.querySelector('#state option[selected]')!.textContent).toBe('有効')
  })

  test('has fifty a page', async () => {
    const { stores } = office
    const codes = Array.from({ length: 51 }, (_, index) => `46100${String(index).padStart(5, '0')}`)
    addHospitals(stores, ...codes.map((code) => ({ key: code, name: `病院${code}` })))
    for (const hospital of codes) saveSubmission(stores, { hospital })
    const first = await browser.page('/admin/submissions?sort=number')
    expect(first.querySelectorAll('tbody tr')).toHaveLength(50)
    expect(first.querySelector('.list-head p')!.textContent).toBe('51件のうち1～50件目')
    expect(first.querySelector('a[rel="prev"]')).toBeNull()
    const href = first.querySelector('a[rel="next"]')!.getAttribute('href')!
    expect(href).toBe('/admin/submissions?sort=number&page=2')
    expect(await numbersOf('?sort=number&page=2')).toEqual(['R-0051'])
    expect(await numbersOf('?sort=number&page=99')).toEqual(['R-0051'])
  })

  test('is friendly while empty', async () => {
    const page = await browser.page('/admin/submissions')
    expect(page.querySelector('main')!.textContent).toContain('該当する回答はありません。')
    expect(page.querySelector('table')).toBeNull()
  })

  test('escapes what was typed', async () => {
    fill()
    saveSubmission(office.stores, {
      hospital: { name: '<script>alert(1)</script>', address: '&', beds: 20 },
    })
    const reply = await browser.get('/admin/submissions?q=%22%3E%3Cscript%3E')
    expect(reply.body).not.toContain('<script>')
    expect(htmlOf(await browser.get('/admin/submissions')).querySelector('script')).toBeNull()
  })
})

describe('the file', () => {
  const HEAD =
    '受付番号,状態,医療機関コード,医療機関名,二次医療圏,市町村,許可病床数,病床規模区分,電子カルテ導入状況,導入予定時期,希望する支援内容,GMIS調査回答の活用,担当部署,担当者名,電話番号,メールアドレス,備考,病院の登録内容の訂正,受付方法,受付日時,照会・確認,確認事項,訂正日時'

  test.each([
    ['', 'utf-8', [0xef, 0xbb, 0xbf]],
    ['&encoding=cp932', 'cp932', [0x8e, 0xf3, 0x95]],
  ])('holds what the filter shows, in the encoding asked for%s', async (encoding, expected, start) => {
    fill()
    const reply = await browser.get(`/admin/submissions.csv?state=current&sort=number${encoding}`)
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['content-disposition']).toBe(
      `attachment; filename="submissions.csv"; filename*=UTF-8''${encodeURIComponent('回答一覧.csv')}`,
    )
    expect(reply.headers['cache-control']).toBe('no-store')
    expect([...reply.rawPayload.subarray(0, 3)]).toEqual(start)
    const text = decodeText(reply.rawPayload)
    expect(text.ok && text.encoding).toBe(expected)
    const parsed = parseCsv(text.ok ? text.text : '')
    const rows = parsed.ok ? parsed.rows : []
    expect(rows).toEqual([
      HEAD.split(','),
      [
        'R-0001',
        '有効',
        '4610000011',
        '桜島病院',
        '鹿児島',
        '鹿児島市',
        '40',
        '20～99床',
        '導入済み（病院全体）',
        '',
        '両方の支援を希望する',
        '活用してよい',
        '総務課',
        '桜 一郎',
        '099-111-2222',
        'hanako@hospital.example.jp',
        "'=1+1",
        '許可病床数は38床です',
        '回答フォーム',
        '令和6年3月11日（月）10時00分',
        '',
        '病床数の訂正の申出、別の病院と同じメールアドレス',
        '',
      ],
      [
        'R-0002',
        '有効',
        '4610000029',
        '奄美病院',
        '奄美',
        '鹿児島市',
        '250',
        '200～299床',
        '導入予定',
        '令和6年9月',
        '「オフライン・バックアップ体制の整備」のみ希望する',
        '活用を希望しない',
        '総務課',
        '試験 花子',
        '099-000-0000',
        'hanako@hospital.example.jp',
        '',
        '',
        '回答フォーム',
        '令和6年3月11日（月）11時00分',
        '',
        '別の病院と同じメールアドレス',
        '',
      ],
      [
        'R-0003',
        '有効',
        '4610000037',
        '出水病院',
        '出水',
        '鹿児島市',
        '10',
        '',
        '導入していない（予定もない）',
        '',
        '希望しない',
        '活用してよい',
        '総務課',
        '試験 花子',
        '099-000-0000',
        'hanako@hospital.example.jp',
        '',
        '',
        '回答フォーム',
        '令和6年3月11日（月）12時00分',
        '',
        '別の病院と同じメールアドレス',
        '',
      ],
    ])
  })

  test('as Excel holds the same rows, codes and phone numbers as text, instants as dates', async () => {
    fill()
    const csv = await browser.get('/admin/submissions.csv?state=current&sort=number')
    const xlsx = await browser.get('/admin/submissions.xlsx?state=current&sort=number')
    expect(xlsx.headers['content-type']).toBe(XLSX_TYPE)
    const sheet = await readXlsx(xlsx.rawPayload)
    const guarded = parseCsv(csv.body)
    // A text cell of Excel is never a formula: only the CSV needs the guard.
    const place = HEAD.split(',').indexOf('受付日時')
    const withoutTime = (rows: string[][]) => rows.map((row) => row.toSpliced(place, 1))
    expect(sheet.ok && withoutTime(sheet.rows)).toEqual(
      guarded.ok && withoutTime(guarded.rows.map((row) => row.map(plainCell))),
    )
    // 令和6年3月11日10時, 11時 and 12時, as a date cell holds them.
    const hours = sheet.ok ? sheet.rows.slice(1).map((row) => row[place]) : []
    expect(hours).toEqual([10, 11, 12].map((hour) => `2024-03-11 ${hour}:00`))
    expect(sheet.ok && sheet.rows.length).toBeGreaterThan(1)
    expect(office.stores.audit.latest(1)).toMatchObject([{ action: 'submissions.exported', subject: 'xlsx' }])
  })

  test('is on the record', async () => {
    fill()
    await browser.get('/admin/submissions.csv?q=桜')
    const [entry] = office.stores.audit.latest(1)
    expect(entry).toMatchObject({
      actor: 'officer',
      action: 'submissions.exported',
      detail: { rows: 2, encoding: 'utf-8' },
    })
  })

  test('has another in Shift_JIS for a character that it lacks', async () => {
    addHospitals(office.stores, { name: '𠮷野病院' })
    saveSubmission(office.stores)
    const cp932 = await browser.get('/admin/submissions.csv?encoding=cp932')
    expect(new TextDecoder('shift_jis').decode(cp932.rawPayload)).toContain('吉野病院')
    expect((await browser.get('/admin/submissions.csv?encoding=utf-8')).body).toContain('𠮷野病院')
  })
})
