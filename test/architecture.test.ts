import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const SRC = join(ROOT, 'src')

/** Which layer may import which: arrows go one way. `type` means types only. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: ['domain'],
  'program-files': [],
  db: ['db', 'domain', 'program-files'],
  files: ['files', 'domain', 'program-files'],
  office: ['office', 'files', 'domain', 'type db'],
  mail: ['mail', 'domain', 'type db', 'type config'],
  web: ['web', 'domain', 'program-files'],
  survey: ['survey', 'office', 'web', 'files', 'domain', 'type db'],
  admin: ['admin', 'office', 'web', 'files', 'domain', 'version', 'type db', 'type rehearsal'],
  demo: ['demo', 'domain', 'type db'],
  cli: [
    'cli',
    'office',
    'demo',
    'db',
    'files',
    'domain',
    'config',
    'serve',
    'installation',
    'key-file',
    'database-problem',
    'installation-keys',
    'open-survey',
    'signing-key',
    'start-problem',
    'version',
  ],
  config: ['trusted-ranges'],
  'trusted-ranges': [],
  installation: ['type config'],
  'key-file': [],
  'start-problem': [],
  'metrics-of': ['metrics', 'db', 'version', 'type web', 'type config'],
  version: ['program-files'],
  'receipt-key': ['installation', 'key-file', 'start-problem', 'domain', 'type config'],
  'record-log': ['domain'],
  'signing-key': ['installation', 'key-file', 'start-problem', 'type domain', 'type db', 'type config'],
  'session-secret': ['installation', 'key-file', 'start-problem', 'type config'],
  'database-problem': ['start-problem'],
  'installation-keys': [
    ...['installation', 'invitation-key', 'session-secret', 'signing-key', 'start-problem'],
    ...['type config', 'type db', 'type domain'],
  ],
  'open-survey': ['db', 'installation', 'database-problem', 'receipt-key', 'type config'],
  'invitation-key': ['installation', 'key-file', 'type domain', 'type config'],
  metrics: ['metrics', 'type db', 'type web'],
  rehearsal: ['rehearsal', 'web', 'domain', 'db', 'type installation-keys'],
  app: [
    ...['admin', 'survey', 'office', 'web', 'mail', 'rehearsal', 'db'],
    ...['type config', 'type installation-keys'],
  ],
  serve: [
    ...['app', 'rehearsal', 'db', 'mail', 'office', 'web', 'database-problem', 'installation-keys'],
    ...['metrics-of', 'open-survey', 'record-log', 'start-problem', 'version', 'type config'],
  ],
  ending: [],
  server: ['config', 'ending', 'serve', 'start-problem'],
}

/** Packages that belong to one layer. */
const ONLY_IN: [pattern: RegExp, layers: string[]][] = [
  [/^(drizzle-orm|better-sqlite3)/, ['db']],
  [/^(eta|@fastify\/view)$/, ['web']],
  [/^nodemailer/, ['mail']],
  [/^prom-client/, ['metrics']],
  [/^(@node-rs\/argon2|@zxcvbn-ts\/|otpauth)/, ['office']],
  [/^(write-excel-file|saxes|qr)/, ['files']],
  [/^(fastify|@fastify\/)/, ['web', 'survey', 'admin', 'rehearsal', 'app', 'serve']],
]

interface Import {
  file: string
  from: string
  target: string
  typeOnly: boolean
}

/** With names, for its effect alone, and in the middle of the code. */
const IMPORT =
  /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gms

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const sources = new Map(files.map((file) => [file, readFileSync(join(SRC, file), 'utf8')]))
const imports = files.flatMap(importsOf)

test('every import follows the arrows', () => {
  expect(imports.length).toBeGreaterThan(100)
  expect(imports.filter((line) => !isAllowed(line)).map(({ file, target }) => `${file} → ${target}`)).toEqual(
    [],
  )
})

test('every arrow is one that some import follows', () => {
  const followed = new Set(
    imports
      .filter(({ target }) => target.startsWith('.'))
      .flatMap(({ file, from, target, typeOnly }) => {
        const to = layerOf(resolved(file, target))
        return typeOnly ? [`${from} → type ${to}`] : [`${from} → ${to}`]
      }),
  )
  const isFollowed = (from: string, to: string) => followed.has(`${from} → ${to}`) || from === to
  const idle = Object.entries(MAY_IMPORT).flatMap(([from, targets]) =>
    targets.filter((to) => !isFollowed(from, to)).map((to) => `${from} → ${to}`),
  )
  expect(idle).toEqual([])
})

