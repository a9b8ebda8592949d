import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SETTING_DEFAULTS } from '../../src/domain/survey/settings.ts'
import { openZip } from '../../src/files/xlsx/zip.ts'
import { startTestApp } from '../support/app.ts'
import { startCommands } from '../support/command.ts'
import { fill } from '../support/contents.ts'
import { SELECTION } from '../support/decisions.ts'
import { unpacked } from '../support/disclosure.ts'
import { htmlOf } from '../support/html.ts'
import { signedIn } from '../support/officer.ts'
import { BEFORE_OPENING, forgetLots, sendWithin, startAndEnter } from '../support/rehearsal.ts'
import { sampleOf, startWholeOffice, type WholeOffice } from '../support/whole-office.ts'

let office: WholeOffice
beforeAll(async () => {
  office = await startWholeOffice()
  // Something of everything is there; the survey is put off, so that it can be rehearsed, and no hospital knows a くじ番号.
  forgetLots(office)
  const by = { actor: 'test', at: office.now() }
  expect(office.stores.settings.change({ opensAt: '2024-05-01', closesAt: '2024-05-31' }, by)).toEqual([])
  await startAndEnter(office.admin)
})
afterAll(() => office.close())

const routesOf = (method: string) =>
  office.routes.filter(
    (route) => route.method === method && route.url !== '/rehearsal/:token' && !/[{*]/.test(route.url),
  )

/** No page of the survey, or none that a rehearsal has; what verifies is to keep, and has nothing of what it is to verify. */
const UNMARKED = [
  '/assets/',
  '/healthz',
  '/robots.txt',
  '/admin/next-edition.db',
  '/admin/verify.html',
  '/admin/purge',
]

test('every page that is opened within says so in its title, above, on paper, and in its forms', async () => {
  const seen = new Set<string>()
  for (const { url } of routesOf('GET')) {
    if (UNMARKED.some((out) => url.startsWith(out))) continue
    const path = url.startsWith('/admin') ? sampleOf(url) : url.replace(/:\w+/g, 'unknown')
    const reply = await office.admin.get(path)
    if (!String(reply.headers['content-type']).startsWith('text/html')) continue
    // What verifies archives is a program, and no page of the survey.
    if (reply.headers['content-disposition'] !== undefined) continue
    const page = htmlOf(reply)
    expect(page.title, path).toMatch(/^（試験）/)
    expect(page.querySelectorAll('.rehearsal'), path).toHaveLength(1)
    expect(page.querySelectorAll('.rehearsal-stamp'), path).toHaveLength(1)
    for (const form of page.querySelectorAll('form[method="post"]'))
      expect(form.getAttribute('action'), path).toMatch(/[?&]rehearsal=yes(?:#|$)/)
    for (const button of page.querySelectorAll('form[method="post"] button[formaction]'))
      expect(button.getAttribute('formaction'), path).toMatch(/[?&]rehearsal=yes(?:#|$)/)
    for (const form of page.querySelectorAll('form:not([method="post"])'))
      expect(form.getAttribute('action') ?? '', path).not.toContain('rehearsal=yes')
    expect(String(reply.headers['cache-control']), path).not.toMatch(/^public/)
    seen.add(url)
  }
  expect(seen.size).toBeGreaterThan(80)
})

describe('what is taken away', () => {
  test('has it in its name; a CSV above its header in either encoding; a workbook on every tab', async () => {
    const named = (reply: { headers: Record<string, unknown> }) =>
      decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(String(reply.headers['content-disposition']))![1]!)
    let files = 0
    for (const { url } of routesOf('GET')) {
      if (!url.startsWith('/admin') || url === '/admin/next-edition.db') continue
      const reply = await office.admin.get(sampleOf(url))
      if (reply.headers['content-disposition'] === undefined) continue
      expect(named(reply), url).toMatch(/^（試験）/)
      const type = String(reply.headers['content-type'])
      if (type.includes('spreadsheetml'))
        expect(tabsOf(reply.rawPayload), url).toEqual(expect.stringMatching(/^(（試験）[^,]+,?)+$/))
      if (type.startsWith('text/csv')) expect(reply.body.slice(1), url).toMatch(/^（試験）.*\r\n/)
      files += 1
    }
    expect(files).toBeGreaterThan(20)
    const old = await office.admin.get('/admin/rounds/1/ministry.csv?encoding=cp932')
    expect(new TextDecoder('shift_jis').decode(old.rawPayload)).toMatch(/^（試験）.*\r\n都道府県名,順位,/)
  })

  test('on each file of a set for disclosure, whose lists are whole', async () => {
    const { files } = unpacked((await office.admin.get('/admin/rounds/1/disclosure.zip')).rawPayload)
    for (const [name, bytes] of files) {
      if (name.endsWith('.xlsx')) expect(tabsOf(bytes), name).toMatch(/^(（試験）[^,]+,?)+$/)
      else if (!name.endsWith('.json')) expect(bytes.toString('utf8'), name).toContain('（試験）')
    }
    const list = files.get('05_一覧と記録/病院台帳.csv')!.toString('utf8').split('\r\n')
    expect([list[0], list[1]]).toEqual([
      expect.stringMatching(/（試験）調査の試験で作成した/),
      expect.stringMatching(/^医療機関コード,/),
    ])
    expect(list.join()).toContain('甲病院')
  })

  test('is not taken in by the survey, and an archive of a trial is no archive', async () => {
    const csv = await office.admin.get('/admin/hospitals.csv')
    const archive = await trialArchive()
    const commands = startCommands()
    const file = commands.file('archive.json', archive)
    const verified = await commands.run(['verify', file])
    expect([verified.code, verified.error]).toEqual([1, expect.stringContaining('調査の試験の保存用一式')])
    const carried = await commands.run(['carry-over', '--from', file, '--year', '令和4年度'])
    expect([carried.code, carried.error]).toEqual([2, expect.stringContaining('調査の試験の保存用一式')])
    commands.remove()

    await office.admin.post('/rehearsal/leave?rehearsal=yes')
    await office.admin.get('/admin/hospitals/import')
    const before = office.stores.audit.all().length
    for (const name of ['（試験）病院台帳.csv', '病院台帳.csv']) {
      const reply = await office.admin.upload('/admin/hospitals/import', { name, bytes: csv.rawPayload })
      expect([reply.statusCode, reply.body]).toEqual([
        422,
        expect.stringContaining('試験のファイルは取り込めません'),
      ])
    }
    await office.admin.get('/admin/hospitals/carry-over')
    const reply = await office.admin.upload(
      '/admin/hospitals/carry-over',
      { name: '保存用一式.json', bytes: archive },
      { year: '令和4年度' },
    )
    expect([reply.statusCode, reply.body]).toEqual([422, expect.stringContaining('調査の試験の保存用一式')])
    expect(office.stores.audit.all().length).toBe(before)
  })

  /** Of a round that was confirmed within. */
  async function trialArchive(): Promise<Buffer> {
    const made = await startTestApp({ now: BEFORE_OPENING })
    try {
      fill(made.stores, SELECTION)
      forgetLots(made)
      const officer = await signedIn(made)
      await startAndEnter(officer)
      await sendWithin(officer, '/admin/rehearsal', { to: '/admin/rehearsal/close' })
      const confirmed = await sendWithin(officer, '/admin/selection/confirm')
      expect(confirmed.statusCode).toBe(303)
      const reply = await officer.get('/admin/rounds/1/archive.json')
      expect(JSON.parse(reply.body).record.prefecture).toBe('（試験）鹿児島県')
      return reply.rawPayload
    } finally {
      await made.close()
    }
  }

  test('no prefecture is called so', () => {
    const by = { actor: 'test', at: office.now() }
    const refusals = office.stores.settings.change(
      { prefecture: `（試験）${SETTING_DEFAULTS.prefecture}` },
      by,
    )
    expect(refusals.map(({ message }) => message).join()).toContain('（試験）')
  })
})

/** The names on the tabs, as Excel reads them. */
function tabsOf(bytes: Buffer): string {
  let xml = ''
  openZip(bytes, (name) => name === 'xl/workbook.xml', 1_000_000).unpack('xl/workbook.xml', (part) => {
    xml += Buffer.from(part).toString('utf8')
  })
  return [...xml.matchAll(/<sheet\b[^>]*?\sname="([^"]*)"/g)].map(([, name]) => name).join()
}
