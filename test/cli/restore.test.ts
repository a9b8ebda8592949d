import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { holdShared } from '../../src/db/installation-lock.ts'
import { BACKUP_FORMAT } from '../../src/domain/record/backup.ts'
import { sha256Hex } from '../../src/domain/text/canonical.ts'
import { type BackupSources, writeBackup } from '../../src/files/backup/backup-file.ts'
import { installationFiles } from '../../src/installation.ts'
import { aKilledSurvey, descriptionOf, found, KO } from '../support/backups.ts'
import { startCommands } from '../support/command.ts'
import { saveSubmission } from '../support/submissions.ts'

let commands: ReturnType<typeof startCommands>
let files: ReturnType<typeof installationFiles>
let folder: string
let backup: string
let keysThen: string[]
beforeEach(async () => {
  commands = startCommands()
  folder = dirname(commands.databasePath)
  backup = join(folder, 'x.tar')
  files = aKilledSurvey(commands.databasePath, (stores) => saveSubmission(stores, { hospital: KO }))
  keysThen = keys()
  await commands.run(['backup', backup])
  // What happened since: another survey, with other keys, most of which stands in its -wal alone.
  files = aKilledSurvey(commands.databasePath, (stores) => {
    for (let answers = 0; answers < 3; answers += 1) saveSubmission(stores, { hospital: KO })
    stores.sessions.set('an id', 'a session', new Date('2099-01-01'))
  })
  commands.setNow('2024-03-12T01:00:00Z')
})
afterEach(() => commands.remove())

const keys = () =>
  [files.receiptKey, files.invitationKey, files.signingKey].map((path) => readFileSync(path, 'utf8'))
const answers = (path = files.database) => found(path, ({ submissions }) => submissions.all().length)
const keptFolder = () => join(folder, readdirSync(folder).find((name) => name.includes('.before-'))!)

describe('restore', () => {
  test('puts back the database and the keys, and says as of when and how much', async () => {
    const { record } = descriptionOf(backup)
    const { code, out } = await commands.run(['restore', backup])
    expect(code).toBe(0)
    expect(out).toContain('令和6年3月11日（月）10時00分のバックアップを復元しました（回答1件、病院1件、')
    expect(out).toContain(`操作の記録${record.count}件、末尾${record.head}`)
    expect(out).toContain(`${keptFolder()}に残しました（回答3件）`)
    expect(out).toContain('復元する前とは署名の鍵が異なります')
    expect([answers(), keys()]).toEqual([1, keysThen])
    expect(statSync(files.database).mode & 0o777).toBe(0o600)
  })

  test('keeps what it took the place of, whole: with its -wal and its keys', async () => {
    const keysBefore = keys()
    await commands.run(['restore', backup])
    const kept = installationFiles({ databasePath: join(keptFolder(), 'survey.db') })
    expect(answers(kept.database)).toBe(3)
    expect(
      [kept.receiptKey, kept.invitationKey, kept.signingKey].map((path) => readFileSync(path, 'utf8')),
    ).toEqual(keysBefore)
    expect(statSync(keptFolder()).mode & 0o777).toBe(0o700)
  })

  test('nobody is logged in any more, and the record says that it was done and holds', async () => {
    await commands.run(['restore', backup])
    commands.stored(({ audit, sessions }) => {
      expect(sessions.get('an id')).toBeNull()
      expect(audit.all().at(-1)).toMatchObject({
        action: 'backup.restored',
        detail: { madeAt: '2024-03-11T01:00:00.000Z', answers: 1 },
      })
      expect(audit.verify()).toBeNull()
    })
  })

  test('leaves nothing of itself, and the old survey of each time', async () => {
    const before = readdirSync(folder)
    await commands.run(['restore', backup])
    await commands.run(['restore', backup])
    const added = readdirSync(folder).filter(
      (name) => !before.includes(name) && !/-(wal|shm)$|\.lock$/.test(name),
    )
    expect(added).toEqual(['survey.db.before-20240312-100000', 'survey.db.before-20240312-100000-2'])
  })

  test('makes a survey where there is none, and says so', async () => {
    for (const path of Object.values(files)) rmSync(path, { force: true })
    const { code, out } = await commands.run(['restore', backup])
    expect([code, out]).toEqual([
      0,
      expect.stringContaining(`調査のファイルがなかったため、${files.database}を作成しました`),
    ])
    expect([answers(), keys()]).toEqual([1, keysThen])
  })

  test('takes the place of a database that cannot be read any more', async () => {
    writeFileSync(files.database, randomBytes(9000))
    expect(await commands.run(['restore', backup])).toMatchObject({ code: 0 })
    expect(answers()).toBe(1)
    expect(statSync(join(keptFolder(), 'survey.db')).size).toBe(9000)
  })

  test('a key that the backup has not is not left beside what it does not belong to', async () => {
    rmSync(join(folder, 'x.tar'))
    rewritten(({ invitationKey: _, ...sources }) => sources)
    await commands.run(['restore', backup])
    expect(existsSync(files.invitationKey)).toBe(false)
    expect(existsSync(join(keptFolder(), 'survey.db.invitation-key'))).toBe(true)
  })
})

function folderInstead(path: string): void {
  rmSync(path)
  mkdirSync(path)
}

