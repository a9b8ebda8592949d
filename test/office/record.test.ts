import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Archive } from '../../src/domain/selection/archive/archive.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { startCommands } from '../support/command.ts'
import {
  AFTER_DEADLINE,
  askForSecondPerson,
  confirm,
  decline,
  fillSelection,
  KO,
  savePolicy,
  sendForm,
  TWO_BANDS,
} from '../support/decisions.ts'
import { type OfficersBrowser, signedIn } from '../support/officer.ts'

let commands: ReturnType<typeof startCommands>
let testApp: TestApp
let browser: OfficersBrowser
beforeEach(async () => {
  commands = startCommands({ image: null })
  testApp = await startTestApp({ databasePath: commands.databasePath, now: AFTER_DEADLINE })
  fillSelection(testApp)
  browser = await signedIn(testApp, { role: 'admin' })
})
afterEach(async () => {
  await testApp.close()
  commands.remove()
})

async function archiveOf(path: string): Promise<Archive & { format: 'kakuho.archive/2' }> {
  const archive: Archive = JSON.parse((await browser.get(`${path}/archive.json`)).body)
  if (archive.format !== 'kakuho.archive/2') throw new Error(`${path} is of ${archive.format}`)
  return archive
}

/** What the record is without the guards: whoever has the file has them off. */
function tamper(...statements: string[]): void {
  const sqlite = new Database(commands.databasePath)
  for (const guard of ['written_once', 'never_deleted']) sqlite.exec(`DROP TRIGGER audit_log_${guard}`)
  for (const statement of statements) sqlite.exec(statement)
  sqlite.close()
}

const entries = () => testApp.stores.audit.all()
const confirmation = () =>
  entries().findLast(({ action }) => /^round\.(confirmed|declined|reopened)$/.test(action))!

describe('an archive knows what stood before it', () => {
  test('the record up to its own confirmation, also where a second person approved', async () => {
    await confirm(browser)
    const alone = await archiveOf('/admin/rounds/1')
    const first = confirmation()
    expect(alone.record.audit).toEqual({ count: first.seq - 1, head: first.previousHash })
    askForSecondPerson(testApp)
    const proposer = await signedIn(testApp, { login: 'kian' })
    const approver = await signedIn(testApp, { login: 'kessai' })
    const proposed = await decline(proposer, KO)
    await sendForm(approver, `${proposed}/approve`, { acknowledged: 'yes' })
    const { record } = await archiveOf('/admin/rounds/1')
    const second = confirmation()
    expect(second.action).toBe('round.declined')
    expect(record.audit).toEqual({ count: second.seq - 1, head: second.previousHash })
  })

  test('the newest editions of the other rounds, whose seats it leaves out', async () => {
    await confirm(browser)
    expect((await archiveOf('/admin/rounds/1')).record.follows).toEqual([])
    await decline(browser, KO)
    const [small, large] = TWO_BANDS.bands
    savePolicy(testApp.stores, { ...TWO_BANDS, bands: [small!, { ...large!, seats: 2 }] })
    await confirm(browser, { acknowledged: 'yes' })
    const { sha256 } = await archiveOf('/admin/rounds/1')
    expect((await archiveOf('/admin/rounds/2')).record.follows).toEqual([
      { round: 1, edition: 2, sha256: sha256.archive },
    ])
    await browser.get('/admin/rounds/2')
    await browser.post('/admin/rounds/2/verify')
    expect((await browser.page('/admin/rounds/2')).querySelector('main')!.textContent).toContain('一致：')
  })

  test('and names the one that is another by now', async () => {
    await confirm(browser)
    const [small, large] = TWO_BANDS.bands
    savePolicy(testApp.stores, { ...TWO_BANDS, bands: [small!, { ...large!, seats: 2 }] })
    await confirm(browser, { acknowledged: 'yes' })
    const { archive } = (await archiveOf('/admin/rounds/1')).sha256
    const sqlite = new Database(commands.databasePath)
    sqlite.exec('DROP TRIGGER edition_files_written_once')
    const other = archive.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
    sqlite
      .prepare(
        `UPDATE edition_files SET bytes = CAST(replace(bytes, ?, ?) AS BLOB) WHERE edition = 1 AND name = 'archive.json'`,
      )
      .run(archive, other)
    sqlite.close()
    await browser.get('/admin/rounds/2')
    await browser.post('/admin/rounds/2/verify')
    expect((await browser.page('/admin/rounds/2')).querySelector('main')!.textContent).toContain(
      '不一致：初回選定の保存用一式が、この版を確定したときに控えたSHA-256と一致しません。',
    )
  })
})

describe('audit verify', () => {
  beforeEach(() => confirm(browser))
  const verify = () => commands.run(['audit', 'verify'])

  test('says with which archive the record agrees', async () => {
    const { code, out } = await verify()
    expect(code).toBe(0)
    expect(out).toBe(
      `一致：操作の記録${entries().length}件のつながりに問題はありません。初回選定の保存用一式に控えた${confirmation().seq - 1}件とも一致します。設定、利用者、回答、選定基準、県の判断及び確定した選定は、記録のとおりです。`,
    )
  })

  test.each([
    ['the confirmation itself', 0],
    ['a step before it as well', 1],
  ])('finds that the end was cut off: %s', async (_name, before) => {
    const { seq } = confirmation()
    tamper(`DELETE FROM audit_log WHERE seq >= ${seq - before}`)
    const { code, error } = await verify()
    expect(code).toBe(1)
    expect(error).toContain(
      before === 0
        ? `不一致：操作の記録は${seq - 1}件ですが、初回選定を確定したときは${seq}件ありました。後の記録が失われています。`
        : `不一致：操作の記録は${seq - 2}件ですが、初回選定の保存用一式（令和6年3月19日（火）9時00分）では${seq - 1}件ありました。${seq - 1}件目が失われています。`,
    )
  })

  test.each([
    ['taken out', 'DELETE FROM edition_files'],
    ['no JSON', "UPDATE edition_files SET bytes = CAST('x' AS BLOB)"],
    ['another JSON', "UPDATE edition_files SET bytes = CAST('{}' AS BLOB)"],
  ])('says so where the archive is %s', async (_name, statement) => {
    tamper(
      'DROP TRIGGER edition_files_written_once',
      'DROP TRIGGER edition_files_never_deleted',
      `${statement} WHERE name = 'archive.json'`,
    )
    const { code, error } = await verify()
    expect(code).toBe(1)
    expect(error).toContain('初回選定の保存用一式を読み取れません。')
  })

  test('finds that the end was cut off and written anew', async () => {
    const { seq } = confirmation()
    tamper(`DELETE FROM audit_log WHERE seq >= ${seq - 1}`)
    for (const subject of ['a', 'b', 'c'])
      testApp.stores.audit.append({
        at: new Date(AFTER_DEADLINE),
        actor: 'x',
        action: 'test.done',
        subject,
        detail: {},
      })
    expect(testApp.stores.audit.verify()).toBeNull()
    const { code, error } = await verify()
    expect(code).toBe(1)
    expect(error).toContain(
      `不一致：操作の記録の1件目から${seq - 1}件目までが、初回選定の保存用一式（令和6年3月19日（火）9時00分）に控えた内容と一致しません。`,
    )
  })
})
