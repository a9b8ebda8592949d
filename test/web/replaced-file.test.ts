import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import Database from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { purgeStore } from '../../src/db/purge.ts'
import { logState } from '../../src/db/write-ahead-log.ts'
import { fieldsOf } from '../support/forms.ts'
import { htmlOf, textOf } from '../support/html.ts'
import { testSigner } from '../support/signing.ts'
import { surveyWith } from '../support/survey.ts'

const site = surveyWith({ onDisk: true })
const COMPANIONS = ['-wal', '-shm']

/** Of before any answer, complete in one file. */
let backup: string
beforeEach(async () => {
  backup = `${site.databasePath}.backup`
  site.database.db.run(sql`VACUUM INTO ${backup}`)
  expect((await site.send()).statusCode).toBe(303)
})

const health = async () => (await site.get('/healthz')).statusCode
/** What another program finds that opens the file now. */
const answersIn = (path: string) => {
  const file = new Database(path)
  const count = file.prepare('SELECT count(*) FROM submissions').pluck().get()
  expect(file.pragma('integrity_check', { simple: true })).toBe('ok')
  file.close()
  return count
}
const checkpoint = () => site.database.db.get(sql`PRAGMA wal_checkpoint(TRUNCATE)`)

async function refusesUntilRestarted(): Promise<void> {
  const reply = await site.send()
  expect([reply.statusCode, textOf(htmlOf(reply), 'h1')]).toEqual([503, '回答内容の確認'])
  expect(await health()).toBe(503)
  // Nor does anything else write, whatever does not ask first.
  expect(() => site.stores.audit.append({ ...ENTRY, at: site.now() })).toThrow('readonly')
  expect((await site.get('/')).statusCode).toBe(200)
}
const ENTRY = { actor: 'test', action: 'login.succeeded', subject: 'test', detail: {} }

describe('a restored file over the one that is open', () => {
  test('by mv: no receipt is given, and nothing of before is written into it, then or at the next start', async () => {
    renameSync(backup, site.databasePath)
    await refusesUntilRestarted()
    await site.restart('2024-03-11T02:00:00Z')
    expect(answersIn(site.databasePath)).toBe(0)
    expect((await site.send()).statusCode).toBe(303)
    expect(await health()).toBe(200)
  })

  test('by mv, and the program stops before anybody asked anything', async () => {
    renameSync(backup, site.databasePath)
    await site.restart('2024-03-11T02:00:00Z')
    expect(site.stores.submissions.all()).toEqual([])
  })

  test('by mv, in the middle of a sending: it is not receipted, and what was typed is kept', async () => {
    const { $client } = site.database.db as typeof site.database.db & { $client: Database.Database }
    $client.function('restore_now', () => renameSync(backup, site.databasePath))
    $client.exec('CREATE TEMP TRIGGER midway AFTER INSERT ON submissions BEGIN SELECT restore_now(); END')
    const reply = await site.send({ remarks: '途中で' })
    expect([reply.statusCode, reply.headers.location]).toEqual([503, undefined])
    expect(fieldsOf(htmlOf(reply))).toMatchObject({ remarks: '途中で' })
  })

  test('by cp, over the very same file: noticed, and what was in the log stays beside it', async () => {
    for (let n = 0; n < 30; n += 1) await site.send({ remarks: `${n}`.repeat(200) })
    checkpoint()
    site.database.check()
    await site.send()
    copyFileSync(backup, site.databasePath)
    await refusesUntilRestarted()
    await site.restart('2024-03-11T02:00:00Z')
    expect(site.stores.submissions.all()).toEqual([])
    expect(statSync(`${site.databasePath}-wal.aside`).size).toBeGreaterThan(4096)
  })
})

describe('the open file is gone', () => {
  test('removed with its log: refused, and what the program has open is whole', async () => {
    await site.send()
    for (const end of ['', ...COMPANIONS]) rmSync(site.databasePath + end)
    await refusesUntilRestarted()
    const [open] = readdirSync('/proc/self/fd')
      .map((fd) => `/proc/self/fd/${fd}`)
      .filter((fd) => isLink(fd, `${site.databasePath} (deleted)`))
    copyFileSync(open!, `${site.databasePath}.rescued`)
    expect(answersIn(`${site.databasePath}.rescued`)).toBe(2)
  })

  test('renamed: refused, whole under its other name, and taken up again where it comes back', async () => {
    renameSync(site.databasePath, `${site.databasePath}.other`)
    await refusesUntilRestarted()
    copyFileSync(`${site.databasePath}.other`, `${site.databasePath}.seen`)
    expect(answersIn(`${site.databasePath}.seen`)).toBe(1)
    renameSync(`${site.databasePath}.other`, site.databasePath)
    expect((await site.send()).statusCode).toBe(303)
    expect(await health()).toBe(200)
  })

  test.each([[['-wal']], [['-shm']], [COMPANIONS]])(
    'only %j removed: made anew at once, and nothing is lost',
    async (ends) => {
      for (const end of ends) rmSync(site.databasePath + end, { force: true })
      expect((await site.send()).statusCode).toBe(303)
      expect(await health()).toBe(200)
      // As after a kill: what lies on the disk is all there is.
      for (const end of ['', ...COMPANIONS])
        copyFileSync(site.databasePath + end, `${site.databasePath}.killed${end}`)
      expect(answersIn(`${site.databasePath}.killed`)).toBe(2)
    },
  )

  test('-wal removed while another program has it open too: refused until both are restarted, and nothing is lost', async () => {
    const other = new Database(site.databasePath)
    expect(other.prepare('SELECT count(*) FROM submissions').pluck().get()).toBe(1)
    rmSync(`${site.databasePath}-wal`)
    await refusesUntilRestarted()
    other.close()
    await site.restart('2024-03-11T02:00:00Z')
    expect(site.stores.submissions.all()).toHaveLength(1)
    expect((await site.send()).statusCode).toBe(303)
  })
})