test('no file reaches itself by imports, types counted', () => {
  expect(circlesOf(graphOf((file) => file))).toEqual([])
})

test('no two folders import each other, but for the one that puts together what lies in it', () => {
  const graph = graphOf(dirname)
  const holds = (outer: string, inner: string) => outer === '.' || inner.startsWith(`${outer}/`)
  const mutual = [...graph].flatMap(([folder, targets]) =>
    [...targets]
      .filter((target) => folder < target && !holds(folder, target) && graph.get(target)?.has(folder))
      .map((target) => `${folder} ↔ ${target}`),
  )
  expect(mutual).toEqual([])
})

test('no subject of the officers’ side imports another', () => {
  const subject = (file: string) => /^admin\/([^/]+)\//.exec(file)?.[1]
  const shared = new Set([undefined, 'list', 'session'])
  const across = imports.filter(({ file, target }) => {
    const [from, to] = [subject(file), target.startsWith('.') ? subject(resolved(file, target)) : undefined]
    return from !== undefined && from !== to && !shared.has(to)
  })
  expect(across.map(({ file, target }) => `${file} → ${target}`)).toEqual([])
})

test('domain imports nothing but itself, zod, the hash and the numbering plan of telephones', () => {
  const packages = imports.filter(({ from, target }) => from === 'domain' && !target.startsWith('.'))
  expect([...new Set(packages.map(({ target }) => target))].sort()).toEqual([
    'libphonenumber-js/max',
    'node:crypto',
    'zod',
  ])
})

test.each([
  ['process.env', /process\.env/, ['config.ts']],
  ['the clock', /new Date\(\)|Date\.now\(\)/, ['server.ts', 'cli/main.ts']],
  [
    'a body or a query taken apart',
    /Object\.entries\((request\.)?(body|query)|(body|query) \?\? \{\}|request\.(body|query)\.|\} = request\.(body|query)/,
    ['web/fields.ts', 'admin/upload.ts'],
  ],
  // `grouped` says the same as the first of them: test/domain/text/grouped.test.ts.
  ['ICU', /\btoLocaleString\('|\bnew Intl\./, ['domain/text/grouped.ts', 'domain/text/reading-order.ts']],
  ['a hidden error', /console\.|catch\s*\{\s*\}/, []],
])('%s only where it belongs', (_name, pattern, allowed) => {
  expect(files.filter((file) => pattern.test(sources.get(file)!) && !allowed.includes(file))).toEqual([])
})

test('every file that the documents name is there', () => {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    ...filesIn('docs').filter((file) => file.endsWith('.md')),
  ]
  const named = documents.flatMap((document) =>
    [...read(document).matchAll(NAMED)].map(([path]) => ({ document, path })),
  )
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter(({ path }) => ![ROOT, SRC].some((root) => existsSync(join(root, path))))).toEqual([])
})

test('every decision has a number of its own, in a row, and its title says it', () => {
  const records = filesIn('docs/decisions').sort()
  const numbers = records.map((_, index) => String(index + 1).padStart(3, '0'))
  expect(records.map((record) => /(\d+)-[\w-]+\.md$/.exec(record)?.[1])).toEqual(numbers)
  expect(records.map((record) => read(record).split(' – ')[0])).toEqual(
    numbers.map((number) => `# ${number}`),
  )
})

test('what a row of the table names without a folder lies beside what it named before', () => {
  const rows = read('CONTRIBUTING.md')
    .split('\n')
    .filter((line) => line.startsWith('| '))
  const missing = rows.flatMap((row) => {
    let folder = ''
    return [...row.matchAll(/`([\w/.-]+\.(?:ts|eta))`/g)].flatMap(([, path]) => {
      if (path!.includes('/')) folder = dirname(path!)
      const beside = path!.includes('/') ? path! : join(folder, path!)
      return folder === '' || [ROOT, SRC].some((root) => existsSync(join(root, beside))) ? [] : [beside]
    })
  })
  expect(missing).toEqual([])
})

/** A path from the root of the project, or within src. */
const NAMED =
  /(?<![\w/.-])(src|test|views|public|docs|scripts|bench|migrations|resources|domain|db|files|office|web|survey|admin|cli|mail)\/[\w/.-]*\.(ts|eta|md|css|js|sql)\b/g

