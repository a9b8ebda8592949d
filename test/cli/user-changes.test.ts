import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyPassword } from '../../src/office/password.ts'
import { startCommands } from '../support/command.ts'

let commands: ReturnType<typeof startCommands>
beforeEach(async () => {
  commands = startCommands()
  await commands.run(
    ['user', 'add', 'kanri', '--role', 'admin', '--name', '管理 花子', '--password-stdin'],
    'はじめのことばをさがす2024',
  )
  await commands.run(['user', 'add', 'tanto', '--role', 'officer'])
})
afterEach(() => commands.remove())

const user = (login: string) => commands.stored(({ staff }) => staff.user(login))
const lastAction = () => commands.stored(({ audit }) => audit.latest(1)[0])

test('user list: a line each', async () => {
  await commands.run(['user', 'disable', 'tanto'])
  const { code, out } = await commands.run(['user', 'list'])
  expect(code).toBe(0)
  expect(out.split('\n')).toEqual([
    'kanri\t管理 花子\tadmin（管理者）\t利用中',
    'tanto\ttanto\tofficer（担当者）\t停止中',
  ])
})

test('user list of a file with nobody in it says so', async () => {
  const empty = startCommands()
  expect((await empty.run(['user', 'list'])).out).toBe('利用者は登録されていません。')
  empty.remove()
})

test('user disable and enable', async () => {
  expect((await commands.run(['user', 'disable', 'TANTO'])).out).toContain('利用者を停止しました：tanto')
  expect(user('tanto')?.disabledAt).not.toBeNull()
  expect(lastAction()).toMatchObject({ actor: 'cli', action: 'staff.disabled', subject: 'tanto' })
  expect((await commands.run(['user', 'disable', 'tanto'])).out).toContain('既に停止しています')
  expect((await commands.run(['user', 'enable', 'tanto'])).out).toContain('停止を解除しました')
  expect(user('tanto')?.disabledAt).toBeNull()
})

test('user role', async () => {
  expect((await commands.run(['user', 'role', 'tanto', 'admin'])).out).toBe(
    '権限を変更しました：tanto（管理者）',
  )
  expect(user('tanto')).toMatchObject({ role: 'admin', name: 'tanto' })
  expect((await commands.run(['user', 'role', 'tanto', 'admin'])).out).toContain('既に管理者です')
})

test('user reset: a one-time password at the end of the one line', async () => {
  const { code, out } = await commands.run(['user', 'reset', 'kanri'])
  expect([code, out.split('\n').length]).toEqual([0, 1])
  const password = /：(\S{16})$/.exec(out)![1]!
  const stored = commands.stored(({ staff }) => staff.byLogin('kanri'))!
  expect(stored.mustChangePassword).toBe(true)
  expect(await verifyPassword(stored.passwordHash, password)).toBe(true)
  expect(JSON.stringify(commands.stored(({ audit }) => audit.all()))).not.toContain(password)
})

test('user reset takes the second factor off as well, and says so', async () => {
  commands.stored(({ secondFactors }) =>
    secondFactors.set(
      'kanri',
      { secret: 'x', lastStep: 0, codes: ['h'] },
      { actor: 'kanri', at: new Date(0) },
    ),
  )
  const { code, out } = await commands.run(['user', 'reset', 'kanri'])
  expect([code, out.split('\n').length]).toEqual([0, 2])
  expect(out).toContain('二段階認証も解除しました。')
  expect(commands.stored(({ secondFactors }) => secondFactors.of('kanri'))).toBeNull()
  expect(lastAction()).toMatchObject({ actor: 'cli', action: 'second-factor.removed', subject: 'kanri' })
})

describe('nothing is done, in one line', () => {
  test.each([
    [['user', 'list', 'x'], '使い方'],
    [['user', 'disable'], '使い方'],
    [['user', 'disable', 'kanri', 'tanto'], '使い方'],
    [['user', 'disable', 'dareka'], 'dareka：この利用者はいません'],
    [['user', 'disable', 'kanri'], 'ログインできる管理者がいなくなる'],
    [['user', 'role', 'kanri'], '使い方'],
    [['user', 'role', 'kanri', 'boss'], 'ROLE'],
    [['user', 'role', 'kanri', 'viewer'], 'ログインできる管理者がいなくなる'],
    [['user', 'role', 'dareka', 'admin'], 'この利用者はいません'],
    [['user', 'reset', 'dareka'], 'この利用者はいません'],
    [['user', 'enable'], '使い方'],
  ])('%j', async (args, named) => {
    const before = commands.stored(({ audit }) => audit.all().length)
    const { code, error, errorLines } = await commands.run(args)
    expect([code, errorLines]).toEqual([2, 1])
    expect(error).toContain(named)
    expect(commands.stored(({ audit }) => audit.all().length)).toBe(before)
  })

  test('the password of a disabled login', async () => {
    await commands.run(['user', 'disable', 'tanto'])
    const { code, error } = await commands.run(['user', 'reset', 'tanto'])
    expect([code, error]).toEqual([1, expect.stringContaining('kakuho user enable tanto')])
  })
})
