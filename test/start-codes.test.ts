import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { START_CODES } from '../src/start-problem.ts'
import { freshImage } from './support/database.ts'
import { COMMANDS, SERVER } from './support/started.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** `npm start` that ends by itself. */
async function started(command: string, args: string[], environment: Record<string, string> = {}) {
  const env = { DATABASE_PATH: 'survey.db', PORT: '0', LOG_LEVEL: 'silent', ...environment }
  const running = spawn(command, args, { cwd: folder, env })
  const code = new Promise<number | null>((done) => running.once('close', done))
  const [out, errors] = await Promise.all([text(running.stdout), text(running.stderr)])
  return { code: await code, out, lines: errors.split('\n').filter(Boolean) }
}

test('docs/operations.md has a row for each code, and no other', () => {
  const document = readFileSync(resolve(import.meta.dirname, '../docs/operations.md'), 'utf8')
  const rows = [...document.matchAll(/^\| (\d+) \| [^|]+ \| [^|]+ \|$/gm)].map(([, code]) => Number(code))
  expect(rows).toEqual(Object.values(START_CODES))
})

test('a file of a newer program stops a start with its own code and one line', async () => {
  writeFileSync(join(folder, 'survey.db'), freshImage())
  const sqlite = new Database(join(folder, 'survey.db'))
  sqlite.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('future', 4102444800000)")
  sqlite.close()
  const { code, out, lines } = await started(process.execPath, [SERVER])
  expect([code, out, lines]).toEqual([START_CODES.newer, '', [expect.stringContaining('新しい版')]])
})

test('the environment’s errors are Japanese, one line a variable', async () => {
  const { code, lines } = await started(process.execPath, [SERVER], { PORT: '70000', LOG_LEVEL: 'loud' })
  expect(code).toBe(START_CODES.environment)
  expect(lines).toEqual([
    '設定（環境変数または.env）に誤りがあります。',
    '  PORT：1から65535までのポート番号を指定してください。',
    expect.stringMatching(/^ {2}LOG_LEVEL：.*いずれか/),
  ])
})

test('a first start without room: one line, and no half of a file is left', async () => {
  // No file may grow beyond 64 blocks of 512 or 1024 bytes.
  const { code, lines } = await started('/bin/sh', [
    '-c',
    `ulimit -f 64; trap '' XFSZ; exec "${process.execPath}" "${SERVER}"`,
  ])
  expect([code, lines]).toEqual([START_CODES['no-room'], [expect.stringContaining('空き容量')]])
  expect(readdirSync(folder).filter((name) => !name.endsWith('.lock'))).toEqual([])
})

test('whatever the account’s umask says, what is written is the owner’s alone', async () => {
  const made = `umask 000; exec "${process.execPath}" "${COMMANDS}" settings set title=架空の調査`
  expect((await started('/bin/sh', ['-c', made])).code).toBe(0)
  const next = `umask 000; exec "${process.execPath}" "${COMMANDS}" next-edition next.db`
  expect((await started('/bin/sh', ['-c', next])).code).toBe(0)
  const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777])
  expect(modes.map(([name]) => name)).toContain('next.db')
  for (const [name, mode] of modes) expect([name, mode]).toEqual([name, 0o600])
})
