import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { START_CODES } from '../../src/start-problem.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** Debian's, where it is older than what is needed. */
const SYSTEM_NODE = '/usr/bin/node'

let program: string
beforeEach(() => {
  program = mkdtempSync(join(tmpdir(), 'kakuho-start-'))
  cpSync(join(ROOT, 'start'), join(program, 'start'), { recursive: true })
  writeFileSync(join(program, 'package.json'), '{ "type": "module" }')
  put('package-lock.json', lock({ fastify: '5.0.0' }))
  put('public/styles/base.css', 'p { margin: 0 }')
  put('src/server.ts', SAYS_SOURCES)
  put('src/cli/main.ts', SAYS_SOURCES)
})
afterEach(() => rmSync(program, { recursive: true }))

const SAYS_SOURCES = "process.stdout.write('sources ' + process.argv.slice(2).join(' '))"

const lock = (packages: object, version = '1.0.0') =>
  JSON.stringify({ version, packages: { '': { version }, ...packages } })

function put(file: string, text: string): void {
  mkdirSync(join(program, file, '..'), { recursive: true })
  writeFileSync(join(program, file), text)
}

/** What `npm run build` leaves, of a program that says no more than that it is built. */
async function build(): Promise<void> {
  const built = "process.stdout.write('built ' + process.argv.slice(2).join(' '))"
  for (const name of ['server', 'kakuho']) put(`dist/${name}-program.cjs`, built)
  cpSync(join(program, 'start'), join(program, 'dist'), { recursive: true })
  const { sourcesOfToday } = await import(pathToFileURL(join(program, 'start/start.js')).href)
  put('dist/made-of.json', JSON.stringify(sourcesOfToday()))
}

interface Ended {
  code: number
  out: string
  errors: string
}

function started(file: string, args: string[] = [], node = [process.execPath]): Promise<Ended> {
  const [command, ...flags] = node
  return new Promise((done) => {
    execFile(command!, [...flags, file, ...args], { cwd: program }, (error, out, errors) =>
      done({ code: error ? Number(error.code) : 0, out, errors }),
    )
  })
}

describe('what is started', () => {
  test('the sources, where nothing was built: of the server it is said', async () => {
    expect(await started('start/server.js')).toEqual({
      ...{ code: 0, out: 'sources ' },
      errors: expect.stringMatching(/^ソースのまま起動します。「npm run build」.*\n$/),
    })
    expect(await started('start/kakuho.js', ['user', 'list'])).toEqual({
      code: 0,
      out: 'sources user list',
      errors: '',
    })
  })

  test.each(['start', 'dist'])('what was built, from %s/', async (folder) => {
    await build()
    expect(await started(`${folder}/server.js`)).toEqual({ code: 0, out: 'built ', errors: '' })
    expect((await started(`${folder}/kakuho.js`, ['user', 'list'])).out).toBe('built user list')
  })

  test.each([
    ['a source was changed', () => put('src/cli/main.ts', `${SAYS_SOURCES}\n`)],
    ['to another of the same length', () => put('src/cli/main.ts', SAYS_SOURCES.replace("' '", "'+'"))],
    ['a source came', () => put('src/more.ts', '')],
    ['a source went', () => rmSync(join(program, 'src/cli/main.ts'))],
    ['a style was changed', () => put('public/styles/base.css', 'p { margin: 1px }')],
    ['a package was changed', () => put('package-lock.json', lock({ fastify: '5.0.1' }))],
    ['the packages cannot be read', () => put('package-lock.json', '<<<<<<<')],
    [
      'what it was made of is missing, as it was broken off',
      () => rmSync(join(program, 'dist/made-of.json')),
    ],
    ['that was half written', () => put('dist/made-of.json', '{"touched":"')],
  ])('the sources, where after the build %s', async (_what, change) => {
    await build()
    change()
    for (const folder of ['start', 'dist']) {
      const { out, errors } = await started(`${folder}/server.js`)
      expect([out, errors]).toEqual([
        'sources ',
        expect.stringMatching(/^dist\/は今のソースから作られたものではない/),
      ])
    }
  })

  test('what was built, though the sources were copied or checked out again, or another version was given', async () => {
    await build()
    put('package-lock.json', lock({ fastify: '5.0.0' }, '1.0.1'))
    put('src/server.ts', SAYS_SOURCES)
    utimesSync(join(program, 'package-lock.json'), 0, 0)
    expect((await started('dist/server.js')).out).toBe('built ')
  })

  test('what was built, where its sources were not put', async () => {
    await build()
    rmSync(join(program, 'src'), { recursive: true })
    rmSync(join(program, 'start'), { recursive: true })
    expect((await started('dist/server.js')).out).toBe('built ')
  })
})

describe('a Node that is too old', () => {
  const simulated = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })`

  test.each([
    'start/server.js',
    'start/kakuho.js',
    'start/node-version.js',
    'dist/server.js',
    'dist/kakuho.js',
  ])('is told by %s which one is needed, in one line', async (file) => {
    await build()
    const old = [[process.execPath, '--import', simulated], ...(await systemNode())]
    for (const node of old) {
      const { code, out, errors } = await started(file, [], node)
      expect([code, out]).toEqual([START_CODES.node, ''])
      expect(errors).toMatch(/^Node\.js 24以降が必要です（今のNode\.jsは2\d\.[^\n]+「npm ci」[^\n]+\n$/)
    }
  })

  /** The system's own, if it is one of those. */
  async function systemNode(): Promise<string[][]> {
    if (!existsSync(SYSTEM_NODE)) return []
    const { out } = await started('-p', ['process.versions.node'], [SYSTEM_NODE])
    return Number(out.split('.')[0]) < 24 ? [[SYSTEM_NODE]] : []
  }
})

test('each of the four ways to begin says it first', async () => {
  const { scripts } = (await import('../../package.json', { with: { type: 'json' } })).default
  expect(
    [scripts.start, scripts.demo, scripts.kakuho, scripts.test].map(
      (line) => /start\/[\w-]+\.js/.exec(line)?.[0],
    ),
  ).toEqual(['start/server.js', 'start/kakuho.js', 'start/kakuho.js', 'start/node-version.js'])
})