describe.each([
  ['emptied', 0],
  ['cut short', 9_000],
])('the -wal of a survey that is served is %s', (_how, length) => {
  test('no receipt is given, nothing of it gets into the database, and the next start says so', async () => {
    await site.send()
    const before = readFileSync(site.databasePath)
    truncateSync(`${site.databasePath}-wal`, length)
    await refusesUntilRestarted()
    site.database.close()
    expect(readFileSync(site.databasePath).equals(before)).toBe(true)
    expect(statSync(`${site.databasePath}-wal.aside`, { throwIfNoEntry: false })?.size ?? 0).toBe(length)
    const [wal, shm] = COMPANIONS.map((end) => site.databasePath + end)
    expect(logState({ wal: wal!, shm: shm! })).toBe('damaged')
  })
})

test('a -wal that is emptied in the middle of a sending: it is not receipted, and nothing gets into the database', async () => {
  const before = readFileSync(site.databasePath)
  const { $client } = site.database.db as typeof site.database.db & { $client: Database.Database }
  $client.function('empty_now', () => truncateSync(`${site.databasePath}-wal`))
  $client.exec('CREATE TEMP TRIGGER midway AFTER INSERT ON submissions BEGIN SELECT empty_now(); END')
  const reply = await site.send({ remarks: '途中で' })
  expect([reply.statusCode, reply.headers.location]).toEqual([503, undefined])
  await refusesUntilRestarted()
  site.database.close()
  expect(readFileSync(site.databasePath).equals(before)).toBe(true)
})

test('a log that another program emptied in good order is no damage', async () => {
  const other = new Database(site.databasePath)
  for (let n = 0; n < 3; n += 1) {
    other.exec('PRAGMA user_version')
    expect((await site.send()).statusCode).toBe(303)
    other.pragma('wal_checkpoint(PASSIVE)')
    site.database.check()
    expect(other.pragma('wal_checkpoint(TRUNCATE)')).toMatchObject([{ busy: 0, log: 0 }])
    expect(() => site.database.check()).not.toThrow()
  }
  other.close()
})

test('what other programs write into the file is theirs to write', async () => {
  const other = new Database(site.databasePath)
  other.prepare('INSERT INTO sessions (id_hash, data, expires_at) VALUES (?, ?, ?)').run('x', '{}', 0)
  other.pragma('wal_checkpoint(TRUNCATE)')
  other.close()
  expect((await site.send()).statusCode).toBe(303)
  expect(await health()).toBe(200)
  expect(readFileSync(site.databasePath).length).toBeGreaterThan(4096)
})

function isLink(path: string, target: string): boolean {
  try {
    return readlinkSync(path) === target
  } catch (error) {
    // The one by which they are listed is closed by now.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return false
  }
}

describe('the end of the keeping', () => {
  const END = {
    ...{ retentionUntil: '2024-03-01', basis: '廃棄 第3号' },
    sign: testSigner.sign,
  }

  test('by the program itself is its own write: it goes on, and puts nothing aside', async () => {
    expect(await health()).toBe(200)
    site.stores.purge.purge({ ...END, at: site.now() })
    expect(site.stores.purge.sweep(site.now())).toBe(true)
    expect(await health()).toBe(200)
    expect(existsSync(`${site.databasePath}-wal.aside`)).toBe(false)
  })

  test('by a command beside it is no other file either', async () => {
    expect(await health()).toBe(200)
    const beside = openDatabase(site.databasePath)
    const purge = purgeStore(beside.db)
    purge.purge({ ...END, at: site.now() })
    expect(purge.sweep(site.now())).toBe(true)
    beside.close()
    expect(await health()).toBe(200)
    expect(existsSync(`${site.databasePath}-wal.aside`)).toBe(false)
  })
})
