import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SelectionResult } from '../../src/domain/selection/result.ts'
import { sha256Hex } from '../../src/domain/text/canonical.ts'
import { parseCsv } from '../../src/files/table/csv.ts'
import { decodeText } from '../../src/files/table/encoding.ts'
import { sendForm } from '../support/decisions.ts'
import type { OfficersBrowser } from '../support/officer.ts'
import { readXlsx } from '../support/xlsx.ts'
import { expected, mainText, startOnVersionZero, versionZero } from './version-0.ts'

type Opened = Awaited<ReturnType<typeof startOnVersionZero>>

test('the fixture is the one that was made', () => {
  expect(sha256Hex(versionZero())).toBe(expected.sha256)
})

describe('a database of the program before migration 0001', () => {
  let opened: Opened
  let browser: OfficersBrowser
  beforeAll(async () => {
    opened = await startOnVersionZero()
  })
  afterAll(() => opened.close())

  test('opens, and its record of acts ends where it did', async () => {
    const { entries, head } = expected.audit
    expect(await opened.commands.run(['audit', 'verify'])).toMatchObject({
      code: 0,
      out: expect.stringContaining(`操作の記録${entries + 1}件`),
    })
    // Today's program has made its signing key since.
    expect(opened.stores.audit.latest(2)).toMatchObject([
      { action: 'signing-key.made' },
      { seq: entries, hash: head },
    ])
  })

  test('has lost no row of a table that is still there', () => {
    const sqlite = new Database(opened.commands.databasePath, { readonly: true })
    const names = sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
    const kept = Object.keys(expected.rows).filter((name) => names.includes(name))
    const rowsIn = (name: string) => Number(sqlite.prepare(`SELECT count(*) FROM ${name}`).pluck().get())
    const shorter = kept.filter((name) => rowsIn(name) < expected.rows[name]!)
    sqlite.close()
    expect(kept.length).toBeGreaterThan(10)
    expect(shorter).toEqual([])
  })

  test('shows every setting as it was', async () => {
    const { out } = await opened.commands.run(['settings', 'show'])
    expect(out.split('\n')).toEqual(expect.arrayContaining(expected.settings))
  })

  test('knows the mails that never arrived', () => {
    const errors = opened.stores.outbox.givenUp().map(({ lastError }) => lastError)
    expect(errors.toSorted()).toEqual(['451 greylisted', '550 5.1.1 user unknown'])
  })

  test('lets the officers in with their passwords, and nobody else', async () => {
    for (const login of ['kanri', 'kian', 'kessai', 'etsuran'])
      expect(await opened.logIn(login), login).toMatchObject({ status: 303, location: '/admin' })
    expect(await opened.logIn('shinnin')).toMatchObject({ status: 303, location: '/admin/password' })
    expect(await opened.logIn('taishoku')).toMatchObject({ status: 422 })
  })

  describe('to an administrator', () => {
    beforeAll(async () => {
      browser = (await opened.logIn('kanri')).browser
    })

    test.each(expected.editions)(
      'round $round, edition $edition: the same bytes, and they verify',
      async (edition) => {
        const base = `/admin/rounds/${edition.round}/editions/${edition.edition}`
        expect(await downloads(browser, base, edition.files)).toEqual(edition.files)
        const { rawPayload: archive } = await browser.get(`${base}/archive.json`)
        const verified = await opened.commands.run(['verify', opened.commands.file('archive.json', archive)])
        expect(verified).toMatchObject({ code: 0, out: edition.verdict })
        await browser.get(base)
        expect((await browser.post(`${base}/verify`)).headers.location).toBe(base)
        expect(mainText(await browser.get(base))).toContain('一致：')
      },
    )

    test('in an edition of before, who was passed over is told by the reason, as it was then', async () => {
      const page = mainText(await browser.get('/admin/rounds/1/editions/3'))
      expect(page).toMatch(
        /辞退した病院（2病院）.*繰上げの対象にならなかった病院（1病院）.*（繰上げの対象外）/,
      )
    })

    test('the address of a round alone sends its newest edition', async () => {
      for (const round of [1, 2]) {
        const { files } = expected.editions.findLast((edition) => edition.round === round)!
        expect(await downloads(browser, `/admin/rounds/${round}`, files)).toEqual(files)
        expect((await browser.get(`/admin/rounds/${round}/editions/9`)).statusCode).toBe(404)
      }
    })

    test.each(expected.proposals)('proposal $id, $state: the same bytes', async ({ id, files }) => {
      expect(await downloads(browser, `/admin/proposals/${id}`, files)).toEqual(files)
    })

    test.each(expected.pages)('$path says what officers and hospitals wrote', async ({ path, says }) => {
      const reply = await browser.get(path)
      expect(reply.statusCode).toBe(200)
      const text = mainText(reply)
      for (const words of says) expect(text).toContain(words)
    })

    test.each(Object.entries(expected.lists))('%s has the same hospitals', async (path, list) => {
      const [headers, ...lines] = await sheetOf((await browser.get(`/admin/${path}`)).rawPayload)
      const name = headers!.indexOf('医療機関名')
      expect(lines).toHaveLength(list.rows)
      expect([...new Set(lines.map((cells) => cells[name]!))].sort()).toEqual(list.hospitals)
    })

    test('today’s facts rank as they did when the open proposal was made', async () => {
      const ranking = async (url: string) => {
        const { results }: SelectionResult = JSON.parse((await browser.get(url)).body)
        return results.map(({ code, rank, score, decision }) => ({ code, rank, score, decision }))
      }
      expect(await ranking('/admin/selection/result.json')).toEqual(
        await ranking('/admin/proposals/5/result.json'),
      )
    })

    test.each(['/admin/rounds/1', '/admin/rounds/1/editions/1'])(
      '%s says that its report has 機関コード under 医療機関コード',
      async (path) => {
        const [headers, ...lines] = await sheetOf((await browser.get(`${path}/ministry.xlsx`)).rawPayload)
        const codes = lines.map((cells) => cells[headers!.indexOf('医療機関コード')]!)
        const wrong = codes.filter((code) => code.length > 10 || code.startsWith('99')).length
        expect(wrong).toBeGreaterThan(0)
        expect(mainText(await browser.get(path))).toContain(`${wrong}病院は機関コードが入っています`)
      },
    )

    test('the dashboard names the mails that never arrived', async () => {
      const page = mainText(await browser.get('/admin'))
      const mails = opened.stores.outbox.givenUp()
      expect(mails).toHaveLength(2)
      for (const { recipient } of mails) expect(page).toMatch(new RegExp(`届かなかったメール.*${recipient}`))
    })

    test('a report with nothing but 医療機関コード has no remark', async () => {
      for (const path of ['/admin/proposals/5', '/admin/proposals/5/approve'])
        expect(mainText(await browser.get(path))).not.toMatch(/機関コードが入っています|欄は空欄です/)
    })

    test('proposals stand as they did: one waits, and leads everybody to it', async () => {
      const page = mainText(await browser.get('/admin/rounds'))
      expect(page).toContain('決裁を待っている起案があります')
      expect((await browser.get('/admin/selection/confirm')).headers.location).toBe('/admin/proposals/5')
      for (const { id, state } of expected.proposals) {
        const { statusCode } = await browser.get(`/admin/proposals/${id}/approve`)
        expect([id, statusCode]).toEqual([id, state === 'open' ? 200 : 303])
      }
    })
  })

  test.each(expected.receipts)('the receipt $number opens, with what it said', async (receipt) => {
    const reply = await opened.app.inject({ url: `/receipts/${receipt.number}/${receipt.code}` })
    expect(reply.statusCode).toBe(200)
    expect(mainText(reply)).toContain(`受付番号${receipt.number}`)
    expect(mainText(reply)).toBe(receipt.text)
  })
})

