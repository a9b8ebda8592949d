import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const within = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...within('docs'), ...within('deploy')]

/** As GitHub makes them of headings. */
function anchorsOf(document: string): Set<string> {
  const headings = [...read(document).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => heading!)
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/`|\*/g, '')
        .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

/** What a document leads to, but for addresses elsewhere. */
function linksOf(document: string): string[] {
  const text = read(document).replace(/```[\s\S]*?```/g, '')
  const inText = [...text.matchAll(/\]\(([^()\s]+)\)/g), ...text.matchAll(/^\[[^\]]+\]: (\S+)$/gm)]
  const links = inText.map(([, link]) => link!).filter((link) => !/^[a-z]+:/.test(link))
  // The guides are shown by the program as pages: their chapters are looked at there (test/admin/help).
  return document.startsWith('docs/ja/') ? links.filter((link) => !/^[#/]/.test(link)) : links
}

test.each(DOCUMENTS)('%s: what it leads to is there', (document) => {
  const missing = linksOf(document).filter((link) => {
    const [path = '', anchor] = decodeURIComponent(link).split('#')
    const target = path === '' ? document : join(dirname(document), path)
    if (!existsSync(join(ROOT, target))) return true
    return anchor !== undefined && !anchorsOf(target).has(anchor)
  })
  expect(missing).toEqual([])
})

/** What a document sets as code. */
function codeOf(document: string): string {
  return [...read(document).matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].join('\n')
}

/** npm's own, and those with a script of the same name. */
const OF_NPM = new Set(['ci', 'install', 'pack', 'prune', 'audit', 'outdated', 'version', 'sbom'])

test('every npm script that a document names is one, and every script is named by one', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = DOCUMENTS.filter((document) => !document.startsWith('docs/decisions/')).flatMap((document) =>
    [...codeOf(document).matchAll(/\bnpm (?:(run) (?:(?:-s|--silent) )*)?([a-z][\w:-]*)/g)].map(
      ([, run, name]) => ({
        ...{ document, name: name! },
        isThere: Object.hasOwn(scripts, name!) || (run === undefined && OF_NPM.has(name!)),
      }),
    ),
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter(({ isThere }) => !isThere)).toEqual([])
  const told = new Set(named.map(({ name }) => name))
  const called = Object.values(scripts).join('\n')
  const isKnown = (name: string) =>
    told.has(name) || called.includes(`npm run ${name}`) || OF_NPM.has(name.replace(/^pre/, ''))
  const untold = Object.keys(scripts).filter((name) => !isKnown(name))
  expect(untold).toEqual([])
})

test('a picture that a document shows says what is on it', () => {
  for (const document of DOCUMENTS)
    for (const [, words] of read(document).matchAll(/!\[([^\]]*)\]\(/g))
      expect(words!.length, document).toBeGreaterThan(2)
})

test('a picture that no document shows is none', () => {
  const shown = DOCUMENTS.map(read).join('\n')
  const names = readdirSync(join(ROOT, 'docs/screenshots'))
  expect(names.filter((name) => !shown.includes(`screenshots/${name}`))).toEqual([])
})
