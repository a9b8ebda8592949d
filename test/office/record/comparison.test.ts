import { is, sql } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as schema from '../../../src/db/schema.ts'
import { auditHash, GENESIS_HASH } from '../../../src/domain/record/audit.ts'
import { prefectureOf } from '../../../src/domain/survey/prefecture.ts'
import { COMPARED_TABLES, NOT_COMPARED_TABLES } from '../../../src/office/record/comparison/comparison.ts'
import { verifyRecord } from '../../../src/office/record/verification.ts'
import { AFTER_DEADLINE, SELECTION } from '../../support/decisions.ts'
import { officeWith } from '../../support/office.ts'
import { startWholeOffice, type WholeOffice } from '../../support/whole-office.ts'

const PLACE = prefectureOf('鹿児島県')

test('of every table it is said whether it is held against the record, and why not', () => {
  const tables = Object.values(schema)
    .filter((each) => is(each, SQLiteTable))
    .map((each) => getTableConfig(each).name)
  expect([...COMPARED_TABLES, ...Object.keys(NOT_COMPARED_TABLES)].toSorted()).toEqual(tables.toSorted())
})

describe('an office in which everything was done', () => {
  let whole: WholeOffice
  beforeAll(async () => {
    whole = await startWholeOffice()
  })
  afterAll(() => whole.close())

  test('is as its record says', async () => {
    expect((await verifyRecord(whole.stores, PLACE)).findings).toEqual([])
  })
})

