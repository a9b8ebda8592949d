import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { holdExclusively, holdShared } from '../src/db/installation-lock.ts'
import { openDatabase } from '../src/db/open.ts'
import { openStores } from '../src/db/stores.ts'
import { openSurvey } from '../src/open-survey.ts'
import { START_CODES, type StartCode, StartProblem } from '../src/start-problem.ts'
import { startCommands } from './support/command.ts'
import { freshImage } from './support/database.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  path = join(folder, 'survey.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const NAMES = new Map(Object.entries(START_CODES).map(([name, code]) => [code as number, name as StartCode]))

const opened = (rules: { mayCreate: boolean }, databasePath = path) => openSurvey({ databasePath }, rules)

/** What a start says of what is there: its code by name, or 'opened'. */
function start(
  rules = { mayCreate: true },
  databasePath = path,
): { said: StartCode | 'opened'; line: string } {
  try {
    opened(rules, databasePath).database.close()
    return { said: 'opened', line: '' }
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error
    return { said: NAMES.get(error.exitCode)!, line: error.message }
  }
}

/** Changes a sound survey's file behind its back. */
function changed(change: (sqlite: Database.Database) => void): void {
  writeFileSync(path, freshImage())
  const sqlite = new Database(path)
  change(sqlite)
  sqlite.close()
}

const REFUSED: [name: string, StartCode, make: () => void][] = [
  ['no folder', 'no-folder', () => rmSync(folder, { recursive: true })],
  [
    'a file in the place of the folder',
    'no-folder',
    () => {
      rmSync(folder, { recursive: true })
      writeFileSync(folder, '')
    },
  ],
  ['a folder in the place of the file', 'no-file', () => mkdirSync(path)],
  ['no byte', 'empty', () => writeFileSync(path, '')],
  ['a text', 'not-a-database', () => writeFileSync(path, '医療機関コード,機関コード\n'.repeat(300))],
  ['the beginning of a database', 'truncated', () => writeFileSync(path, freshImage().subarray(0, 60))],
  [
    'half a database',
    'truncated',
    () => writeFileSync(path, freshImage().subarray(0, freshImage().length >> 1)),
  ],
  [
    'one page of nonsense in a table that no start reads',
    'corrupt',
    () => {
      writeFileSync(path, freshImage())
      const sqlite = new Database(path, { readonly: true })
      const page = sqlite.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'outbox'").pluck().get()
      sqlite.close()
      const start = (Number(page) - 1) * 4096
      writeFileSync(path, Buffer.from(freshImage()).fill(0x5a, start, start + 4096))
    },
  ],
  [
    'a page full of nonsense',
    'corrupt',
    () => writeFileSync(path, Buffer.from(freshImage()).fill(0x5a, 4096, 40_000)),
  ],
  [
    'another application’s, by its number',
    'other-application',
    () => changed((db) => db.pragma('application_id = 1196444487')),
  ],
  [
    'another application’s, by its tables',
    'other-application',
    () => {
      const sqlite = new Database(path)
      sqlite.exec('CREATE TABLE customers (id INTEGER)')
      sqlite.close()
    },
  ],
  [
    'a newer program’s',
    'newer',
    () =>
      changed((db) =>
        db.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('future', 4102444800000)"),
      ),
  ],
  [
    'a migration that no version had',
    'unknown-schema',
    () => changed((db) => db.exec("UPDATE __drizzle_migrations SET hash = 'another' WHERE rowid = 2")),
  ],
  [
    'a column of another name',
    'unknown-schema',
    () => changed((db) => db.exec('ALTER TABLE settings RENAME COLUMN value TO text')),
  ],
  [
    'a column too many',
    'unknown-schema',
    () => changed((db) => db.exec('ALTER TABLE settings ADD COLUMN more TEXT')),
  ],
  [
    'nothing, beside the keys of a survey',
    'file-gone',
    () => writeFileSync(`${path}.session-secret`, 'x'.repeat(43)),
  ],
  [
    'nothing, beside the key of its receipts',
    'file-gone',
    () => writeFileSync(`${path}.receipt-key`, 'x'.repeat(43)),
  ],
  ['nothing, beside its last changes', 'file-gone', () => writeFileSync(`${path}-wal`, 'x')],
]

