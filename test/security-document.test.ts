import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const text = readFileSync('docs/security.md', 'utf8')

/** Of levels 1 and 2 in OWASP ASVS 5.0.0: by section, the numbers in it. */
const REQUIREMENTS: Record<number, Record<string, readonly number[]>> = {
  1: { '1.1': upTo(2), '1.2': upTo(9), '1.3': upTo(11), '1.4': upTo(3), '1.5': upTo(2) },
  2: { '2.1': upTo(3), '2.2': upTo(3), '2.3': upTo(4), '2.4': upTo(1) },
  3: { '3.2': upTo(2), '3.3': upTo(4), '3.4': upTo(6), '3.5': upTo(5), '3.7': upTo(2) },
  4: { '4.1': upTo(3), '4.2': upTo(1), '4.3': upTo(2), '4.4': upTo(4) },
  5: { '5.1': upTo(1), '5.2': upTo(3), '5.3': upTo(2), '5.4': upTo(3) },
  6: {
    ...{ '6.1': upTo(3), '6.2': upTo(12), '6.3': upTo(4), '6.4': upTo(4), '6.5': upTo(5) },
    ...{ '6.6': upTo(3), '6.8': upTo(4) },
  },
  7: { '7.1': upTo(3), '7.2': upTo(4), '7.3': upTo(2), '7.4': upTo(5), '7.5': upTo(2), '7.6': upTo(2) },
  8: { '8.1': upTo(2), '8.2': upTo(3), '8.3': upTo(1), '8.4': upTo(1) },
  9: { '9.1': upTo(3), '9.2': upTo(4) },
  11: {
    ...{ '11.1': upTo(2), '11.2': upTo(3), '11.3': upTo(3), '11.4': upTo(4) },
    ...{ '11.5': upTo(1), '11.6': upTo(1) },
  },
  12: { '12.1': upTo(3), '12.2': upTo(2), '12.3': upTo(4) },
  13: { '13.1': upTo(1), '13.2': upTo(5), '13.3': upTo(2), '13.4': upTo(5) },
  14: { '14.1': upTo(2), '14.2': upTo(4), '14.3': upTo(3) },
  15: { '15.1': upTo(3), '15.2': upTo(3), '15.3': upTo(7) },
  16: { '16.1': upTo(1), '16.2': upTo(5), '16.3': upTo(4), '16.4': upTo(3), '16.5': upTo(3) },
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1)
}

const chapters = new Map(
  text
    .split(/^## V/m)
    .slice(1)
    .map((part) => [Number.parseInt(part, 10), rowsOf(part)] as const),
)

function rowsOf(part: string): { number: string; state: string; how: string }[] {
  return [...part.matchAll(/^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \|([^|]*)\|$/gm)].map(
    ([, number, , state, how]) => ({ number: number!, state: state!.trim(), how: how!.trim() }),
  )
}

describe('the table of requirements', () => {
  test('has the chapters that apply, and says why the two others do not', () => {
    expect([...chapters.keys()]).toEqual(Object.keys(REQUIREMENTS).map(Number))
    expect(text).toMatch(/V10 \([^)]+\) does not apply: .*V17 \([^)]+\) does not apply: /s)
  })

  test.each(Object.entries(REQUIREMENTS))('V%s: each number once, in a row', (chapter, sections) => {
    const numbers = Object.entries(sections).flatMap(([section, of]) =>
      of.map((each) => `${section}.${each}`),
    )
    expect(chapters.get(Number(chapter))!.map(({ number }) => number)).toEqual(numbers)
  })

  const rows = [...chapters.values()].flat()

  test('every row is one of four things; what is not met says why, what is met says how', () => {
    for (const { number, state, how } of rows) {
      expect(['met', 'operator', 'not met', 'nothing'], number).toContain(state)
      if (state === 'met') expect(how, number).not.toBe('')
      if (state === 'not met') expect(how.length, number).toBeGreaterThan(80)
    }
  })

  test('every file that it names is there', () => {
    const named = [...text.matchAll(/`((?:src|test|docs|views|public|scripts)\/[\w/.-]+\.\w+)`/g)].map(
      ([, path]) => path!,
    )
    expect(named.length).toBeGreaterThan(200)
    expect(named.filter((path) => !existsSync(path))).toEqual([])
  })
})

test('the words that no password may be made of are those of the list', () => {
  const words = /const words|return \[\s*((?:'[a-z]+',\s*)+)/.exec(
    readFileSync('src/office/password.ts', 'utf8'),
  )![1]!
  for (const [, word] of words.matchAll(/'([a-z]+)'/g)) expect(text).toContain(word)
})

test('no script of a page keeps anything in the browser, talks to other windows, or writes markup', () => {
  const scripts = globSync('public/*.js')
  expect(scripts.length).toBeGreaterThan(4)
  for (const script of scripts)
    expect([script, readFileSync(script, 'utf8')]).toEqual([
      script,
      expect.not.stringMatching(
        /localStorage|sessionStorage|indexedDB|document\.cookie|postMessage|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
      ),
    ])
})
