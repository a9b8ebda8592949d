import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { PUBLIC_ROOT } from '../../src/web/assets.ts'
import { minified, stylesheets } from '../../src/web/stylesheets.ts'

test.each([
  ['a {\n  color: red;\n}\n', 'a{color:red}'],
  [
    'a:is(b, c) > d + e {\n  margin: 0 auto;\n  padding: 1px;\n}',
    'a:is(b,c) > d + e{margin:0 auto;padding:1px}',
  ],
  [
    '/* a "note" */\na::before {\n  content: "  a , b : { ; " / "";\n}',
    'a::before{content:"  a , b : { ; " / ""}',
  ],
  [
    '@media (width >= 40rem) {\n  a {\n    top: calc(1rem - 1px);\n  }\n}',
    '@media (width >= 40rem){a{top:calc(1rem - 1px)}}',
  ],
  ['a {\n  content: "/* no note */";\n}', 'a{content:"/* no note */"}'],
])('%j is served as %j', (css, served) => {
  expect(minified(css)).toBe(served)
})

test('a licence stays with what it is about', () => {
  expect(minified('/* tokens 1.0, MIT License, © X */\na {\n  top: 0;\n}')).toContain('MIT License, © X')
  expect(stylesheets(PUBLIC_ROOT).get('pages.css')).toContain('MIT License')
})

test('nothing but white space and notes is lost of our own', () => {
  const served = stylesheets(PUBLIC_ROOT)
  const files = readdirSync(PUBLIC_ROOT).filter((name) => name.endsWith('.css'))
  expect(files.length).toBeGreaterThan(3)
  for (const name of files) {
    const source = readFileSync(resolve(PUBLIC_ROOT, name), 'utf8')
    expect(bare(served.get(name)!), name).toBe(bare(source))
  }
  const parts = ['tokens.css', 'app.css', 'survey.css'].map((name) => served.get(name)!)
  expect(served.get('pages.css')).toBe(parts.join(''))
})

/** Comments, white space and the last semicolon of a rule mean nothing. */
function bare(css: string): string {
  return css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s/g, '')
    .replaceAll(';}', '}')
}
