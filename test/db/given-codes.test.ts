import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { openStores } from '../../src/db/stores.ts'
import { openSurvey } from '../../src/open-survey.ts'
import { StartProblem } from '../../src/start-problem.ts'
import { aSubmission } from '../support/builders.ts'
import { NOON, saveContext } from '../support/database.ts'
import { RECEIPT_KEY } from '../support/receipts.ts'
import { expected, versionZero } from './version-0.ts'

const folder = mkdtempSync(join(tmpdir(), 'kakuho-codes-'))
afterAll(() => rmSync(folder, { recursive: true }))

const anUnknown = () =>
  aSubmission({
    hospitalCode: 'other',
    hospitalName: '架空病院',
    hospitalAddress: '架空町',
    hospitalBeds: '20',
  })

let files = 0
function ofBefore(): { path: string; codes: string[] } {
  files += 1
  const path = join(folder, `${files}.db`)
  writeFileSync(path, versionZero())
  const sqlite = new Database(path)
  const codes = sqlite.prepare('SELECT code FROM submissions').pluck().all() as string[]
  const mail = sqlite.prepare(
    `INSERT INTO outbox (recipient, subject, body, created_at, next_attempt_at, attempts, sent_at)
     SELECT 'x@hospital.example.jp', '受付', 'https://kakuho.example.jp/receipts/' || number || '/' || code || char(10) || '確認コード：' || code, 1, 1, 0, ?
     FROM submissions`,
  )
  // Each of them once as it was sent, and once as it waits.
  mail.run(1)
  mail.run(null)
  sqlite.pragma('journal_mode = WAL')
  // As a kill leaves it: the newest is in the -wal.
  const reader = new Database(path, { readonly: true })
  reader.prepare('SELECT count(*) FROM outbox').get()
  sqlite.prepare("INSERT INTO settings VALUES ('title', '試験')").run()
  sqlite.close()
  reader.close()
  return { path, codes }
}

const opened = (path: string, key = RECEIPT_KEY) => openDatabase(path, { receiptKey: () => key })
const bytesOf = (path: string) =>
  [path, `${path}-wal`].filter(existsSync).map((file) => readFileSync(file).toString('latin1'))
const holds = (path: string, codes: string[]) =>
  codes.filter((code) => bytesOf(path).some((bytes) => bytes.includes(code)))

describe('a file of before', () => {
  test('opens every receipt by the code that was given, and holds none of the codes any more', () => {
    const { path, codes } = ofBefore()
    expect(codes.length).toBeGreaterThan(10)
    expect(holds(path, codes)).toEqual(codes)
    const database = opened(path)
    expect(holds(path, codes)).toEqual([])
    const { submissions } = openStores(database.db, () => NOON)
    for (const { number, code } of expected.receipts) {
      expect(submissions.opened(number, code)).toMatchObject({ number, code })
      expect(submissions.opened(number, 'ABCD-2345')).toBeNull()
    }
    // Nobody but its hospital knows it any more.
    expect(submissions.all().map(({ code }) => code)).toEqual(codes.map(() => null))
    database.close()
    expect(holds(path, codes)).toEqual([])
  })

  test('loses what sent mails said; a mail that waits leads to the look-up', () => {
    const { path, codes } = ofBefore()
    const database = opened(path)
    const { outbox, submissions } = openStores(database.db, () => NOON)
    expect(outbox.givenUp().map(({ body }) => body)).toEqual(['', ''])
    const waiting = outbox.due(NOON, 1_000).filter(({ subject }) => subject === '受付')
    expect(waiting).toHaveLength(submissions.all().length)
    for (const { body } of waiting)
      expect(body).toBe(
        'https://kakuho.example.jp/receipts\n確認コード：回答を送信した後に表示した受付票に記載しています。',
      )
    expect(codes.length).toBeGreaterThan(0)
    database.close()
  })

  test('is left as it is where the key is not there', () => {
    const { path, codes } = ofBefore()
    expect(() => openDatabase(path)).toThrow('given_code_hash')
    expect(holds(path, codes)).toEqual(codes)
    opened(path).close()
    expect(holds(path, codes)).toEqual([])
  })

  test('is written anew at the next start where that was not finished', () => {
    const { path } = ofBefore()
    const swept = () => {
      const sqlite = new Database(path)
      const value = sqlite.prepare('SELECT is_swept FROM receipt_keys').pluck().get()
      sqlite.close()
      return value
    }
    opened(path).close()
    expect(swept()).toBe(1)
    const sqlite = new Database(path)
    sqlite.exec('UPDATE receipt_keys SET is_swept = 0')
    sqlite.close()
    opened(path).close()
    expect(swept()).toBe(1)
  })

  test('gives a new answer a code that is made, beside those that were given', () => {
    const { path } = ofBefore()
    const database = opened(path)
    const { submissions } = openStores(database.db, () => NOON)
    const { submission } = submissions.save(anUnknown(), saveContext())
    expect(submission.code).toMatch(/^.{4}-.{4}$/)
    expect(submissions.opened(submission.number, submission.code!)).toMatchObject({ id: submission.id })
    database.close()
  })
})

describe('the key beside the database', () => {
  const config = () => {
    files += 1
    return { databasePath: join(folder, `${files}.db`) }
  }
  const answered = (databasePath: string) => {
    const { database } = openSurvey({ databasePath }, { mayCreate: true })
    const { submissions } = openStores(database.db, () => NOON)
    const { submission } = submissions.save(anUnknown(), saveContext())
    database.close()
    return submission
  }

  test('is made with the first start, and makes the same codes at the next', () => {
    const { databasePath } = config()
    const { number, code } = answered(databasePath)
    const { database } = openSurvey({ databasePath }, { mayCreate: true })
    expect(openStores(database.db, () => NOON).submissions.opened(number, code!)).not.toBeNull()
    database.close()
    const file = readFileSync(databasePath).toString('latin1')
    expect(file).not.toContain(code)
    expect(file).not.toContain(readFileSync(`${databasePath}.receipt-key`, 'utf8').trim())
  })

  test.each([
    ['is missing', (path: string) => rmSync(path), 'がありません。'],
    [
      'is another one',
      (path: string) => writeFileSync(path, `${Buffer.alloc(32, 9).toString('base64url')}\n`),
      'このデータベースのものではありません。',
    ],
    ['is none', (path: string) => writeFileSync(path, 'x'), 'を読み取れません。'],
  ])('with answers: where it %s the start says so, and makes no other', (_what, spoil, says) => {
    const { databasePath } = config()
    const { number, code } = answered(databasePath)
    const path = `${databasePath}.receipt-key`
    const key = readFileSync(path)
    spoil(path)
    expect(() => openSurvey({ databasePath }, { mayCreate: true })).toThrow(StartProblem)
    expect(() => openSurvey({ databasePath }, { mayCreate: true })).toThrow(says)
    writeFileSync(path, key)
    const { database } = openSurvey({ databasePath }, { mayCreate: true })
    expect(openStores(database.db, () => NOON).submissions.opened(number, code!)).not.toBeNull()
    database.close()
  })

  test('without answers another one may take its place', () => {
    const { databasePath } = config()
    openSurvey({ databasePath }, { mayCreate: true }).database.close()
    rmSync(`${databasePath}.receipt-key`)
    const { number, code } = answered(databasePath)
    const { database } = openSurvey({ databasePath }, { mayCreate: true })
    expect(openStores(database.db, () => NOON).submissions.opened(number, code!)).not.toBeNull()
    database.close()
  })
})
