import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseHTML } from 'linkedom'
import { afterAll, describe, expect, test } from 'vitest'
import { receiptMailsFrom } from '../src/mail/receipt-mail.ts'
import { htmlOf, type Page } from './support/html.ts'
import { addresses } from './support/route-table.ts'
import { cookieOf, sampleOf, startWholeOffice } from './support/whole-office.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** The table of CONTRIBUTING.md: what is not to be read anywhere, with what stands in its place. */
const BANNED = readFileSync(resolve(ROOT, 'CONTRIBUTING.md'), 'utf8')
  .split('## Words on screen')[1]!
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| on screen'))
  .flatMap((line) => {
    const [allowed, banned] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim())
    return banned!.split('、').map((word) => ({ word, allowed: allowed! }))
  })

/** A banned text within a longer word that is none. */
const INNOCENT = ['今のところ', '選定病院一覧', '病院台帳の病院']

function bannedWordsIn(text: string): string[] {
  const read = INNOCENT.reduce((rest, word) => rest.replaceAll(word, ''), text)
  return BANNED.filter(({ word }) => read.includes(word)).map(({ word, allowed }) => `${word} → ${allowed}`)
}

/** What of a source is text for people: comments are not, and no word in Japanese is code. */
function textOf(path: string, source: string): string {
  return path.endsWith('.eta')
    ? source
    : source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

const SOURCES = globSync(['views/**/*.eta', 'src/**/*.ts', 'public/*.js'], { cwd: ROOT })

test('the table is read', () => {
  expect(BANNED.length).toBeGreaterThan(40)
  expect(SOURCES.length).toBeGreaterThan(300)
  expect(bannedWordsIn('事務局のダッシュボード')).toHaveLength(2)
  expect(bannedWordsIn('今のところ、写真はありません。')).toEqual([])
})

test('no source says what the table bans', () => {
  const japanese = BANNED.map(({ word }) => word).filter((word) => /[^\x20-\x7e]/.test(word))
  const found = SOURCES.flatMap((path) =>
    bannedWordsIn(textOf(path, readFileSync(resolve(ROOT, path), 'utf8')))
      .filter((each) => japanese.includes(each.split(' → ')[0]!))
      .map((each) => `${path}: ${each}`),
  )
  expect(found).toEqual([])
})

/** What the program calls things for itself: on no page, whatever the page is about. */
const OF_THE_PROGRAM =
  /\b(?:demo|cli|seed|snapshot|archive\.json|snapshot\.json|result\.json|register\.json|YYYY|ISO ?8601|JSON\.|null|undefined|NaN|\d+-\d+床|20-99|500-)(?![\w@.])/g

describe('no page or mail says it either', async () => {
  const office = await startWholeOffice()
  afterAll(() => office.close())
  const headers = { cookie: cookieOf(office.admin) }
  const pages = addresses(office.routes, 'GET').filter((url) => !url.startsWith('/assets'))

  test('what is read is what is seen', () => {
    const seen =
      '<html><head><title>事務局</title></head><body><a href="snapshot.json">20-99床</a><input value="ISO 8601">'
    const { document } = parseHTML(`${seen}<input type="hidden" value="20-99"></body></html>`)
    expect(flawsIn(document)).toEqual([
      '事務局 → 県担当者用',
      'ISO 8601 → 令和8年12月18日17時',
      '20-99床',
      'ISO 8601',
    ])
  })

  test.each(pages.filter((url) => url.startsWith('/admin')))('%s', async (url) => {
    const reply = await office.app.inject({ url: sampleOf(url), headers })
    if (!String(reply.headers['content-type']).startsWith('text/html')) return
    expect(flawsIn(htmlOf(reply))).toEqual([])
  })

  test('the hospitals’ side, before, within and after the period', async () => {
    const mine = office.stores.submissions.all().map(({ number, code }) => `/receipts/${number}/${code}`)
    const open = pages.filter((url) => !url.startsWith('/admin') && !url.includes(':'))
    for (const now of ['2024-03-01T00:00:00Z', '2024-03-12T00:00:00Z', '2024-03-22T00:00:00Z']) {
      office.setNow(now)
      for (const url of [...open, ...mine]) {
        const reply = await office.app.inject({ url })
        if (!String(reply.headers['content-type']).startsWith('text/html')) continue
        expect({ url, now, said: flawsIn(htmlOf(reply)) }).toEqual({ url, now, said: [] })
      }
    }
  })

  test('every mail', () => {
    const mailOf = receiptMailsFrom(office.stores, 'https://kakuho.example.jp')
    for (const submission of office.stores.submissions.all()) {
      const mail = mailOf(submission)
      expect(bannedWordsIn(`${mail?.subject}\n${mail?.body}`)).toEqual([])
    }
  })
})

/** Of what is seen of a page: its texts and what is in its fields, not the addresses behind them. */
function flawsIn(page: Page): string[] {
  for (const hidden of page.querySelectorAll('script, style, input[type="hidden"]')) hidden.remove()
  const fields = [...page.querySelectorAll('input, textarea')].map(
    (field) => field.getAttribute('value') ?? '',
  )
  const text = `${page.querySelector('title')?.textContent}\n${page.body.textContent}\n${fields.join('\n')}`
  return [...bannedWordsIn(text), ...(text.match(OF_THE_PROGRAM) ?? [])]
}
