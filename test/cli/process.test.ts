import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { openStores } from '../../src/db/stores.ts'
import { COMMANDS } from '../support/started.ts'

const GOLDEN = resolve(import.meta.dirname, '../domain/selection/golden/snapshot.json')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The command as a person starts it, in a folder of its own. */
function started(args: string[], environment: Record<string, string> = { DATABASE_PATH: 'survey.db' }) {
  return spawn(process.execPath, [COMMANDS, ...args], { cwd: folder, env: environment })
}

async function ended(command: ReturnType<typeof started>) {
  const code = new Promise<number | null>((done) => command.once('close', done))
  const [out, errors] = await Promise.all([text(command.stdout), text(command.stderr)])
  return { code: await code, out, errors }
}

describe('a command whose reader goes away', () => {
  test.each([
    [['settings', 'set', 'title=架空の調査', 'regionFloor=2'], 0],
    [['settings', 'show'], 0],
    [['select', GOLDEN], 0],
    [['nonsense'], 2],
    [['settings', 'set', 'closesAt=2月30日'], 2],
  ])('%j does its work and says no more than that', async (args, expected) => {
    const command = started(args)
    command.stdout.destroy()
    const code = new Promise<number | null>((done) => command.once('close', done))
    const errors = await text(command.stderr)
    expect(await code).toBe(expected)
    expect(errors).not.toMatch(/EPIPE|\n {4}at |node:|Warning/)
    expect(errors.split('\n').filter(Boolean)).toHaveLength(expected === 0 ? 0 : 1)
  })

  test('what was to be stored is stored', () => {
    const database = openDatabase(join(folder, 'survey.db'))
    const { settings, policies } = openStores(database.db, () => new Date())
    expect([settings.read().title, policies.current().policy.regionFloor]).toEqual(['架空の調査', 2])
    database.close()
  })

  test('its errors may be unread as well', async () => {
    const command = started(['nonsense'])
    command.stdout.destroy()
    command.stderr.destroy()
    expect(await new Promise((done) => command.once('close', done))).toBe(2)
  })
})

test('a machine on which nothing is set up yet hears nothing but what was asked', async () => {
  const { code, out, errors } = await ended(
    started(['settings', 'set', 'title=新しい調査'], { DATABASE_PATH: 'new.db' }),
  )
  expect([code, errors]).toEqual([0, ''])
  expect(out).toBe('データベース（new.db）がないため、新しく作成します。\ntitle=新しい調査\n')
})

test('.env beside it is read, and what is set already stays', async () => {
  writeFileSync(join(folder, '.env'), 'DATABASE_PATH=other.db\nPORT=70000\n')
  const refused = await ended(started(['settings', 'show'], {}))
  expect(refused).toMatchObject({ code: 2, errors: expect.stringContaining('PORT') })
  const { code } = await ended(started(['settings', 'set', 'title=別の調査'], { PORT: '3000' }))
  expect(code).toBe(0)
  const database = openDatabase(join(folder, 'other.db'))
  expect(openStores(database.db, () => new Date()).settings.read().title).toBe('別の調査')
  database.close()
  rmSync(join(folder, '.env'))
})