describe('what was changed behind the record’s back is named:', () => {
  const office = officeWith({ ...SELECTION, now: AFTER_DEADLINE, confirmed: true })
  office.officer({ login: 'kanri', role: 'admin' })
  const by = { actor: 'kanri', at: new Date(AFTER_DEADLINE), reason: '試験のため' }
  const [HOSPITAL, OTHER] = SELECTION.hospitals!.map(({ key }) => key!)

  beforeEach(() => {
    const { stores } = office
    stores.overrides.add({ hospitalCode: OTHER!, kind: 'designate' }, by)
    stores.rankMoves.add(2, { hospitalCode: HOSPITAL!, position: 3 }, by)
    stores.staff.add(
      { login: 'tanto', name: '試験 担当', role: 'officer', passwordHash: '!', mustChangePassword: true },
      by,
    )
    stores.submissions.withdraw('R-0005', by)
  })

  function tamper(statement: string): void {
    for (const { name } of office.database.db.all<{ name: string }>(
      sql`SELECT name FROM sqlite_master WHERE type = 'trigger'`,
    ))
      office.database.db.run(sql.raw(`DROP TRIGGER ${name}`))
    office.database.db.run(sql`PRAGMA foreign_keys = OFF`)
    office.database.db.run(sql.raw(statement))
  }

  const findings = async () => (await verifyRecord(office.stores, PLACE)).findings

  test('nothing was', async () => {
    expect(await findings()).toEqual([])
  })

  test.each<[string, string, string]>([
    [
      'a setting',
      "UPDATE settings SET value = '4' WHERE key = 'prefectureSeats'",
      '設定の「支援予定病院数（都道府県）」が、記録と異なります。',
    ],
    [
      'a setting that nobody set',
      "INSERT INTO settings VALUES ('originalClosesAt', '2024-03-15')",
      '設定した記録がありません',
    ],
    [
      'the deadline of before',
      "UPDATE settings SET value = '2030-01-01' WHERE key = 'closesAt'",
      '設定した記録がありません',
    ],
    ['a setting that is gone', "DELETE FROM settings WHERE key = 'prefectureSeats'", '（設定なし）'],
    [
      'a role',
      "UPDATE staff SET role = 'admin' WHERE login = 'tanto'",
      '利用者「tanto」の権限が、記録と異なります。現在は管理者ですが、記録では担当者です。',
    ],
    [
      'a user who was stopped',
      "UPDATE staff SET disabled_at = 1 WHERE login = 'tanto'",
      '利用者「tanto」は、現在は停止中ですが',
    ],
    [
      'a user who came from nowhere',
      "INSERT INTO staff SELECT 'x', name, 'admin', password_hash, 0, NULL, 0, created_at FROM staff LIMIT 1",
      '利用者「x」を追加した記録がありません。',
    ],
    ['a user who is gone', "DELETE FROM staff WHERE login = 'tanto'", '利用者「tanto」が、失われています。'],
    [
      'what an answer says',
      "UPDATE submission_versions SET intent = 'no' WHERE submission = 1",
      '回答R-0001の第1版の内容が、操作の記録の',
    ],
    [
      'who answered',
      "UPDATE submission_versions SET phone = '099-999-9999' WHERE submission = 1",
      '回答R-0001の第1版の内容が',
    ],
    ['an answer that is gone', 'DELETE FROM submissions WHERE id = 2', '回答R-0002が、失われています。'],
    ['a version that is gone', 'DELETE FROM submission_versions WHERE submission = 2', '回答R-0002'],
    [
      'a version that came from nowhere',
      'INSERT INTO submission_versions (submission, version, contact_name, phone, email, emr, intent, gmis_consent, created_at) SELECT submission, 2, contact_name, phone, email, emr, intent, gmis_consent, created_at FROM submission_versions WHERE submission = 1',
      '回答R-0001は、現在は第2版までありますが、記録では第1版までです。',
    ],
    [
      'an answer that came from nowhere',
      "INSERT INTO submissions (number, submission_id, hospital_code, state, channel, is_matched, submitted_at, created_at) SELECT 'R-0099', 'x', hospital_code, 'duplicate', channel, is_matched, submitted_at, created_at FROM submissions WHERE id = 1",
      '回答R-0099を登録した記録がありません。',
    ],
    [
      'the state of an answer',
      "UPDATE submissions SET state = 'rejected', closed_at = 1 WHERE id = 3",
      '回答R-0003の状態が、記録と異なります。現在は「不採用（確認済み）」ですが、記録では「有効」です。',
    ],
    [
      'a withdrawal that was undone',
      "UPDATE submissions SET state = 'current', withdrawn_at = NULL WHERE id = 5",
      '回答R-0005の状態が、記録と異なります。',
    ],
    [
      'whose an answer is',
      "UPDATE submissions SET hospital_code = '4610000060' WHERE id = 1",
      '回答R-0001の病院が、記録と異なります。',
    ],
    [
      'when an answer came',
      'UPDATE submissions SET created_at = created_at - 1 WHERE id = 1',
      '回答R-0001の受付の日時が',
    ],
    [
      'the criteria',
      'UPDATE policies SET body = replace(body, \'"regionFloor":0\', \'"regionFloor":1\')',
      '選定基準の第1版が、操作の記録の',
    ],
    ['criteria that are gone', 'DELETE FROM policies', '選定基準の第1版が、失われています。'],
    [
      'criteria that came from nowhere',
      'INSERT INTO policies (version, body, note, author, created_at) SELECT 2, body, note, author, 5 FROM policies',
      '選定基準の第2版を保存した記録がありません。',
    ],
    ['a designation', "UPDATE overrides SET kind = 'exclude'", 'の指定・除外が、操作の記録の'],
    [
      'a designation that was ended',
      "UPDATE overrides SET undone_by = 'x', undone_at = 1",
      '取り消されたもの',
    ],
    ['a move', 'UPDATE rank_moves SET position = 1', 'の順位の変更が、操作の記録の'],
    ['a move that is gone', 'DELETE FROM rank_moves', 'の順位の変更が、失われています。'],
    [
      'a frozen file',
      "UPDATE edition_files SET bytes = CAST('x' AS BLOB) WHERE name = 'ministry.csv'",
      '（ministry.csv）の内容が、操作の記録の',
    ],
    [
      'a frozen file with its hash',
      "UPDATE edition_files SET bytes = CAST('x' AS BLOB), sha256 = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881' WHERE name = 'result.json'",
      '（result.json）の内容が、操作の記録の',
    ],
    [
      'a frozen file that is gone',
      "DELETE FROM edition_files WHERE name = 'register.json'",
      '（register.json）が、失われています。',
    ],
    [
      'a file beside them',
      "INSERT INTO edition_files VALUES (1, 'x.csv', x'00', '')",
      '記録のないファイル（x.csv）',
    ],
    ['a confirmation that is gone', 'DELETE FROM edition_settlings', '初回選定が、失われています。'],
    [
      'a key beside the own',
      "INSERT INTO signing_keys (public_key, author, created_at) VALUES ('AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'x', 9999999999999)",
      '署名鍵（指紋：',
    ],
  ])('%s', async (_name, statement, finding) => {
    tamper(statement)
    expect((await findings()).join('\n')).toContain(finding)
  })

  test('the first of each kind, all kinds', async () => {
    tamper("UPDATE settings SET value = '4' WHERE key = 'prefectureSeats'")
    tamper("UPDATE staff SET role = 'admin'")
    tamper("UPDATE submission_versions SET phone = 'x'")
    const found = await findings()
    expect(found.filter((each) => each.includes('回答R-0001'))).toHaveLength(1)
    expect(found).toHaveLength(3)
  })

  test('broken JSON of an entry, which no page trips over', async () => {
    tamper(`UPDATE audit_log SET detail = '{"n":' WHERE seq = 2`)
    expect((await findings())[0]).toMatch(/^操作の記録の2件目（令和6年3月.*は、内容を読み取れません。/)
  })
})

describe('answers of before there were digests', () => {
  const office = officeWith({ ...SELECTION, now: AFTER_DEADLINE })

  test('are compared by how many versions they have, and when', async () => {
    const { db } = office.database
    db.run(sql`DROP TRIGGER audit_log_written_once`)
    let previousHash = GENESIS_HASH
    for (const { content: _, ...entry } of office.stores.audit.all().map(({ detail, ...entry }) => {
      const { content, ...kept } = detail
      return { ...entry, content, detail: kept }
    })) {
      const hash = auditHash(entry.seq, entry, previousHash)
      const { seq, detail } = entry
      db.run(
        sql`UPDATE audit_log SET detail = ${JSON.stringify(detail)}, previous_hash = ${previousHash}, hash = ${hash} WHERE seq = ${seq}`,
      )
      previousHash = hash
    }
    expect((await verifyRecord(office.stores, PLACE)).findings).toEqual([])
    db.run(sql`DROP TRIGGER submission_versions_written_once`)
    db.run(sql`UPDATE submission_versions SET created_at = created_at + 1 WHERE submission = 1`)
    expect((await verifyRecord(office.stores, PLACE)).findings[0]).toContain('回答R-0001の第1版の日時が')
  })
})