/** The backup anew, with other files in it. */
function rewritten(change: (sources: BackupSources) => BackupSources): void {
  const own = {
    receiptKey: files.receiptKey,
    invitationKey: files.invitationKey,
    signingKey: files.signingKey,
  }
  const database = join(folder, 'other.db')
  const sqlite = new Database(files.database)
  sqlite.exec(`VACUUM INTO '${database}'`)
  sqlite.close()
  const facts = {
    format: BACKUP_FORMAT,
    madeAt: '2024-03-11T01:00:00.000Z',
    schema: { migrations: 6, newest: 1 },
    answers: 3,
    hospitals: 1,
    record: { first: 'a'.repeat(64), count: 3, head: 'b'.repeat(64), brokenAt: null },
  } as const
  rmSync(backup, { force: true })
  writeBackup(backup, facts, change({ database, ...own }), null)
}

function changedDatabase(sql: string): BackupSources {
  const path = join(folder, 'changed.db')
  const sqlite = new Database(files.database)
  sqlite.exec(`VACUUM INTO '${path}'`)
  sqlite.close()
  const changed = new Database(path)
  changed.pragma('foreign_keys = OFF')
  changed.exec(sql)
  changed.close()
  return { database: path }
}

/** Every page can be read; only a look through all of it finds that an index names another setting than its row. */
function brokenIndex(): BackupSources {
  const { database } = changedDatabase('')
  const bytes = readFileSync(database!)
  const LEAF_OF_INDEX = 0x0a
  for (let page = 4096; page < bytes.length; page += 4096) {
    const at = bytes.subarray(page, page + 4096).indexOf('issuedOn')
    if (bytes[page] === LEAF_OF_INDEX && at >= 0) bytes.write('9', page + at)
  }
  writeFileSync(database!, bytes)
  return { database: database! }
}

describe('nothing is touched', () => {
  const refusals: [name: string, prepare: () => void, message: string][] = [
    ['where the file is not there', () => rmSync(backup), 'ファイルがありません'],
    ['by a file that is no backup', () => writeFileSync(backup, 'kakuho'), 'バックアップではありません'],
    ['by a folder', () => folderInstead(backup), 'バックアップではありません'],
    [
      'by a database',
      () => writeFileSync(backup, readFileSync(files.database)),
      'バックアップではありません',
    ],
    [
      'by a backup that is cut off',
      () => writeFileSync(backup, readFileSync(backup).subarray(0, 9999)),
      '壊れています',
    ],
    [
      'by a backup in which one byte is another',
      () => {
        const bytes = readFileSync(backup)
        bytes[20_000] = bytes[20_000]! ^ 1
        writeFileSync(backup, bytes)
      },
      '壊れています',
    ],
    [
      'by the database of a later program',
      () =>
        rewritten(() =>
          changedDatabase("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9999999999999)"),
        ),
      '新しい版のプログラム',
    ],
    [
      'by another program’s database',
      () => rewritten(() => changedDatabase('DROP TABLE __drizzle_migrations')),
      '調査のデータベースではありません',
    ],
    [
      'by a database whose rows name others that are not there',
      () => rewritten(() => changedDatabase("UPDATE submissions SET hospital_code = 'none'")),
      '壊れています',
    ],
    [
      'by a database that is none',
      () => rewritten(() => ({ database: commands.file('none', randomBytes(9000)) })),
      '調査のデータベースではありません',
    ],
    [
      'by a key that is none',
      () => rewritten((sources) => ({ ...sources, receiptKey: commands.file('none', 'short\n') })),
      '鍵のファイル（receiptKey）を読み取れません',
    ],
    ['by a database whose index is another one’s', () => rewritten(() => brokenIndex()), '壊れています'],
    [
      'by a key that is another database’s',
      () => rewritten((sources) => ({ ...sources, receiptKey: sources.invitationKey! })),
      '確認コードの鍵のファイルがデータベースのものではありません',
    ],
    [
      'by a database without its key',
      () => rewritten(({ receiptKey: _, ...sources }) => sources),
      '確認コードの鍵のファイルがありません',
    ],
    [
      'where DATABASE_PATH is a link',
      () => {
        rmSync(files.database)
        writeFileSync(join(folder, 'elsewhere.db'), '')
        symlinkSync(join(folder, 'elsewhere.db'), files.database)
      },
      'リンクかフォルダー',
    ],
  ]
  test.each(refusals)('%s', async (_name, prepare, message) => {
    prepare()
    const before = contents()
    const { code, error, errorLines } = await commands.run(['restore', backup])
    expect([code, error, errorLines]).toEqual([2, expect.stringContaining(message), 1])
    expect(contents()).toEqual(before)
  })

  test('while a server or a command has the survey open', async () => {
    const held = holdShared(files.lock)!
    const before = contents()
    expect(await commands.run(['restore', backup])).toMatchObject({
      code: 1,
      error: expect.stringContaining('サーバーかほかのコマンドが使用中です'),
    })
    expect(contents()).toEqual(before)
    held.release()
    expect(await commands.run(['restore', backup])).toMatchObject({ code: 0 })
  })

  test.each([[[]], [['a', 'b']], [['--force']]])('by %j', async (args) => {
    expect(await commands.run(['restore', ...args])).toMatchObject({ code: 2 })
  })
})

/** Of every file that there is, but for what SQLite keeps for its own readers. */
function contents(): Record<string, string> {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isFile() && !/\.lock$|-shm$/.test(each.name))
    .map(({ name }) => name)
  return Object.fromEntries(names.map((name) => [name, sha256Hex(readFileSync(join(folder, name)))]))
}
