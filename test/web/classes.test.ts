import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PUBLIC_ROOT, STYLES_ROOT } from '../../src/web/assets.ts'
import { BUNDLES } from '../../src/web/stylesheets.ts'
import { classesOf } from '../support/css-classes.ts'

const VIEWS = resolve(import.meta.dirname, '../../views')
const ADMIN = resolve(import.meta.dirname, '../../src/admin')
const LAYOUTS: Record<string, string> = { '/layouts/public': 'pages.css', '/layouts/admin': 'office.css' }

const files = (root: string, end: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(end))
const views = new Map(
  files(VIEWS, '.eta').map((name) => [
    `/${name.slice(0, -'.eta'.length)}`,
    readFileSync(resolve(VIEWS, name), 'utf8'),
  ]),
)
const scripts = files(PUBLIC_ROOT, '.js').map((name) => readFileSync(resolve(PUBLIC_ROOT, name), 'utf8'))
const defined = new Map(
  files(STYLES_ROOT, '.css').map((name) => [
    name,
    classesOf(readFileSync(resolve(STYLES_ROOT, name), 'utf8')),
  ]),
)
const homes = new Map(
  [...defined].flatMap(([file, names]) => [...names].map((name) => [name, file] as const)),
)

/** Of a view: whole names, and the beginnings of those that it puts together. */
function classesIn(view: string): { whole: Set<string>; begun: Set<string> } {
  const whole = new Set<string>()
  const begun = new Set<string>()
  for (const [, value] of view.matchAll(/\bclass="((?:<%.*?%>|[^"<])*)"/gs))
    for (const word of value!.replaceAll(/<%[^=].*?%>/gs, ' ').match(/(?:<%=.*?%>|\S)+/gs) ?? []) {
      const [beginning, expression] = word.split('<%=')
      if (expression === undefined) whole.add(word)
      else if (beginning !== '') begun.add(beginning!)
      for (const [, ending] of (expression ?? '').matchAll(/[?:] *'([\w-]+)'/g))
        whole.add(beginning + ending!)
    }
  return { whole, begun }
}

function classesInScript(script: string): string[] {
  const calls = script.matchAll(/\belement\('\w+', '([^']+)'|\bclassList\.add\('([^']+)'\)/g)
  return [...calls].flatMap(([, made, added]) => (made ?? added)!.split(' '))
}

/** How the columns and the rows of a list are set. */
function looksIn(source: string): string[] {
  const looks = source.matchAll(/\b(?:look|headLook): '([^']+)'|\blookOf: .*\? '([^']+)'/g)
  return [...looks].flatMap(([, look, ofRow]) => (look ?? ofRow)!.split(' '))
}

const used = [...views.values()].map(classesIn)
const looks = files(ADMIN, '.ts').flatMap((name) => looksIn(readFileSync(resolve(ADMIN, name), 'utf8')))
const usedNames = new Set([
  ...used.flatMap(({ whole }) => [...whole]),
  ...scripts.flatMap(classesInScript),
  ...looks,
])
const beginnings = new Set(used.flatMap(({ begun }) => [...begun]))

test('the lists are what they should be', () => {
  expect(classesIn(views.get('/admin/rounds/checks')!)).toEqual({
    whole: new Set(['checks', 'checks__item', 'tag', 'tag--ok', 'fold', 'fold--plain', 'nowrap']),
    begun: new Set(['checks__item--', 'tag--']),
  })
  expect(usedNames.has('todo__item--done') && usedNames.has('picker__count')).toBe(true)
  expect(homes.get('field__label')).toBe('form.css')
  expect(homes.get('picker__label')).toBe('form.css')
  expect(looks).toEqual(expect.arrayContaining(['number', 'why--balanced', 'waitlisted', 'table--ranking']))
})

test('the looks of a list are there on every page of the officers’ side', () => {
  const everywhere = new Set(BUNDLES['office.css'])
  expect(looks.filter((name) => !everywhere.has(homes.get(name) ?? ''))).toEqual([])
})

test('a class stands in one stylesheet only', () => {
  const places = [...defined].flatMap(([file, names]) => [...names].map((name) => `${name} ${file}`))
  const twice = places.filter((place) => homes.get(place.split(' ')[0]!) !== place.split(' ')[1])
  expect(twice).toEqual([])
})

test('every class that a page or a script names is defined', () => {
  const blocks = new Set([...homes.keys()].map((name) => name.split('__')[0]!))
  expect([...usedNames].filter((name) => !homes.has(name) && !blocks.has(name))).toEqual([])
  const begins = (beginning: string) => [...homes.keys()].some((name) => name.startsWith(beginning))
  expect([...beginnings].filter((beginning) => !begins(beginning))).toEqual([])
})

test('every class that is defined is named by a page or a script', () => {
  const isNamed = (name: string) =>
    usedNames.has(name) || [...beginnings].some((begun) => name.startsWith(begun))
  expect([...homes.keys()].filter((name) => !isNamed(name))).toEqual([])
})

describe('every page loads the stylesheets of what it shows, and no others', () => {
  const pages = [...views].filter(([, view]) => /\blayout\('\/layouts/.test(view))

  test.each(pages)('%s', (name, view) => {
    const shown = [...withParts(name)].flatMap((part) => [...classesIn(views.get(part)!).whole])
    const needed = new Set(shown.flatMap((name) => homes.get(name) ?? []))
    const own = loadedBy(view)
    const everywhere = new Set(BUNDLES[layoutOf(view)])
    expect([...needed].filter((file) => !own.has(file) && !everywhere.has(file))).toEqual([])
    expect([...own].filter((file) => !needed.has(file))).toEqual([])
  })

  test('and every stylesheet is loaded by some', () => {
    const loaded = pages.flatMap(([, view]) => [...loadedBy(view), ...BUNDLES[layoutOf(view)]!])
    // By every page of a rehearsal, as it leaves.
    loaded.push('rehearsal.css')
    expect([...defined.keys()].filter((file) => !loaded.includes(file))).toEqual([])
  })
})

function layoutOf(view: string): string {
  return LAYOUTS[/\blayout\('([^']+)'/.exec(view)![1]!]!
}

/** The view and everything that it includes. */
function withParts(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found
  found.add(name)
  for (const [, part] of views.get(name)!.matchAll(/\binclude\('([^']+)'/g)) withParts(part!, found)
  return found
}

function loadedBy(view: string): Set<string> {
  const list = /\bstyles: \[([^\]]*)\]/.exec(view)?.[1] ?? ''
  const names = [...list.matchAll(/'([^']+)'/g)].map(([, name]) => name!)
  return new Set(names.flatMap((name) => BUNDLES[name] ?? [name]))
}
