import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { holdExclusively } from '../../src/db/installation-lock.ts'
import { expected, versionZero } from '../db/version-0.ts'
import { aKilledSurvey, descriptionOf, KO } from '../support/backups.ts'
import { startCommands } from '../support/command.ts'
import { COMMANDS } from '../support/started.ts'
import { saveSubmission } from '../support/submissions.ts'

let commands: ReturnType<typeof startCommands>
let files: ReturnType<typeof aKilledSurvey>
let folder: string
let target: string
beforeEach(() => {
  commands = startCommands()
  folder = dirname(commands.databasePath)
  target = join(folder, 'x.tar')
  files = aKilledSurvey(commands.databasePath, (stores) => {
    saveSubmission(stores, { hospital: KO })
    stores.sessions.set('an id', 'a session that is on', new Date('2099-01-01'))
  })
})
afterEach(() => commands.remove())

/** Nothing that was begun is left. */
function names(): string[] {
  return readdirSync(folder).filter((name) => !name.startsWith('survey.db'))
}

describe('backup', () => {
  test('has what only the -wal had, and the keys, but neither the secret of the sessions nor a session', async () => {
    const { code, out } = await commands.run(['backup', target])
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(
        /SHA-256：[0-9a-f]{64}[\s\S]*回答1件、病院1件、操作の記録\d+件、末尾[0-9a-f]{64}/,
      ),
    ])
    expect(statSync(target).mode & 0o777).toBe(0o600)
    const bytes = readFileSync(target)
    for (const key of [files.receiptKey, files.invitationKey, files.signingKey])
      expect(bytes.includes(readFileSync(key))).toBe(true)
    expect(bytes.includes(readFileSync(files.sessionSecret, 'utf8').trim())).toBe(false)
    expect(bytes.includes('a session that is on')).toBe(false)
    expect(names()).toEqual(['x.tar'])
  })

  test('is read by tar and sha256sum, and what comes out is a survey', async () => {
    await commands.run(['backup', target])
    const out = join(folder, 'out')
    mkdirSync(out)
    execFileSync('tar', ['xf', target, '-C', out])
    const sums = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: out, encoding: 'utf8' })
    expect(sums.trim().split('\n')).toHaveLength(readdirSync(out).length - 1)
    const database = new Database(join(out, 'kakuho.db'), { readonly: true })
    expect(database.prepare('SELECT count(*) FROM submissions').pluck().get()).toBe(1)
    expect(database.prepare('SELECT count(*) FROM sessions').pluck().get()).toBe(0)
    database.close()
  })

  test('says on the record when it was made and of what; the description says how long the record was', async () => {
    await commands.run(['backup', target])
    const entries = commands.stored(({ audit }) => audit.all())
    const { record } = descriptionOf(target)
    expect(record).toEqual({
      first: entries[0]!.hash,
      count: entries.length - 1,
      head: entries.at(-2)!.hash,
      brokenAt: null,
    })
    expect(entries.at(-1)).toMatchObject({
      actor: 'cli',
      action: 'backup.made',
      subject: 'x.tar',
      detail: { answers: 1, entries: record.count, head: record.head },
    })
    expect(commands.stored(({ audit }) => audit.verify())).toBeNull()
  })

  test('is what audit verify compares the record with, by every entry', async () => {
    await commands.run(['backup', target])
    expect(await commands.run(['audit', 'verify', '--against', target])).toMatchObject({ code: 0 })
    const sqlite = new Database(commands.databasePath)
    sqlite.exec('DROP TRIGGER audit_log_never_deleted; DELETE FROM audit_log WHERE seq > 2')
    sqlite.close()
    const cut = await commands.run(['audit', 'verify', '--against', target])
    expect([cut.code, cut.error]).toEqual([1, expect.stringContaining('不一致')])
    const bytes = readFileSync(target)
    writeFileSync(target, bytes.subarray(0, bytes.length - 512))
    expect(await commands.run(['audit', 'verify', '--against', target])).toMatchObject({
      code: 2,
      error: expect.stringContaining('壊れている'),
    })
  })

  test.each([
    ['receiptKey', '確認コードの鍵のファイルが'],
    ['signingKey', '署名の鍵のファイルが'],
  ] as const)('without the %s that the database knows there is none', async (key, message) => {
    rmSync(files[key])
    expect(await commands.run(['backup', target])).toMatchObject({
      code: 1,
      error: expect.stringContaining(`${message}ありません`),
    })
    const other = aKilledSurvey(join(folder, 'survey.db.other'), () => {})
    copyFileSync(other[key], files[key])
    expect(await commands.run(['backup', target])).toMatchObject({
      code: 1,
      error: expect.stringContaining(`${message}データベースのものではありません`),
    })
    writeFileSync(files[key], 'no key')
    expect(await commands.run(['backup', target])).toMatchObject({
      code: 1,
      error: expect.stringContaining('読み取れません'),
    })
    expect(names()).toEqual([])
  })

  test('a survey with the tables of Litestream is served, saved and restored as any other', async () => {
    const sqlite = new Database(commands.databasePath)
    sqlite.exec(
      'CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER); CREATE TABLE _litestream_lock (id INTEGER)',
    )
    sqlite.close()
    expect(await commands.run(['settings', 'show'])).toMatchObject({ code: 0 })
    expect(await commands.run(['backup', target])).toMatchObject({ code: 0 })
    expect(await commands.run(['restore', target])).toMatchObject({ code: 0 })
    expect(await commands.run(['audit', 'verify'])).toMatchObject({ code: 0 })
  })

  test('of a file that an earlier program left has it as it is, so that one can be made before a newer program opens it', async () => {
    for (const path of Object.values(files)) rmSync(path, { force: true })
    writeFileSync(files.database, versionZero())
    expect(await commands.run(['backup', target])).toMatchObject({ code: 0 })
    expect(descriptionOf(target)).toMatchObject({
      answers: expected.rows.submissions,
      record: { brokenAt: null },
    })
    expect(descriptionOf(target).files).toHaveLength(1)
    rmSync(files.database)
    expect(await commands.run(['restore', target])).toMatchObject({ code: 0 })
    expect(commands.stored(({ audit }) => [audit.verify(), audit.all().at(-1)!.action])).toEqual([
      null,
      'backup.restored',
    ])
  })

  test('waits for no lock: another program writes all the while', async () => {
    const other = new Database(commands.databasePath)
    other.exec('BEGIN IMMEDIATE')
    const running = commands.run(['backup', target])
    while (!names().includes('x.tar')) await new Promise((done) => setTimeout(done, 5))
    other.exec('ROLLBACK')
    other.close()
    expect(await running).toMatchObject({ code: 0, out: expect.not.stringContaining('残せませんでした') })
  })

  test.each([
    ['over another file', () => target, '既にあるファイルです'],
    [
      'under a name of the survey’s own',
      () => `${commands.databasePath}.restoring`,
      '調査のファイルの名前です',
    ],
    ['into a folder without --keep', () => folder, 'フォルダーです'],
    ['into a folder that is not there', () => join(folder, 'no', 'x.tar'), 'フォルダーがありません'],
    ['nowhere', () => '', '使い方'],
  ])('nothing is written %s', async (_name, path, message) => {
    writeFileSync(target, 'another')
    const { code, error, errorLines } = await commands.run(['backup', path()])
    expect([code, error, errorLines]).toEqual([expect.any(Number), expect.stringContaining(message), 1])
    expect(code).not.toBe(0)
    expect(readFileSync(target, 'utf8')).toBe('another')
    expect(names()).toEqual(['x.tar'])
  })

  test('is refused while the survey is replaced', async () => {
    const held = holdExclusively(files.lock)!
    const { code, error } = await commands.run(['backup', target])
    expect([code, error]).toEqual([
      1,
      expect.stringContaining('データベースを入れ替えています（復元などの処理中です）'),
    ])
    held.release()
  })

  test('a database that is broken gives no backup, and one line', async () => {
    commands.stored(() => null)
    const bytes = readFileSync(commands.databasePath)
    bytes.fill(0xff, bytes.length - 3 * 4096, bytes.length - 4096)
    writeFileSync(commands.databasePath, bytes)
    const { code, error, errorLines } = await commands.run(['backup', target])
    expect([code, error, errorLines]).toEqual([1, expect.stringContaining('データベースが壊れています'), 1])
    expect(names()).toEqual([])
  })

  test('a record that does not hold is told, and saved all the same', async () => {
    const sqlite = new Database(commands.databasePath)
    sqlite.exec("DROP TRIGGER audit_log_written_once; UPDATE audit_log SET actor = 'forged' WHERE seq = 1")
    sqlite.close()
    const { code, error } = await commands.run(['backup', target])
    expect([code, error]).toEqual([1, expect.stringContaining('操作の記録の1件目から後')])
    expect(descriptionOf(target).record.brokenAt).toBe(1)
  })

  test('where the disk is full there is one line, and nothing half is left', () => {
    const command = `trap '' XFSZ; ulimit -f 300; exec "$0" "$1" backup "$2"`
    expect(() =>
      execFileSync('sh', ['-c', command, process.execPath, COMMANDS, target], {
        env: { DATABASE_PATH: commands.databasePath },
        stdio: 'pipe',
      }),
    ).toThrow(/：(保存先の空き容量が足りません|ファイルの読み書きに失敗しました)[^\n]*\n$/)
    expect(names()).toEqual([])
  })
})