describe('what is no whole survey of this program', () => {
  test.each(REFUSED)(
    '%s: one line, a code of its own, and nothing is changed or added',
    (_name, expected, make) => {
      writeFileSync(path, freshImage())
      rmSync(path)
      make()
      const before = contents()
      const { said, line } = start()
      expect(said).toBe(expected)
      expect(line).toMatch(/^[^\n]+：[^\n]*[ぁ-ん][^\n]*。$/)
      expect(line.startsWith(path)).toBe(true)
      expect(contents()).toEqual(before)
    },
  )
})

/** The names and bytes of everything in the folder, but for what SQLite itself lays there while it looks. */
function contents(): Record<string, string> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return {}
  const names = readdirSync(folder).filter((name) => !/\.lock$/.test(name))
  return Object.fromEntries(
    names.map((name) => {
      const each = join(folder, name)
      return [
        name,
        statSync(each).isDirectory() ? '' : readFileSync(each).toString('base64').slice(0, 200_000),
      ]
    }),
  )
}

/** The database with its -wal and -shm as a kill leaves them. */
function copyAll(name: string): void {
  for (const end of ['', '-wal', '-shm']) copyFileSync(`${path}${end}`, `${path}-${name}${end}`)
}

describe('a file that is not there', () => {
  test('is made, and said so; not by a command that only reads', () => {
    expect(start({ mayCreate: false }).said).toBe('missing')
    expect(existsSync(path)).toBe(false)
    const { isNew, database } = opened({ mayCreate: true })
    database.close()
    expect(isNew).toBe(true)
    expect(start({ mayCreate: false }).said).toBe('opened')
    expect(openSurveyOnce().isNew).toBe(false)
  })

  test('is no file of a first start that was killed: that one begins again', () => {
    const sqlite = new Database(path)
    sqlite.pragma('journal_mode = WAL')
    sqlite.close()
    expect(statSync(path).size).toBeGreaterThan(0)
    expect(start().said).toBe('opened')
  })

  test('leaves nothing behind where it cannot be made', () => {
    mkdirSync(`${path}-wal`)
    expect(['no-room', 'not-permitted', 'file-gone']).toContain(start().said)
    expect(existsSync(path)).toBe(false)
  })
})

function openSurveyOnce() {
  const survey = opened({ mayCreate: true })
  survey.database.close()
  return survey
}

describe('a survey whose program was killed', () => {
  /** Eight settings, one transaction each, none of them in the database itself yet. */
  function killed(): void {
    writeFileSync(path, freshImage())
    openSurveyOnce()
    const database = openDatabase(path)
    const { settings } = openStores(database.db, () => new Date(0))
    for (let number = 1; number <= 8; number += 1)
      settings.change({ title: `題名${number}` }, { actor: 'test', at: new Date(0) })
    copyAll('killed')
    database.close()
    for (const end of ['', '-wal', '-shm']) {
      rmSync(`${path}${end}`, { force: true })
      copyFileSync(`${path}-killed${end}`, `${path}${end}`)
    }
  }

  const titleNow = () => {
    const { database } = opened({ mayCreate: false })
    const { title } = openStores(database.db, () => new Date(0)).settings.read()
    database.close()
    return title
  }

  /** @param at which part of the -wal, from 0 to 1 */
  function spoil(at: number): void {
    const wal = readFileSync(`${path}-wal`)
    const place = 32 + Math.floor((wal.length - 32) * at)
    wal[place] = wal[place]! ^ 0xff
    writeFileSync(`${path}-wal`, wal)
  }

  beforeEach(killed)

  test('has everything that was acknowledged', () => {
    expect(titleNow()).toBe('題名8')
  })

  test('has it without the -shm, too', () => {
    rmSync(`${path}-shm`)
    expect(titleNow()).toBe('題名8')
  })

  test.each([0.001, 0.3, 0.6, 0.9, 0.999])('a byte of the -wal is another (at %s): refused', (at) => {
    spoil(at)
    expect(start().said).toBe('damaged-log')
  })

  test('the -wal is cut, or gone: what is missing is known from the -shm', () => {
    truncateSync(`${path}-wal`, statSync(`${path}-wal`).size - 5000)
    expect(start().said).toBe('damaged-log')
    truncateSync(`${path}-wal`, 0)
    expect(start().said).toBe('damaged-log')
    writeFileSync(`${path}-wal`, Buffer.alloc(100_000))
    expect(start().said).toBe('damaged-log')
    rmSync(`${path}-wal`)
    expect(start().said).toBe('damaged-log')
  })

  test('the head of the -wal is nonsense: refused, with the -shm or without', () => {
    const wal = readFileSync(`${path}-wal`).fill(7, 0, 32)
    writeFileSync(`${path}-wal`, wal)
    expect(start().said).toBe('damaged-log')
    rmSync(`${path}-shm`)
    expect(start().said).toBe('damaged-log')
  })

  test('without the -shm: whole transactions behind a broken place tell that they were acknowledged', () => {
    spoil(0.3)
    rmSync(`${path}-shm`)
    expect(start().said).toBe('damaged-log')
  })

  test('half a transaction at the end was never acknowledged: it is dropped', () => {
    const wal = readFileSync(`${path}-wal`)
    // A frame of the same -wal, unfinished.
    const frame = Buffer.from(wal.subarray(32, 32 + 24 + 4096))
    frame.writeUInt32BE(0, 4)
    appendFileSync(`${path}-wal`, frame)
    expect(titleNow()).toBe('題名8')
  })

  test('a backup in the place of the database, beside the old -wal: refused until that is moved away', () => {
    writeFileSync(path, freshImage())
    expect(start().said).toBe('foreign-log')
    rmSync(`${path}-wal`)
    rmSync(`${path}-shm`)
    expect(titleNow()).not.toContain('題名')
  })
})

