import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseCsv } from '../../../src/files/table/csv.ts'
import { readSheets } from '../../../src/files/xlsx/read.ts'
import { marksIn, unpacked } from '../../support/disclosure.ts'
import { cookieOf, startWholeOffice, type WholeOffice } from '../../support/whole-office.ts'

let office: WholeOffice
let zip: Buffer
let files: Map<string, Buffer>
let bytes: Map<string, Buffer>
beforeAll(async () => {
  office = await startWholeOffice()
  const reply = await office.app.inject({
    url: '/admin/rounds/1/disclosure.zip',
    headers: { cookie: cookieOf(office.admin) },
  })
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['content-disposition']).toContain(encodeURIComponent('開示用.zip'))
  zip = reply.rawPayload
  ;({ files, bytes } = unpacked(zip))
}, 60_000)
afterAll(() => office.close())

test('the set opens: lists, documents, a text to read first', () => {
  const names = [...files.keys()]
  expect(names).toEqual(
    expect.arrayContaining([
      'はじめにお読みください.txt',
      '01_対象文書の一覧.csv',
      '01_対象文書の一覧.xlsx',
      '02_不開示理由一覧.html',
      '03_確定結果/厚生労働省への報告.csv',
      '03_確定結果/内部資料.xlsx',
      '03_確定結果/決定の記録.html',
      '03_確定結果/区分ごとの最低点.html',
      '03_確定結果/選定の結果.json',
      '04_報告と通知/第1号_厚生労働省への報告.csv',
      '05_一覧と記録/病院台帳.xlsx',
      '05_一覧と記録/操作の記録.csv',
    ]),
  )
  for (const [name, content] of files) {
    if (name.endsWith('.csv')) {
      expect([name, [...content.subarray(0, 3)]]).toEqual([name, [0xef, 0xbb, 0xbf]])
      expect(parseCsv(content.toString('utf8')).ok).toBe(true)
    }
    if (name.endsWith('.xlsx')) expect(readSheets(content).length).toBeGreaterThan(0)
    if (name.endsWith('.json')) JSON.parse(content.toString('utf8'))
  }
})

test('no person, telephone, mail, free word, number of a receipt beside a name, or link is in any byte of it', () => {
  const secrets = new Set<string>()
  for (const { answers, typedHospital } of office.stores.submissions.all()) {
    for (const text of [answers.contactName, answers.email, answers.phone, answers.remarks]) {
      if (text) secrets.add(text)
    }
    if (typedHospital) secrets.add(typedHospital.name)
  }
  for (const { phone, email, fax } of office.stores.hospitals.all())
    for (const text of [phone, email, fax]) if (text) secrets.add(text)
  for (const text of ['hospital.example.jp', '099-', '担当 太郎', '週明けに回答', '/i/', '総務課'])
    secrets.add(text)
  for (const [name, content] of bytes) {
    const text = content.toString('utf8')
    for (const secret of secrets) expect([name, secret, text.includes(secret)]).toEqual([name, secret, false])
  }
})

test('every place that is taken out stands on the list of reasons, with its ground', () => {
  const reasons = rowsOf('02_不開示理由一覧.csv')
  expect(reasons.length).toBeGreaterThan(20)
  const counted = new Map<string, number>()
  for (const { ファイル: path, 箇所の数: count, 区分: ground } of reasons) {
    expect(ground).toMatch(/^(?:個人|法人等|公共安全|審議検討|事務事業)(?:・|$)/)
    counted.set(path!, (counted.get(path!) ?? 0) + Number(count))
  }
  let found = 0
  for (const [name, content] of files) {
    if (/^0[12]_|^はじめに/.test(name)) expect([name, marksIn(name, content)]).toEqual([name, 0])
    else {
      const path = name.replace(/(?:（[^（]*）)?\.\w+$/, '')
      const isFurther = /（[^（]*）\.csv$/.test(name)
      expect([name, marksIn(name, content)]).toEqual([name, isFurther ? 0 : (counted.get(path) ?? 0)])
      found += marksIn(name, content)
    }
  }
  expect(found).toBeGreaterThan(100)
})

test('criteria, seats and counts are open, and who is selected, as the result is shown', () => {
  const report = rowsOf('03_確定結果/厚生労働省への報告.csv')
  expect(report.map((row) => row.医療機関名)).not.toContain('■■')
  expect(report.map((row) => row.選定理由)).toEqual(report.map(() => '■■'))
  expect(rowsOf('03_確定結果/区分ごとの最低点.csv').map((row) => row.支援枠)).toEqual(['2', '1'])
  const snapshot = JSON.parse(files.get('03_確定結果/選定の入力.json')!.toString('utf8'))
  expect(snapshot.policy.criteria).toEqual({})
  expect(new Set(snapshot.candidates.map((each: { inspection: string }) => each.inspection))).toEqual(
    new Set(['■■']),
  )
})

test('on paper no code and no mark is broken apart, and a wide table has wide paper', () => {
  const page = (name: string) => files.get(`${name}.html`)!.toString('utf8')
  expect(page('05_一覧と記録/病院台帳')).toContain('<td class="w">■■</td>')
  expect(page('05_一覧と記録/病院台帳')).toContain('@page{size:A3 landscape')
  expect(page('03_確定結果/決定の記録')).toContain('@page{size:A4 landscape')
})

test('the documents held are listed, those without columns too', () => {
  const held = rowsOf('01_対象文書の一覧.csv')
  const titles = held.map((row) => row.文書)
  expect(titles).toEqual(
    expect.arrayContaining(['保存用一式', '病院台帳', '送付した通知文', '御案内の資料：別添']),
  )
  expect(held.find((row) => row.文書 === '厚生労働省への報告（第1号）')).toMatchObject({
    文書番号: '保医第1号',
    開示の別: '一部開示',
    '原本のSHA-256': '掲載しない',
  })
})

test('it is on the record, and for officers alone', async () => {
  expect(office.stores.audit.all().filter(({ action }) => action === 'disclosure.made')).toMatchObject([
    { subject: 'round 1', detail: { edition: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
  ])
  const unknown = await office.app.inject({
    url: '/admin/rounds/7/disclosure.zip',
    headers: { cookie: cookieOf(office.admin) },
  })
  expect(unknown.statusCode).toBe(404)
})

function rowsOf(name: string): Record<string, string>[] {
  const read = parseCsv(files.get(name)!.toString('utf8'))
  if (!read.ok) throw new Error(read.message)
  const [headers, ...rows] = read.rows
  return rows.map((cells) =>
    Object.fromEntries(headers!.map((header, place) => [header, cells[place] ?? ''])),
  )
}