describe('work goes on', () => {
  let opened: Opened
  let proposer: OfficersBrowser
  let approver: OfficersBrowser
  beforeAll(async () => {
    opened = await startOnVersionZero()
    opened.setNow('2024-04-09T01:00:00Z')
    proposer = (await opened.logIn('kian')).browser
    approver = (await opened.logIn('kessai')).browser
  })
  afterAll(() => opened.close())

  /** By the second person. @returns where that led */
  const approve = async (address: unknown) =>
    (await sendForm(approver, `${address}/approve`, { acknowledged: 'yes' })).headers.location
  const verified = async (round: number, edition: number) => {
    const { rawPayload } = await proposer.get(`/admin/rounds/${round}/editions/${edition}/archive.json`)
    return opened.commands.run(['verify', opened.commands.file('archive.json', rawPayload)])
  }

  test('the open proposal is approved: the proposed bytes are the third round’s', async () => {
    const { id, files } = expected.proposals.at(-1)!
    expect(await approve(`/admin/proposals/${id}`)).toBe('/admin/rounds/3')
    expect(await downloads(proposer, '/admin/rounds/3', files)).toEqual(files)
    expect(await verified(3, 1)).toMatchObject({ code: 0, out: expect.stringContaining('第3回、第1版') })
  })

  test.each([
    [1, 7],
    [2, 3],
    [3, 2],
  ])('in round %i a hospital declines, which makes edition %i', async (round, edition) => {
    const page = await proposer.page(`/admin/rounds/${round}`)
    const url = page.querySelector('a[href*="/decline/"]')!.getAttribute('href')!
    const proposed = await sendForm(proposer, url, { reason: '病院からの申出' })
    expect(await approve(proposed.headers.location)).toBe(`/admin/rounds/${round}`)
    expect(await verified(round, edition)).toMatchObject({
      code: 0,
      out: expect.stringContaining(`第${round}回、第${edition}版`),
    })
  })

  test('the first round is done anew from today’s facts', async () => {
    const { browser } = await opened.logIn('kanri')
    const typed = { reason: '算定誤り', freeSeatsReason: '希望がないため', waitingReason: '影響しないため' }
    const url = '/admin/rounds/1/reopen'
    const reply = await sendForm(browser, url, { ...typed, acknowledged: 'yes' })
    expect(await approve(reply.headers.location)).toBe('/admin/rounds/1')
    expect(await verified(1, 8)).toMatchObject({ code: 0 })
  })

  test('and nothing of what was frozen before has changed', async () => {
    for (const { round, edition, files } of expected.editions)
      expect(await downloads(proposer, `/admin/rounds/${round}/editions/${edition}`, files)).toEqual(files)
    expect((await opened.commands.run(['audit', 'verify'])).code).toBe(0)
  })
})

/** What is sent under the paths of these files, each with its size and hash. */
async function downloads(browser: OfficersBrowser, base: string, files: readonly { path: string }[]) {
  const sent = []
  for (const { path } of files) {
    const { rawPayload } = await browser.get(`${base}/${path}`)
    sent.push({ path, size: rawPayload.length, sha256: sha256Hex(rawPayload) })
  }
  return sent
}

/** The rows of a CSV or a workbook. */
async function sheetOf(bytes: Buffer): Promise<string[][]> {
  const read = bytes.subarray(0, 2).toString() === 'PK' ? await readXlsx(bytes) : readCsv(bytes)
  if (!read.ok) throw new Error(read.message)
  return read.rows
}

function readCsv(bytes: Buffer) {
  const text = decodeText(bytes)
  return text.ok ? parseCsv(text.text) : text
}