test('what a file exports somebody imports', () => {
  const code = ['src', 'test', 'bench', 'scripts'].flatMap(filesIn).filter((file) => file.endsWith('.ts'))
  const imported = new Set(code.flatMap(importedBy))
  // Of a benchmark, and of what is done before all tests, whoever runs it takes what it finds.
  const runner = ['vitest.config.ts', 'vitest.programs.config.ts'].map(read).join()
  const own = code.filter((file) => !file.endsWith('.bench.ts') && !runner.includes(file))
  const unused = own.flatMap((file) =>
    [...read(file).matchAll(EXPORTED)]
      .filter(([, name]) => !imported.has(`${file} ${name}`) && !imported.has(`${file} *`))
      .map(([, name]) => `${file}: ${name}`),
  )
  expect(unused).toEqual([])
})

/** `src/app.ts buildApp`, and with `*` whatever the file exports. */
function importedBy(file: string): string[] {
  const text = read(file)
  const of = (target: string, name: string) => `${join(dirname(file), target)} ${name}`
  const named = text.matchAll(/^import (?:type )?\{([^}]*)\} from '(\.[^']+)'/gm)
  const whole = text.matchAll(/\* (?:as \w+ )?from '(\.[^']+)'|import\('(\.[^']+)'\)/g)
  const extended = text.matchAll(/declare module '(\.[^']+)' \{\s*interface (\w+)/g)
  return [
    ...[...named].flatMap(([, names, target]) =>
      names!.split(',').map((name) => of(target!, name.replace(/ as .*|\btype /g, '').trim())),
    ),
    ...[...whole].map(([, from, inPlace]) => of((from ?? inPlace)!, '*')),
    ...[...extended].map(([, target, name]) => of(target!, name!)),
  ]
}

const EXPORTED = /^export (?:async )?(?:type|const|function\*?|class|interface) (\w+)/gm

/** By their paths from the root of the project. */
function filesIn(folder: string): string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
  return names.filter((name) => !name.includes('node_modules')).map((name) => join(folder, name))
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

test.each([
  ["import { a } from './a.ts'", './a.ts', false],
  ["import {\n  a,\n  type B,\n} from './a.ts'", './a.ts', false],
  ["import type { A } from './a.ts'", './a.ts', true],
  ["export * from './a.ts'", './a.ts', false],
  ["import './a.ts'", './a.ts', false],
  ["  const { a } = await import('./a.ts')", './a.ts', false],
  ["type A = import('./a.ts').A", './a.ts', false],
])('%s is seen as an import', (source, target, typeOnly) => {
  expect(importsIn(source)).toEqual([{ target, typeOnly }])
})

function importsOf(file: string): Import[] {
  return importsIn(sources.get(file)!).map((line) => ({ file, from: layerOf(file), ...line }))
}

function importsIn(source: string): Pick<Import, 'target' | 'typeOnly'>[] {
  return [...source.matchAll(IMPORT)].map(([, type, from, bare, inPlace]) => ({
    target: (from ?? bare ?? inPlace)!,
    typeOnly: type !== undefined,
  }))
}

/** What imports what, files or the folders that `of` makes of them. */
function graphOf(of: (file: string) => string): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>()
  for (const { file, target } of imports) {
    if (!target.startsWith('.')) continue
    const [from, to] = [of(file), of(resolved(file, target))]
    if (from !== to) graph.set(from, (graph.get(from) ?? new Set()).add(to))
  }
  return graph
}

/** Every node that can be reached from itself. */
function circlesOf(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const reaches = (start: string): boolean => {
    const seen = new Set<string>()
    const open = [start]
    for (let node = open.pop(); node !== undefined; node = open.pop())
      for (const next of graph.get(node) ?? []) {
        if (next === start) return true
        if (!seen.has(next)) open.push(next)
        seen.add(next)
      }
    return false
  }
  return [...graph.keys()].filter(reaches)
}

function resolved(file: string, target: string): string {
  return join(dirname(file), target)
}

function isAllowed({ file, from, target, typeOnly }: Import): boolean {
  if (!target.startsWith('.')) {
    const owner = ONLY_IN.find(([pattern]) => pattern.test(target))
    return !owner || owner[1].includes(from)
  }
  const to = layerOf(resolved(file, target))
  const allowed = MAY_IMPORT[from] ?? []
  return allowed.includes(to) || (typeOnly && allowed.includes(`type ${to}`))
}

function layerOf(file: string): string {
  return file.split('/')[0]!.replace(/\.ts$/, '')
}