describe('who else has it open', () => {
  test('another program does not hinder; it is not opened while it is replaced', () => {
    writeFileSync(path, freshImage())
    const first = opened({ mayCreate: true })
    expect(start().said).toBe('opened')
    expect(holdExclusively(`${path}.lock`)).toBeNull()
    first.database.close()
    const replacing = holdExclusively(`${path}.lock`)
    expect(replacing).not.toBeNull()
    replacing?.release()
  })

  test('an earlier version’s file is not brought up to date under a program that has it open', () => {
    changed((db) =>
      db.exec(
        'DELETE FROM __drizzle_migrations WHERE created_at = (SELECT max(created_at) FROM __drizzle_migrations)',
      ),
    )
    const held = holdShared(`${path}.lock`)
    expect(start().said).toBe('open-elsewhere')
    held?.release()
  })
})

test('what others could read is the owner’s alone from the next start on', () => {
  writeFileSync(path, freshImage())
  writeFileSync(`${path}.receipt-key`, 'x'.repeat(43))
  for (const each of [path, `${path}.receipt-key`]) chmodSync(each, 0o644)
  expect(openSurveyOnce().tightened.toSorted()).toEqual([path, `${path}.receipt-key`].toSorted())
  for (const name of readdirSync(folder))
    expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0])
  expect(openSurveyOnce().tightened).toEqual([])
})

describe('commands', () => {
  test('say the same, in one line, and leave nothing behind', async () => {
    const commands = startCommands({ image: null })
    for (const argv of [
      ['settings', 'show'],
      ['audit', 'verify'],
      ['user', 'list'],
      ['report', '1', '--out', folder],
    ]) {
      const { code, error, errorLines } = await commands.run(argv)
      expect([argv[0], code, errorLines, error]).toEqual([
        argv[0],
        2,
        1,
        expect.stringContaining('データベースがありません'),
      ])
    }
    const refused = await commands.run(['settings', 'set', 'regionFloor=many'])
    expect(refused.code).toBe(2)
    expect(existsSync(commands.databasePath)).toBe(false)
    const made = await commands.run(['settings', 'set', 'title=あ'])
    expect([made.code, made.out.split('\n')[0]]).toEqual([
      0,
      `データベース（${commands.databasePath}）がないため、新しく作成します。`,
    ])
    writeFileSync(commands.databasePath, Buffer.from(freshImage()).fill(0x5a, 4096, 40_000))
    const { code, error, errorLines } = await commands.run(['settings', 'show'])
    expect([code, errorLines, error]).toEqual([1, 1, expect.stringContaining('壊れています')])
    commands.remove()
  })

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is no command', async (name) => {
    const commands = startCommands()
    expect(await commands.run([name])).toMatchObject({ code: 2, errorLines: 1 })
    expect(await commands.run(['settings', 'set', `${name}=1`])).toMatchObject({ code: 2, errorLines: 1 })
    commands.remove()
  })
})
