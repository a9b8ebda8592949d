import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
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

  const done = await purge()
  expect([done.code, done.error]).toEqual([0, ''])
  const folder = dirname(commands.databasePath)
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name)).includes('架空 太郎')).toBe(false)
  const { head, count } = commands.stored(({ purge }) => purge.last()!.record)
  expect([count, head]).toEqual([expect.any(Number), expect.stringMatching(/^[0-9a-f]{64}$/)])
  expect(await purge()).toMatchObject({ code: 1, error: expect.stringContaining('既に消去') })
  for (const argv of [
    ['settings', 'show'],
    ['settings', 'set', 'title=あ'],
    ['user', 'list'],
    ['audit', 'verify'],
  ])
    expect(await commands.run(argv)).toMatchObject({
      code: 1,
      error: expect.stringContaining('消去しました'),
    })
  rmSync(folder, { recursive: true })
})
