import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pageAsFile } from '../../../src/admin/package/page-as-file.ts'
import { verifyPageBytes } from '../../../src/files/reports/verify-page.ts'
import { officersBrowser, signedIn } from '../../support/officer.ts'
import { startWholeOffice, type WholeOffice } from '../../support/whole-office.ts'

let office: WholeOffice
let files: Record<string, Uint8Array>
beforeAll(async () => {
  office = await startWholeOffice()
  const reply = await office.admin.get('/admin/package.zip')
  expect(reply.headers['content-type']).toBe('application/zip')
  files = unzipSync(reply.rawPayload)
})
afterAll(() => office.close())

/** The one page with a script: it computes. */
const VERIFY = '確定した選定の検証.html'
const named = (part: string) => Object.keys(files).filter((name) => name.includes(part))

test('everything that is needed inside is in it, and a page says so beforehand', async () => {
  for (const part of [
    '病院台帳.xlsx',
    '回答一覧.xlsx',
    '未回答の病院',
    '起案',
    '厚生労働省への報告.xlsx',
    '保存用一式.json',
    '未回答の病院.xlsx',
    '集計.xlsx',
    '集計.html',
    '御案内.html',
    '差込み用.xlsx',
    '通知文.html',
    '04_報告/第1号_報告.xlsx',
    '操作の記録.csv',
  ])
    expect([part, named(part).length > 0]).toEqual([part, true])
  const page = await office.admin.page('/admin/package')
  const listed = [...page.querySelectorAll('main dt')].map(({ textContent }) => textContent)
  expect(listed.sort()).toEqual(
    Object.keys(files)
      .filter((name) => !name.endsWith('.txt'))
      .sort(),
  )
})

test('the files of a round are its very bytes', async () => {
  const { rawPayload } = await office.admin.get('/admin/rounds/1/archive.json')
  expect(Buffer.from(files[named('保存用一式.json')[0]!]!)).toEqual(rawPayload)
})

test('whoever has it can check its archives: the page for that is the very file', () => {
  expect(Buffer.from(files[named(VERIFY)[0]!]!)).toEqual(verifyPageBytes())
})

test('a report is the very bytes that were sent; no file has a link by which a hospital answers', async () => {
  const { rawPayload } = await office.admin.get('/admin/reports/1/ministry.xlsx')
  expect(Buffer.from(files[named('第1号_報告.xlsx')[0]!]!)).toEqual(rawPayload)
  for (const name of Object.keys(files).filter((each) => /\.(html|csv|txt|json)$/.test(each)))
    expect([name, /\/i\/\d+-[\w-]{10,}/.exec(strFromU8(files[name]!))?.[0]]).toEqual([name, undefined])
})

test('the readme names every file with its hash, in a form that Windows reads', () => {
  const bytes = Buffer.from(files['はじめにお読みください.txt']!)
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  const readme = bytes.toString('utf8')
  for (const name of Object.keys(files).filter((each) => !each.endsWith('.txt')))
    expect(readme).toContain(`■${name}\r\n`)
  expect(readme.match(/SHA-256：[0-9a-f]{64}/g)).toHaveLength(Object.keys(files).length - 1)
})

test('a page in it opens by itself: no script, no form, no address of ours, its styles within', () => {
  const pages = named('.html').filter((name) => !name.endsWith(VERIFY))
  expect(pages.length).toBeGreaterThan(2)
  for (const name of pages) {
    const html = strFromU8(files[name]!)
    expect([
      name,
      /<script|<form|<header class="admin-header"|_csrf|(?:href|src|action)="\//.exec(html)?.[0],
    ]).toEqual([name, undefined])
    expect(html).toContain('<style>')
    expect(html).toMatch(/<h1[^>]*>[^<]+/)
  }
})

test('what looks like a replacement within a style stays as it is', async () => {
  const page =
    '<head><link rel="stylesheet" href="/assets/a.css?v=1">\n</head><a class="x" href="/admin">戻る</a>'
  expect(await pageAsFile(page, async (href) => `/* ${href} $& $' */`)).toBe(
    '<head><style>/* /assets/a.css?v=1 $& $\' */</style>\n</head><a class="x">戻る</a>',
  )
})

test('that it was taken is on the record; a viewer takes nothing', async () => {
  expect(office.stores.audit.all().some(({ action }) => action === 'package.exported')).toBe(true)
  const viewer = await signedIn(office, { login: 'viewer', role: 'viewer' })
  for (const url of ['/admin/package', '/admin/package.zip'])
    expect((await viewer.get(url)).statusCode).toBe(403)
  expect((await officersBrowser(office).get('/admin/package.zip')).statusCode).toBe(303)
})
