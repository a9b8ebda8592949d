import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fingerprintText, signingFingerprint } from '../../src/domain/text/ed25519.ts'
import { startTestApp } from '../support/app.ts'
import { startCommands } from '../support/command.ts'
import { AFTER_DEADLINE, confirm, decline, fillSelection, KO } from '../support/decisions.ts'
import { signedIn } from '../support/officer.ts'
import { testSigner } from '../support/signing.ts'

const commands = startCommands({ now: AFTER_DEADLINE, image: null })
let archive: Buffer
let amended: Buffer
beforeAll(async () => {
  const testApp = await startTestApp({ now: AFTER_DEADLINE, databasePath: commands.databasePath })
  fillSelection(testApp)
  const browser = await signedIn(testApp)
  await confirm(browser)
  archive = (await browser.get('/admin/rounds/1/archive.json')).rawPayload
  await decline(browser, KO)
  amended = (await browser.get('/admin/rounds/1/archive.json')).rawPayload
  await testApp.close()
})
afterAll(() => commands.remove())

describe('verify', () => {
  test.each<[string, () => Buffer, string]>([
    ['a confirmed round', () => archive, '第1回、第1版'],
    ['one after a decline', () => amended, '第1回、第2版'],
  ])('says 一致 of %s, with the hash of the whole', async (_name, bytes, which) => {
    const { code, out, error } = await commands.run(['verify', commands.file('archive.json', bytes())])
    const sha256 = JSON.parse(bytes().toString('utf8')).sha256.archive
    const [verdict, signature] = out.split('\n')
    expect([code, verdict, error]).toEqual([0, `一致：${which}。SHA-256（全体）：${sha256}`, ''])
    expect(signature).toContain(
      `署名：鹿児島県の署名鍵（指紋：${fingerprintText(signingFingerprint(testSigner.publicKey))}）`,
    )
  })

  test.each<[string, (text: string) => string, string]>([
    ['a hospital’s beds', (text) => text.replace('"beds":90', '"beds":91'), 'snapshot'],
    ['a rank', (text) => text.replace('"rank":1,', '"rank":2,'), 'rank'],
    ['the report', (text) => text.replace('甲病院', '申病院'), 'files['],
    ['who confirmed', (text) => text.replace('"by":"officer"', '"by":"other"'), 'record'],
    ['the format', (text) => text.replace('kakuho.archive/2', 'kakuho.archive/9'), 'format'],
    ['the first character', (text) => ` ${text}`.replace('"amendment"', '"amendment"'), 'archive'],
    ['the end', (text) => text.slice(0, -1), 'snapshot'],
  ])('names the place of a change: %s', async (_name, change, place) => {
    const file = commands.file('changed.json', change(archive.toString('utf8')))
    const { code, out, error, errorLines } = await commands.run(['verify', file])
    expect([code, out, errorLines]).toEqual([1, '', 1])
    expect(error).toMatch(/^不一致：/)
    expect(error).toContain(place)
  })

  test.each<[string, string[]]>([
    ['nothing', ['verify']],
    ['two files', ['verify', 'a.json', 'b.json']],
    ['no file', ['verify', '/nowhere/archive.json']],
  ])('of %s is wrong usage', async (_name, args) => {
    const { code, out, errorLines } = await commands.run(args)
    expect([code, out, errorLines]).toEqual([2, '', 1])
  })

  test.each([
    ['a snapshot', '{"format":"kakuho.snapshot/1"}'],
    ['no JSON', '選定の結果です'],
    ['an empty file', ''],
  ])('of %s says that it is no archive', async (_name, text) => {
    const { code, error } = await commands.run(['verify', commands.file('other.json', text)])
    expect(code).toBe(2)
    expect(error).toContain('archive.json）ではありません。')
  })
})

describe('audit verify', () => {
  test('says 一致 of a record that nobody touched', async () => {
    const entries = commands.stored(({ audit }) => audit.all().length)
    expect(await commands.run(['audit', 'verify'])).toMatchObject({
      code: 0,
      out: expect.stringContaining(`一致：操作の記録${entries}件のつながりに問題はありません。`),
    })
  })

  test('names the first entry that does not follow', async () => {
    const sqlite = new Database(commands.databasePath)
    const { detail } = sqlite.prepare('SELECT detail FROM audit_log WHERE seq = 3').get() as {
      detail: string
    }
    sqlite.exec('DROP TRIGGER audit_log_written_once')
    sqlite.prepare('UPDATE audit_log SET detail = ? WHERE seq = 3').run('{}')
    const changed = await commands.run(['audit', 'verify'])
    sqlite.exec('DROP TRIGGER audit_log_written_once')
    sqlite.prepare('UPDATE audit_log SET detail = ? WHERE seq = 3').run(detail)
    sqlite.close()
    expect([changed.code, changed.out, changed.errorLines]).toEqual([1, '', 1])
    expect(changed.error).toContain('3件目')
    // The guard had been off: that is said once, and stays on the record.
    const again = await commands.run(['audit', 'verify'])
    expect(again.error).toBe(
      '不一致：変更と削除を防ぐ設定が、データベースから外されていました（audit_log_written_once）。元に戻しました。',
    )
    expect((await commands.run(['audit', 'verify'])).code).toBe(0)
  })

  test('takes nothing else', async () => {
    expect((await commands.run(['audit', 'verify', 'x'])).code).toBe(2)
  })
})
