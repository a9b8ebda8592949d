import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { STYLES_ROOT } from '../../src/web/assets.ts'
import { BUNDLES, stylesheets } from '../../src/web/stylesheets.ts'
import { classesOf } from '../support/css-classes.ts'

const served = stylesheets(STYLES_ROOT)
const bundles = Object.entries(BUNDLES)

test.each(bundles)('%s is its files, one after the other', (name, parts) => {
  expect(served.get(name)).toBe(parts.map((part) => served.get(part)).join(''))
})

test('a licence stays with what it is about', () => {
  for (const name of ['tokens.css', 'pages.css', 'office.css'])
    expect(served.get(name), name).toContain('MIT License, © デジタル庁')
})

test.each([...served.keys()].filter((name) => !(name in BUNDLES)))(
  '%s loses nothing but space and notes',
  (name) => {
    const source = readFileSync(resolve(STYLES_ROOT, name), 'utf8')
    const css = served.get(name)!
    expect(css.length).toBeLessThan(source.length)
    expect(classesOf(css)).toEqual(classesOf(source))
    expect(namesAndTexts(css)).toEqual(namesAndTexts(source.replaceAll(/\/\*.*?\*\//gs, '')))
  },
)

test('an order that a later file counts on is the same for both sides', () => {
  const [pages, office] = [BUNDLES['pages.css']!, BUNDLES['office.css']!]
  const shared = (parts: readonly string[], others: readonly string[]) =>
    parts.filter((part) => others.includes(part))
  expect(shared(pages, office)).toEqual(shared(office, pages))
})

/** Variables, and the texts that a stylesheet brings in, such as the sign before a banner. */
function namesAndTexts(css: string): Set<string> {
  return new Set(css.match(/--[\w-]+|(?<=content: ?)"[^"]*"/g))
}
