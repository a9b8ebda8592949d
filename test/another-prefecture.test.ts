import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { unzipSync } from 'fflate'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, test } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import { openDatabase } from '../src/db/open.ts'
import { openStores } from '../src/db/stores.ts'
import { receiptMailsFrom } from '../src/mail/receipt-mail.ts'
import type { TestApp } from './support/app.ts'
import { aForm } from './support/builders.ts'
import { HEI, KI } from './support/decisions.ts'
import { formPost } from './support/html.ts'
import { addresses } from './support/route-table.ts'
import { saveSubmission } from './support/submissions.ts'
import { cookieOf, sampleOf, startWholeOffice } from './support/whole-office.ts'

/** 大阪府 runs the same program: nowhere is it called a 県, nor anything else that belongs to the office of the defaults. */
const OSAKA = {
  prefecture: '大阪府',
  prefectureCode: '27',
  issuer: '大阪府健康医療部保健医療室医療対策課',
  contactSection: '在宅医療グループ',
  contactPhone: '06-0000-0000',
  contactEmail: 'iryo@pref.osaka.example.jp',
}
const BY = { actor: 'test', at: new Date('2024-03-01T00:00:00Z') }

function moveToOsaka({ stores, database }: TestApp): void {
  expect(stores.settings.change(OSAKA, BY)).toEqual([])
  database.db.run(
    sql`UPDATE hospitals SET region = '豊能', municipality = '豊中市', address = '大阪府豊中市架空町1-1'`,
  )
}

const office = await startWholeOffice(moveToOsaka)
afterAll(() => office.close())

/** What is said of any 都道府県 alike. */
const OF_ALL = /都道府県|道府県/g
const OURS = /県|鹿児島|imushika|099-286/

/** Every place in the text that speaks of ours, with what stands around it. */
function oursIn(text: string): string[] {
  const rest = text.replace(OF_ALL, '')
  return [...rest.matchAll(new RegExp(OURS, 'g'))].map(({ index }) =>
    rest.slice(Math.max(0, index - 20), index + 20).replace(/\s+/g, ' '),
  )
}

/** Of a page, a CSV or JSON file in either encoding, or every part of a workbook. */
function textOf(bytes: Uint8Array): string {
  if (Buffer.from(bytes.subarray(0, 2)).toString() === 'PK')
    return Object.values(unzipSync(bytes))
      .map((part) => Buffer.from(part).toString('utf8'))
      .join('\n')
  const text = Buffer.from(bytes).toString('utf8')
  return text.includes('\uFFFD') ? iconv.decode(Buffer.from(bytes), 'cp932') : text
}

const isOfOfficers = (url: string) => url.startsWith('/admin')
const gets = addresses(office.routes, 'GET')
const headers = { cookie: cookieOf(office.admin) }

test('there is something to read', () => {
  expect(gets.filter(isOfOfficers).length).toBeGreaterThan(60)
  expect(oursIn('県の担当者')).toHaveLength(1)
  expect(oursIn('都道府県コード')).toEqual([])
})

describe('the officers’ side', () => {
  test.each(gets.filter(isOfOfficers))('%s', async (url) => {
    const { rawPayload, headers: sent } = await office.app.inject({ url: sampleOf(url), headers })
    if (sent['content-type'] === 'image/png') return
    expect(oursIn(textOf(rawPayload))).toEqual([])
  })

  test.each(addresses(office.routes, 'POST').filter(isOfOfficers))(
    '%s, with nothing filled in',
    async (url) => {
      if (/login|logout|password/.test(url)) return
      const { body } = await office.admin.post(sampleOf(url), {})
      expect(oursIn(body)).toEqual([])
    },
  )
})

