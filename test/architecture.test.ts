import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')

/** Which layer may import which: arrows go one way. `type` means types only. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: ['domain'],
  db: ['db', 'domain'],
  files: ['files', 'domain'],
  mail: ['mail', 'domain', 'type db', 'type config'],
  web: ['web', 'domain'],
  survey: ['survey', 'web', 'files', 'domain', 'type db'],
  admin: ['admin', 'web', 'files', 'domain', 'type db'],
  demo: ['demo', 'domain', 'type db'],
  cli: ['cli', 'admin', 'demo', 'db', 'files', 'domain', 'config', 'serve'],
  config: [],
  'session-secret': ['type config'],
  app: ['admin', 'survey', 'web', 'mail', 'domain', 'db', 'type config'],
  serve: ['app', 'db', 'mail', 'session-secret', 'type config'],
  server: ['config', 'serve'],
}

/** Packages that belong to one layer. */
const ONLY_IN: [pattern: RegExp, layers: string[]][] = [
  [/^(drizzle-orm|better-sqlite3)/, ['db']],
  [/^(eta|@fastify\/view)$/, ['web']],
  [/^nodemailer/, ['mail']],
  [/^(write|read)-excel-file/, ['files']],
  [/^(fastify|@fastify\/)/, ['web', 'survey', 'admin', 'app', 'serve']],
]

interface Import {
  file: string
  from: string
  target: string
  typeOnly: boolean
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const sources = new Map(files.map((file) => [file, readFileSync(join(SRC, file), 'utf8')]))
const imports = files.flatMap(importsOf)

test('every import follows the arrows', () => {
  expect(imports.length).toBeGreaterThan(100)
  expect(imports.filter((line) => !isAllowed(line)).map(({ file, target }) => `${file} → ${target}`)).toEqual(
    [],
  )
})

test('domain imports nothing but itself, zod and the hash', () => {
  const packages = imports.filter(({ from, target }) => from === 'domain' && !target.startsWith('.'))
  expect([...new Set(packages.map(({ target }) => target))].sort()).toEqual(['node:crypto', 'zod'])
})

test.each([
  ['process.env', /process\.env/, ['config.ts']],
  ['the clock', /new Date\(\)|Date\.now\(\)/, ['server.ts', 'cli/main.ts']],
  ['a hidden error', /console\.|catch\s*\{\s*\}/, []],
])('%s only where it belongs', (_name, pattern, allowed) => {
  expect(files.filter((file) => pattern.test(sources.get(file)!) && !allowed.includes(file))).toEqual([])
})

function importsOf(file: string): Import[] {
  const lines = sources.get(file)!.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'/gms)
  return [...lines].map(([, type, target]) => ({
    file,
    from: layerOf(file),
    target: target!,
    typeOnly: type !== undefined,
  }))
}

function isAllowed({ file, from, target, typeOnly }: Import): boolean {
  if (!target.startsWith('.')) {
    const owner = ONLY_IN.find(([pattern]) => pattern.test(target))
    return !owner || owner[1].includes(from)
  }
  const to = layerOf(relative(SRC, join(SRC, dirname(file), target)))
  const allowed = MAY_IMPORT[from] ?? []
  return allowed.includes(to) || (typeOnly && allowed.includes(`type ${to}`))
}

function layerOf(file: string): string {
  return file.split('/')[0]!.replace(/\.ts$/, '')
}
