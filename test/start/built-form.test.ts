import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../scripts/torture/program.ts'
import { xlsxOf } from '../../src/files/xlsx/write.ts'
import { STYLES_ROOT } from '../../src/web/assets.ts'
import { stylesheets } from '../../src/web/stylesheets.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

/** As it is installed: what was built, what it shows, and the packages with machine code. */
let program: string
beforeAll(async () => {
  program = mkdtempSync(join(tmpdir(), 'kakuho-built-'))
  await run(process.execPath, [join(ROOT, 'scripts/build.ts'), program])
  for (const shown of ['package.json', 'docs', 'migrations', 'public', 'resources', 'views', 'node_modules'])
    symlinkSync(join(ROOT, shown), join(program, shown))
})
afterAll(() => rmSync(program, { recursive: true }))

/** In a folder that is nobody's, as a unit starts it. */
const started = () => ({ cwd: program, env: { DATABASE_PATH: 'survey.db', LOG_LEVEL: 'silent' } })

async function command(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['dist/kakuho.js', ...args], started())
  return stdout
}

async function serving(): Promise<{ address: string; printed: string; server: ChildProcess }> {
  const port = await freePort()
  const { cwd, env } = started()
  const server = spawn(process.execPath, ['dist/server.js'], { cwd, env: { ...env, PORT: String(port) } })
  let printed = ''
  server.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  server.stderr.pipe(process.stderr)
  while (!printed.includes('token=')) await once(server.stdout, 'data')
  return { address: `http://127.0.0.1:${port}`, printed, server }
}

test('a command does its work, and what is done in a thread is done there', async () => {
  expect(await command('settings', 'set', 'title=架空の調査')).not.toBe('')
  const headers = ['医療機関コード', '医療機関名', '二次医療圏', '市町村', '許可病床数']
  const rows = [['4619900011', '試験A病院', '鹿児島', '鹿児島市', 100]]
  writeFileSync(join(program, 'hospitals.xlsx'), await xlsxOf([{ name: '病院台帳', headers, rows }]))
  expect(await command('import', 'hospitals', 'hospitals.xlsx')).toContain('1件')
})

test('it shows its pages with the styles of its sources, and takes a form', async () => {
  const { address, printed, server } = await serving()
  try {
    const page = await (await fetch(address)).text()
    expect(page).toContain('架空の調査')
    const [, style] = /<link rel="stylesheet" href="([^"]*pages\.css[^"]*)"/.exec(page)!
    expect(await (await fetch(address + style)).text()).toBe(stylesheets(STYLES_ROOT).get('pages.css'))
    // Of docs/, and made when it is first asked for.
    expect(await (await fetch(`${address}/selection`)).text()).toContain('<table>')

    const setup = await fetch(/\S+\/admin\/setup\?token=\S+/.exec(printed)![0])
    const [, csrf] = /name="_csrf" value="([^"]+)"/.exec(await setup.text())!
    const typed = { name: '試験 管理', login: 'kanri', password: 'はじめのことばをさがす2024' }
    const token = /token=(\S+)/.exec(printed)![1]!
    const reply = await fetch(`${address}/admin/setup`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie: setup.headers
          .getSetCookie()
          .map((each) => each.split(';')[0])
          .join('; '),
      },
      body: new URLSearchParams({ ...typed, passwordAgain: typed.password, token, _csrf: csrf! }),
    })
    expect(reply.status).toBe(303)
  } finally {
    server.kill('SIGTERM')
    await once(server, 'close')
  }
  expect(await command('user', 'list')).toContain('kanri')
})

test('what is built needs of node_modules only what has machine code', () => {
  const code = readdirSync(join(program, 'dist')).filter((file) => file.endsWith('.cjs'))
  const asked = code.flatMap((file) => [
    ...readFileSync(join(program, 'dist', file), 'utf8').matchAll(/ = require\("([^./][^"]*)"\)/g),
  ])
  const packages = asked.map(([, name]) => name!).filter((name) => !isBuiltin(name))
  expect([...new Set(packages)].sort()).toEqual(['@node-rs/argon2', 'better-sqlite3'])
})

test('whose code is in it, on which terms, lies beside it', () => {
  const notices = readFileSync(join(program, 'dist/THIRD-PARTY.txt'), 'utf8')
  const dependencies = Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).dependencies)
  // Not in it: what has machine code, and what makes the styles.
  const own = new Set(['@node-rs/argon2', 'better-sqlite3', 'lightningcss'])
  const parts = notices.split(/^-{80}$/m).map((part) => part.trim())
  const named = parts.map((part) => /^(\S+) \d+\.\d+\.\d+ \([^)]+\)?/.exec(part)?.[1])
  expect(named).not.toContain(undefined)
  expect(dependencies.filter((name) => !own.has(name) && !named.includes(name))).toEqual([])
  expect(named).toContain('@digital-go-jp/design-tokens')
  // The text of the licence, and who holds the right, of each.
  expect(parts.filter((part) => part.length < 500 || !/copyright/i.test(part))).toEqual([])
  expect(notices).toContain('Copyright (c) 2016-present The Fastify team')
})
