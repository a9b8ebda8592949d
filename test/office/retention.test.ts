import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { earliestRetentionDay, isRetentionOver } from '../../src/domain/survey/retention.ts'
import { parseSettings } from '../../src/domain/survey/settings-schema.ts'
import { purgedLines } from '../../src/office/retention.ts'
import { startCommands } from '../support/command.ts'
import { emptyImage } from '../support/database.ts'

const AFTER = '2029-03-20T01:00:00Z'

test('it ends with the day that is set, as long after the deadline as the hospitals were told', () => {
  const deadline = { closesAt: new Date('2024-03-18T15:00:00Z'), retentionYears: 5 }
  expect(earliestRetentionDay(deadline)?.day).toBe('2029-03-18')
  expect(earliestRetentionDay({ closesAt: new Date('2024-02-29T08:00:00Z'), retentionYears: 1 })?.day).toBe(
    '2025-02-28',
  )
  expect(earliestRetentionDay({ ...deadline, closesAt: null })).toBeNull()
  expect(isRetentionOver({ retentionUntil: '2029-03-31' }, new Date('2029-03-31T14:59:59Z'))).toBe(false)
  expect(isRetentionOver({ retentionUntil: '2029-03-31' }, new Date('2029-03-31T15:00:00Z'))).toBe(true)
  expect(isRetentionOver({ retentionUntil: null }, new Date('2099-01-01T00:00:00Z'))).toBe(false)
})

test.each([
  ['2029-03-17', /保存期間（5年）が過ぎる日（令和11年3月18日（日））以後/],
  ['2029年2月30日', /保存期間の満了日/],
])('a day %s before what was promised is refused', (retentionUntil, message) => {
  const parsed = parseSettings({ closesAt: '2024-03-18', retentionUntil })
  expect(parsed.ok ? '' : parsed.refusals[0]?.message).toMatch(message)
})

test('one without a deadline as well', () => {
  const parsed = parseSettings({ retentionUntil: '2029-03-31' })
  expect(parsed).toMatchObject({ ok: false, refusals: [{ key: 'retentionUntil' }] })
})

test('what no group names is counted all the same', () => {
  expect(
    purgedLines([
      { table: 'of_tomorrow', rows: 3 },
      { table: 'submissions', rows: 2 },
    ]),
  ).toEqual([
    { label: '回答', rows: 2 },
    { label: 'その他', rows: 3 },
  ])
})

