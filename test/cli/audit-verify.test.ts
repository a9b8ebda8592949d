import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { auditHash, GENESIS_HASH } from '../../src/domain/record/audit.ts'
import { signedHead } from '../../src/domain/record/signed-head.ts'
import { publicKeyPem } from '../../src/domain/text/ed25519.ts'
import { writeBackup } from '../../src/files/backup/backup-file.ts'
import { installationFiles } from '../../src/installation.ts'
import { startTestApp } from '../support/app.ts'
import { startCommands } from '../support/command.ts'
import { imageOf } from '../support/database.ts'
import { AFTER_DEADLINE, confirm, fillSelection } from '../support/decisions.ts'
import { signedIn } from '../support/officer.ts'
import { testSigner } from '../support/signing.ts'

const by = { actor: 'test', at: new Date(AFTER_DEADLINE) }
type Row = { seq: number; at: number; actor: string; action: string; subject: string; detail: string }
/** As much of an archive as is changed here. */
interface SignedArchive {
  signature?: { value: string; publicKey: string }
}

/** A key that this survey never had. */
const foreign = publicKeyPem(Buffer.alloc(32, 9).toString('base64'))

let commands: ReturnType<typeof startCommands>
/** What was kept elsewhere as the record had so many entries. */
let kept: { archive: string; database: string; backup: string; head: string; log: string; count: number }
beforeEach(async () => {
  commands = startCommands({ now: AFTER_DEADLINE, image: null })
  const testApp = await startTestApp({ now: AFTER_DEADLINE, databasePath: commands.databasePath })
  fillSelection(testApp)
  const browser = await signedIn(testApp)
  await confirm(browser)
  const archive = (await browser.get('/admin/rounds/1/archive.json')).rawPayload
  testApp.stores.settings.change({ contactSection: '医療係' }, by)
  testApp.stores.settings.change({ contactPhone: '099-000-0000' }, by)
  const image = imageOf(testApp.database)
  const standing = testApp.stores.audit.head()
  const head = signedHead(standing, by.at, testSigner)
  const file = (name: string, content: string | Uint8Array) => commands.file(name, content)
  kept = {
    count: standing.count,
    archive: file('archive.json', archive),
    database: file('kept.db', image),
    backup: backupOf(image, head),
    head: file('head.json', JSON.stringify(head)),
    log: file(
      'kakuho.log',
      ['{"level":30,"msg":"x"}', JSON.stringify({ level: 30, record: head, msg: 'y' }), 'not JSON'].join(
        '\n',
      ),
    ),
  }
  testApp.stores.settings.change({ contactPhone: '099-000-0001' }, by)
  await testApp.close()
})
afterEach(() => commands.remove())

function backupOf(image: Buffer, head: ReturnType<typeof signedHead>): string {
  const path = `${commands.databasePath}.tar`
  const record = { first: 'a'.repeat(64), count: head.count, head: head.head, brokenAt: null }
  const facts = {
    format: 'kakuho.backup/1',
    madeAt: head.at,
    schema: { migrations: 1, newest: 1 },
    answers: 5,
    hospitals: 6,
    record,
  } as const
  writeBackup(path, facts, { database: commands.file('in-backup.db', image) }, head)
  return path
}

const verify = (...args: string[]) => commands.run(['audit', 'verify', ...args])
const against = (file: string) => verify('--against', file)

/** Changes the record as somebody can who writes the whole file, and makes every hash anew to the end. */
function forge(change: (sqlite: Database.Database) => void, isRehashed = true): void {
  const sqlite = new Database(commands.databasePath)
  const guards = sqlite
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_log'")
    .all() as { name: string; sql: string }[]
  for (const { name } of guards) sqlite.exec(`DROP TRIGGER ${name}`)
  change(sqlite)
  let previousHash = GENESIS_HASH
  const rows = sqlite.prepare('SELECT * FROM audit_log ORDER BY seq').all() as Row[]
  if (isRehashed)
    for (const { seq, at, actor, action, subject, detail } of rows) {
      const hash = auditHash(
        seq,
        { at: new Date(at), actor, action, subject, detail: JSON.parse(detail) },
        previousHash,
      )
      sqlite
        .prepare('UPDATE audit_log SET previous_hash = ?, hash = ? WHERE seq = ?')
        .run(previousHash, hash, seq)
      previousHash = hash
    }
  for (const { sql } of guards) sqlite.exec(sql)
  sqlite.close()
}