describe('backup --keep', () => {
  const made = async (day: number) => {
    commands.setNow(`2024-03-${day}T01:00:00Z`)
    return commands.run(['backup', '--keep', '2', folder])
  }

  test('leaves as many as are wanted, the newest', async () => {
    for (const day of [11, 12, 13, 14]) expect((await made(day)).code).toBe(0)
    expect(names()).toEqual(['kakuho-20240313-100000.tar', 'kakuho-20240314-100000.tar'])
  })

  test('takes away nothing that is not its own, and counts nothing that is damaged', async () => {
    await made(11)
    const own = join(folder, 'kakuho-20240311-100000.tar')
    const others = ['kakuho-20240301-100000.tar.gz', 'backup.tar', 'kakuho-20240301-1000.tar']
    for (const name of others) writeFileSync(join(folder, name), readFileSync(own))
    writeFileSync(join(folder, 'kakuho-20240302-100000.tar'), readFileSync(own).subarray(0, 5000))
    const another = startCommands()
    await another.run(['settings', 'set', 'title=別の調査'])
    const foreign = join(folder, 'kakuho-20240303-100000.tar')
    await another.run(['backup', foreign])
    another.remove()
    for (const day of [12, 13, 14]) await made(day)
    expect(names()).toEqual(
      [
        ...others,
        'kakuho-20240302-100000.tar',
        basename(foreign),
        'kakuho-20240313-100000.tar',
        'kakuho-20240314-100000.tar',
      ].toSorted(),
    )
  })

  test('a backup whose record does not hold pushes out no other', async () => {
    for (const day of [11, 12]) await made(day)
    const sqlite = new Database(commands.databasePath)
    sqlite.exec("DROP TRIGGER audit_log_written_once; UPDATE audit_log SET actor = 'forged' WHERE seq = 1")
    sqlite.close()
    for (const day of [13, 14]) expect((await made(day)).code).toBe(1)
    expect(names()).toHaveLength(4)
  })

  test('takes away what was left of one that was killed, once it is a day old', async () => {
    const parts = [
      'kakuho-20240309-100000.tar.part-Abc123',
      'kakuho-20240310-233000.tar.part-Abc123',
      'mine.part-Abc123',
    ]
    for (const [index, name] of parts.entries()) {
      mkdirSync(join(folder, name))
      const at = new Date(Date.parse('2024-03-11T01:00:00Z') - [48, 3, 48][index]! * 3_600_000)
      utimesSync(join(folder, name), at, at)
    }
    await made(11)
    expect(names()).toEqual([...parts.slice(1), 'kakuho-20240311-100000.tar'].toSorted())
  })

  test.each([['0'], ['-1'], ['many'], ['1.5']])('%s is no number of backups', async (keep) => {
    expect(await commands.run(['backup', `--keep=${keep}`, folder])).toMatchObject({ code: 2 })
    expect(names()).toEqual([])
  })
})