test('kakuho purge: a dry run first; nothing before its time, nor before the archives have left', async () => {
  const commands = startCommands({ now: AFTER, image: emptyImage() })
  const purge = () => commands.run(['purge', '--confirm', '--basis', '令和11年度 廃棄 第3号'])
  for (const wrong of [[], ['--confirm'], ['--dry-run', '--confirm'], ['--basis', 'x'], ['now']])
    expect(await commands.run(['purge', ...wrong])).toMatchObject({ code: 2, errorLines: 1 })

  expect(await purge()).toMatchObject({
    code: 2,
    error: expect.stringContaining('満了日が設定されていません'),
  })
  await commands.run(['settings', 'set', 'retentionUntil=2029-03-20', 'systemContact=架空 太郎'])
  expect(await purge()).toMatchObject({ code: 2, error: expect.stringContaining('満了していません') })
  await commands.run(['settings', 'set', 'retentionUntil=2029-03-19'])
  expect(await purge()).toMatchObject({ code: 2, error: expect.stringContaining('一式が保存されていません') })
  commands.stored(({ audit }) =>
    audit.append({
      at: new Date(AFTER),
      actor: 'kanri',
      action: 'package.exported',
      subject: 'package',
      detail: {},
    }),
  )
  await commands.run(['settings', 'set', 'contactSection=別の係'])
  expect(await purge()).toMatchObject({ code: 2, error: expect.stringContaining('一式を保存した後に、変更') })
  commands.stored(({ audit }) =>
    audit.append({
      at: new Date(AFTER),
      actor: 'kanri',
      action: 'package.exported',
      subject: 'package',
      detail: {},
    }),
  )
  // That somebody logged in since then changes nothing of what was taken away.
  commands.stored(({ audit }) =>
    audit.append({
      at: new Date(AFTER),
      actor: 'kanri',
      action: 'login.succeeded',
      subject: 'kanri',
      detail: {},
    }),
  )
  const looked = await commands.run(['purge', '--dry-run'])
  expect(looked).toMatchObject({ code: 0, out: expect.stringContaining('消去できます。') })
  expect(looked.out).toMatch(/操作の記録：\d+件[\s\S]*audit_log \d+[\s\S]*消去していません/)
  expect(commands.stored(({ audit }) => audit.all().length)).toBeGreaterThan(3)

  const taken = join(dirname(commands.databasePath), 'taken.tar')
  expect(await commands.run(['backup', taken])).toMatchObject({ code: 0 })
  const done = await purge()
  expect([done.code, done.error]).toEqual([0, ''])
  const folder = dirname(commands.databasePath)
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name)).includes('架空 太郎')).toBe(name === 'taken.tar')
  const { head, count } = commands.stored(({ purge }) => purge.last()!.record)
  expect([count, head]).toEqual([expect.any(Number), expect.stringMatching(/^[0-9a-f]{64}$/)])
  expect(await purge()).toMatchObject({ code: 1, error: expect.stringContaining('既に消去') })
  for (const argv of [
    ['settings', 'show'],
    ['settings', 'set', 'title=あ'],
    ['user', 'list'],
  ])
    expect(await commands.run(argv)).toMatchObject({
      code: 1,
      error: expect.stringContaining('消去しました'),
    })
  // What is left is held against what was kept elsewhere, and nobody is able to say another thing of it.
  const verify = () => commands.run(['audit', 'verify', '--against', taken])
  expect(await verify()).toMatchObject({ code: 0, out: expect.stringContaining(`操作の記録は${count}件`) })
  expect(await commands.run(['backup', join(folder, 'after.tar')])).toMatchObject({ code: 0 })
  expect(await commands.run(['restore', join(folder, 'after.tar')])).toMatchObject({ code: 0 })
  expect(await commands.run(['signing-key', 'change', '--reason', '担当の交代'])).toMatchObject({ code: 0 })
  expect(await verify()).toMatchObject({ code: 0 })
  const changes: [statement: string, found: string][] = [
    ["UPDATE purges SET basis = '別の理由'", '署名が、その内容と一致しません'],
    ['UPDATE purges SET signature = NULL', '署名がありません'],
    ["INSERT INTO settings VALUES ('systemContact', '架空 太郎')", '設定1件が残っています'],
    ['UPDATE purges SET record_count = 1', '後の記録が失われています'],
    ["UPDATE purges SET record_head = 'x', record_count = (SELECT count(*) FROM audit_log) + 1", '署名'],
    ['UPDATE purges SET purged_at = 0', '満了する前'],
  ]
  for (const [statement, found] of changes) {
    const kept = readFileSync(commands.databasePath)
    const sqlite = new Database(commands.databasePath)
    sqlite.exec(statement)
    sqlite.close()
    expect(await verify(), statement).toMatchObject({ code: 1, error: expect.stringContaining(found) })
    writeFileSync(commands.databasePath, kept)
  }
  rmSync(folder, { recursive: true })
})

test('a row that says that a survey was purged does not make it so', async () => {
  const commands = startCommands({ now: AFTER, image: emptyImage() })
  await commands.run(['settings', 'set', 'systemContact=架空 太郎'])
  const sqlite = new Database(commands.databasePath)
  sqlite.exec(
    "INSERT INTO purges (purged_at, retention_until, basis, counts, record_count, record_head) VALUES (0, '2029-03-20', '', '[]', 1, '')",
  )
  sqlite.close()
  expect(await commands.run(['audit', 'verify'])).toMatchObject({
    code: 1,
    error: expect.stringMatching(/署名がありません.*残っています/),
  })
  commands.remove()
})

test('what a kill kept from being done after the purge is done later', async () => {
  const commands = startCommands({ now: AFTER, image: emptyImage() })
  await commands.run(['settings', 'set', 'systemContact=架空 太郎'])
  commands.stored(({ purge }) =>
    purge.purge({ at: new Date(AFTER), retentionUntil: '2029-03-19', basis: '第3号', sign: () => null }),
  )
  writeFileSync(`${commands.databasePath}-wal.aside`, '架空 太郎')
  expect(existsSync(`${commands.databasePath}.receipt-key`)).toBe(true)
  expect(await commands.run(['purge', '--confirm', '--basis', '第3号'])).toMatchObject({ code: 0 })
  expect(existsSync(`${commands.databasePath}.receipt-key`)).toBe(false)
  const folder = dirname(commands.databasePath)
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name)).includes('架空 太郎'), name).toBe(false)
  commands.remove()
})