describe('audit verify --against', () => {
  test.each(['archive', 'database', 'backup', 'head', 'log'] as const)(
    'holds the record against what was kept: %s',
    async (what) => {
      expect(await against(kept[what])).toMatchObject({
        code: 0,
        error: '',
        out: expect.stringMatching(/^一致：/),
      })
    },
  )

  test('names the entry that was changed, missing or exchanged, with what it was, though every hash was made anew', async () => {
    const { count } = kept
    forge((sqlite) => sqlite.prepare(`UPDATE audit_log SET actor = 'x' WHERE seq = ?`).run(count - 1))
    for (const what of ['database', 'backup'] as const) {
      const { code, error } = await against(kept[what])
      expect(code).toBe(1)
      expect(error).toContain(`操作の記録の${count - 1}件目が書き換えられています。`)
      expect(error).toContain('設定の「連絡先')
    }
    for (const what of ['head', 'log'] as const) {
      const { code, error } = await against(kept[what])
      expect(code).toBe(1)
      expect(error).toMatch(new RegExp(`件目から${count}件目までが、.*に控えた内容と一致しません。`))
    }
  })

  test('names the entries that were cut off after the last archive', async () => {
    const { count } = kept
    forge((sqlite) => sqlite.prepare('DELETE FROM audit_log WHERE seq >= ?').run(count), false)
    expect((await verify()).error).not.toContain('操作の記録')
    const cut = await against(kept.log)
    expect(cut.code).toBe(1)
    expect(cut.error).toContain(`${kept.log}`)
    const whole = await against(kept.backup)
    expect(whole.error).toContain(`操作の記録の${count}件目が失われています。`)
    expect(whole.error).toContain('設定の「連絡先（電話番号）」を')
  })

  test.each([
    ['a signed head', 'head'],
    ['a line of the log', 'log'],
  ] as const)('takes no %s whose signature is not right', async (_name, what) => {
    const text = readFileSync(kept[what], 'utf8')
    const other = commands.file(
      'other.log',
      text.replace(/"count":(\d+)/, (_, count) => `"count":${Number(count) - 1}`),
    )
    expect(await against(other)).toMatchObject({
      code: 1,
      error: expect.stringContaining('の署名が、その内容と一致しません。'),
    })
  })

  test('--key asks for the signatures of that key', async () => {
    const own = commands.file('own.pem', publicKeyPem(testSigner.publicKey))
    const other = commands.file('other.pem', foreign)
    for (const what of ['archive', 'backup', 'head', 'log'] as const) {
      expect((await verify('--against', kept[what], '--key', own)).code).toBe(0)
      const { code, error } = await verify('--against', kept[what], '--key', other)
      expect([code, error]).toEqual([1, expect.stringContaining('指定した公開鍵')])
    }
  })

  test.each<[string, () => string[], string]>([
    [
      'a file that has nothing of the record',
      () => ['--against', commands.file('x.txt', '選定')],
      '操作の記録と照合できるものがありません',
    ],
    [
      'a spoilt backup',
      () => ['--against', commands.file('x.tar', readFileSync(kept.backup).subarray(0, 4096))],
      '壊れているバックアップ',
    ],
    [
      'a database of something else',
      () => [
        '--against',
        commands.file('x.db', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(500)])),
      ],
      '操作の記録と照合できるものがありません',
    ],
    ['no file', () => ['--against', '/nowhere'], 'ファイルがありません'],
    ['no value', () => ['--against'], '値を指定してください'],
    ['another option', () => ['--aginst', 'x'], 'この指定はありません'],
    ['a key that is none', () => ['--key', kept.head], '公開鍵（Ed25519）のファイルではありません'],
    ['two keys', () => ['--key', kept.head, '--key', kept.head], '1つだけ'],
  ])('refuses %s in one line', async (_name, args, why) => {
    const { code, error, errorLines } = await verify(...args())
    expect([code, errorLines]).toEqual([2, 1])
    expect(error).toContain(why)
  })
})

