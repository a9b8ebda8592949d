import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { startCommands } from '../support/command.ts'
import { AFTER_DEADLINE, confirm, decline, fillSelection, KO, sendForm } from '../support/decisions.ts'
import { type OfficersBrowser, signedIn } from '../support/officer.ts'

/** A first round in its second edition, after a decline. */
let commands: ReturnType<typeof startCommands>
let testApp: TestApp
let browser: OfficersBrowser
let folder: string
beforeAll(async () => {
  commands = startCommands({ now: '2024-03-20T00:00:00Z', image: null })
  testApp = await startTestApp({ databasePath: commands.databasePath, now: AFTER_DEADLINE })
  fillSelection(testApp)
  browser = await signedIn(testApp)
  await confirm(browser)
  await decline(browser, KO)
  folder = join(dirname(commands.databasePath), 'new', 'report')
})
beforeEach(() => rmSync(folder, { recursive: true, force: true }))
afterAll(async () => {
  await testApp.close()
  commands.remove()
})

const report = (...args: string[]) => commands.run(['report', ...args])
const FILES = [
  'amended.json',
  'archive.json',
  'checks.json',
  'classes.json',
  'internal.xlsx',
  'ministry.cp932.csv',
  'ministry.csv',
  'ministry.xlsx',
  'reasons.json',
  'register.json',
  'result.json',
  'snapshot.json',
]

test('writes every file of the newest edition, to the byte as the pages send it', async () => {
  const { code, out } = await report('1', '--out', folder)
  expect(code).toBe(0)
  expect(readdirSync(folder).sort()).toEqual(FILES.map((name) => `round-1-2-${name}`))
  for (const name of FILES) {
    const path = name === 'ministry.cp932.csv' ? 'ministry.csv?encoding=cp932' : name
    const { rawPayload } = await browser.get(`/admin/rounds/1/${path}`)
    const written = join(folder, `round-1-2-${name}`)
    expect(readFileSync(written).equals(rawPayload), name).toBe(true)
    expect(out).toContain(written)
  }
  expect(out).toContain('初回選定（第2版）のファイル12件を書き出しました。')
})

test('stands on the record, file by file, as a download does', async () => {
  await report('1', '--out', folder)
  const entries = testApp.stores.audit.latest(FILES.length)
  expect(entries.map(({ detail }) => detail.file).sort()).toEqual(FILES)
  const { sha256 } = testApp.stores.editions.file(testApp.stores.editions.newestOf(1)!, 'archive.json')!
  expect(entries.find(({ detail }) => detail.file === 'archive.json')).toMatchObject({
    actor: 'cli',
    action: 'round.downloaded',
    subject: 'round 1',
    at: new Date('2024-03-20T00:00:00Z'),
    detail: { edition: 2, sha256 },
  })
})

test('again into the same folder is the same; a file of another content there is left alone', async () => {
  await report('1', '--out', folder)
  expect((await report('1', '--out', folder)).code).toBe(0)
  rmSync(folder, { recursive: true })
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'round-1-2-result.json')
  writeFileSync(path, 'x')
  const before = testApp.stores.audit.all().length
  const { code, error, errorLines } = await report('1', '--out', folder)
  expect([code, errorLines]).toEqual([2, 1])
  expect(error).toContain(`${path}：同じ名前の、内容が異なるファイルがあります。`)
  expect(readdirSync(folder)).toEqual(['round-1-2-result.json'])
  expect(testApp.stores.audit.all()).toHaveLength(before)
})

test('a folder under the name of a file is another content as well', async () => {
  const path = join(folder, 'round-1-2-result.json')
  mkdirSync(path, { recursive: true })
  const { code, error, errorLines } = await report('1', '--out', folder)
  expect([code, errorLines]).toEqual([2, 1])
  expect(error).toContain(`${path}：同じ名前の、内容が異なるファイルがあります。`)
})

test('a folder that cannot be is a failure in one line, and nothing is on the record', async () => {
  const before = testApp.stores.audit.all().length
  const { code, error, errorLines } = await report('1', '--out', join(commands.databasePath, 'x'))
  expect([code, errorLines]).toEqual([1, 1])
  expect(error).toContain('ファイルを書き込めません')
  expect(testApp.stores.audit.all()).toHaveLength(before)
})

test('writes what was reported of the round as well, and with --all the report of all rounds', async () => {
  const form = '/admin/rounds/1/report'
  const sent = await sendForm(browser, form, { documentNumber: '保医第1号', way: 'mail' })
  expect(sent.statusCode).toBe(303)
  expect((await report('1', '--out', folder, '--all', 'continuous')).code).toBe(0)
  const names = readdirSync(folder).filter((name) => name.startsWith('report-'))
  expect(names.sort()).toEqual(
    ['report-1-', 'report-rounds-1-'].flatMap((begin) =>
      ['ministry.cp932.csv', 'ministry.csv', 'ministry.xlsx'].map((name) => `${begin}${name}`),
    ),
  )
  const { rawPayload } = await browser.get('/admin/reports/1/ministry.csv')
  expect(readFileSync(join(folder, 'report-1-ministry.csv')).equals(rawPayload)).toBe(true)
  const actions = testApp.stores.audit.latest(6).map(({ action }) => action)
  expect(new Set(actions)).toEqual(new Set(['report.downloaded', 'report-draft.downloaded']))
})

test.each([[['2', '--out', 'x']], [['9999', '--out', 'x']]])('%j: a round that is none', async (args) => {
  const { code, error } = await report(...args)
  expect(code).toBe(2)
  expect(error).toMatch(/追加選定（第\d+回）は、まだ確定していません。/)
})

test.each([
  [[]],
  [['1']],
  [['--out', 'x']],
  [['1', '--out']],
  [['0', '--out', 'x']],
  [['a', '--out', 'x']],
  [['1', '2', '--out', 'x']],
  [['1', '--out', 'x', '--all']],
])('%j: the usage', async (args) => {
  expect(await report(...args)).toMatchObject({
    code: 2,
    error: '使い方：kakuho report N --out DIR [--all continuous|per-round]',
  })
})