describe('the hospitals’ side', () => {
  const mine = saveSubmission(office.stores, { hospital: KI })
  const link = { hospitalCode: HEI, expiresAt: new Date('2024-04-25T15:00:00Z'), reason: '災害対応のため' }
  const { token } = office.stores.lateLinks.create(link, BY)
  const filled = (url: string) =>
    url.replace(':number', mine.number).replace(':code', mine.code!).replace(':token', token)
  const isPublic = (url: string) => !isOfOfficers(url) && !url.startsWith('/assets')
  const forms = [
    ['whole', aForm({ hospitalCode: KI })],
    ['empty', {}],
    ['not wanting it', aForm({ hospitalCode: KI, emr: 'none', intent: 'none', gmisConsent: 'no' })],
    ['too late', aForm({ hospitalCode: KI, emr: 'planned', emrPlannedMonth: '2030-01' })],
  ] as const

  describe.each([
    ['before the period', '2024-03-01T00:00:00Z'],
    ['within the period', '2024-03-12T00:00:00Z'],
    ['after the deadline', '2024-03-22T00:00:00Z'],
  ])('%s', (_when, now) => {
    test.each(gets.filter(isPublic))('%s', async (url) => {
      office.setNow(now)
      const { rawPayload } = await office.app.inject({ url: filled(url) })
      expect(oursIn(textOf(rawPayload))).toEqual([])
    })

    test.each(addresses(office.routes, 'POST').filter(isPublic))('%s', async (url) => {
      office.setNow(now)
      for (const [what, form] of forms) {
        const { body } = await office.app.inject(formPost(filled(url), { ...form }))
        expect([what, oursIn(body)]).toEqual([what, []])
      }
    })
  })

  test.each(['no', 'yes'])('every receipt, results shown: %s', async (resultsPublished) => {
    office.setNow('2024-03-22T00:00:00Z')
    office.stores.settings.change({ resultsPublished }, BY)
    for (const { number, code } of office.stores.submissions.all()) {
      const { body } = await office.app.inject({ url: `/receipts/${number}/${code}` })
      expect([number, oursIn(body)]).toEqual([number, []])
    }
  })

  test('every mail', () => {
    const mailOf = receiptMailsFrom(office.stores, 'https://kakuho.pref.osaka.example.jp')
    const mails = office.stores.submissions.all().map(mailOf)
    expect(mails.length).toBeGreaterThan(4)
    for (const mail of mails) expect(oursIn(`${mail?.subject}\n${mail?.body}`)).toEqual([])
  })

  test('in preparation', async () => {
    office.stores.settings.change({ opensAt: '' }, BY)
    for (const url of gets.filter(isPublic)) {
      const { body } = await office.app.inject({ url: filled(url) })
      expect([url, oursIn(body)]).toEqual([url, []])
    }
    office.stores.settings.change({ opensAt: '2024-03-08' }, BY)
  })
})

describe('the commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  const databasePath = join(folder, 'survey.db')
  const file = join(folder, 'hospitals.csv')
  const database = openDatabase(databasePath)
  openStores(database.db, () => BY.at).settings.change(OSAKA, BY)
  database.close()
  writeFileSync(file, '医療機関コード,医療機関名,許可病床数\n2719900011,架空病院,100\n')
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(
    [
      ['settings', 'show'],
      ['settings', 'set', 'prefectureSeats=60'],
      ['settings', 'set', 'prefectureSeats=x'],
      ['settings', 'set', 'prefecture='],
      ['settings', 'set', 'prefectureCode=48'],
      ['import', 'hospitals', file],
      ['import', 'gmis', file],
      ['user', 'add', 'tanto', '--role', 'officer'],
      ['report', '1', '--out', folder],
      ['audit', 'verify'],
      ['nonsense'],
    ].map((args) => [args.join(' ').replaceAll(folder, ''), args] as const),
  )('%s', async (_name, args) => {
    const said: string[] = []
    const context = {
      environment: { DATABASE_PATH: databasePath },
      now: () => BY.at,
      print: (line: string) => void said.push(line),
      readStdin: async () => '',
    }
    await runCommand([...args], context, (line) => void said.push(line))
    expect(said.length).toBeGreaterThan(0)
    expect(oursIn(said.join('\n'))).toEqual([])
  })
})