describe('the archives in the database', () => {
  const resign = (change: (archive: SignedArchive) => void) =>
    forge((sqlite) => {
      const { bytes } = sqlite
        .prepare("SELECT bytes FROM edition_files WHERE name = 'archive.json'")
        .get() as { bytes: Buffer }
      const archive = JSON.parse(bytes.toString('utf8'))
      change(archive)
      sqlite.exec('DROP TRIGGER edition_files_written_once')
      sqlite
        .prepare("UPDATE edition_files SET bytes = ? WHERE name = 'archive.json'")
        .run(Buffer.from(JSON.stringify(archive)))
    }, false)

  test.each<[string, (archive: SignedArchive) => void, string]>([
    [
      'without its signature',
      (archive) => {
        delete archive.signature
      },
      'に、署名がありません。',
    ],
    [
      'with another’s signature',
      (archive) => {
        archive.signature!.value = Buffer.alloc(64, 1).toString('base64')
      },
      'の署名が、その内容と一致しません。',
    ],
  ])('%s', async (_name, change, why) => {
    resign(change)
    const { code, error } = await verify()
    expect([code, error]).toEqual([1, expect.stringContaining(`初回選定の保存用一式${why}`)])
  })
})

describe('verify --key', () => {
  const run = (file: string, key: string) =>
    commands.run(['verify', file, '--key', commands.file('key.pem', key)])
  const own = publicKeyPem(testSigner.publicKey)
  const changed = (change: (archive: SignedArchive) => void) => {
    const archive = JSON.parse(readFileSync(kept.archive, 'utf8'))
    change(archive)
    return commands.file('changed.json', JSON.stringify(archive))
  }

  test('says that the key has signed', async () => {
    const { code, out } = await run(kept.archive, own)
    expect(code).toBe(0)
    expect(out).toContain('署名：指定した公開鍵による署名と一致します（鹿児島県の署名鍵（指紋：')
  })

  test.each<[string, () => Promise<{ code: number; error: string }>, string]>([
    ['another key', () => run(kept.archive, foreign), '署名が、指定した公開鍵（指紋：'],
    [
      'no signature',
      () =>
        run(
          changed((archive) => {
            delete archive.signature
          }),
          own,
        ),
      '署名がありません。',
    ],
    [
      'a changed signature',
      () =>
        run(
          changed((archive) => {
            archive.signature!.value = Buffer.alloc(64, 1).toString('base64')
          }),
          own,
        ),
      '署名が、この保存用一式のものではありません。',
    ],
    [
      'a signature of another archive',
      () =>
        run(
          changed((archive) => {
            archive.signature!.value = testSigner.sign(Buffer.from('0'.repeat(64)))
          }),
          own,
        ),
      '署名が、この保存用一式のものではありません。',
    ],
    [
      'a changed key in it',
      () =>
        run(
          changed((archive) => {
            archive.signature!.publicKey = Buffer.alloc(32, 9).toString('base64')
          }),
          own,
        ),
      '署名が、この保存用一式のものではありません。',
    ],
  ])('names %s', async (_name, verifying, why) => {
    const { code, error } = await verifying()
    expect([code, error]).toEqual([1, expect.stringContaining(why)])
    expect(error).toMatch(/^不一致：/)
  })
})

test('a database whose guards are off says so once, and has them on again', async () => {
  const sqlite = new Database(commands.databasePath)
  sqlite.exec('DROP TRIGGER audit_log_written_once')
  sqlite.close()
  expect((await verify()).error).toContain(
    '変更と削除を防ぐ設定が、データベースから外されていました（audit_log_written_once）',
  )
  expect((await verify()).code).toBe(0)
  const opened = openDatabase(commands.databasePath)
  expect(opened.guardsTakenOff).toEqual([])
  opened.close()
  expect(commands.stored(({ audit }) => audit.latest(1))).toMatchObject([
    { action: 'guard.restored', actor: 'system' },
  ])
  expect(installationFiles({ databasePath: commands.databasePath }).signingKey).toContain('signing-key')
})
