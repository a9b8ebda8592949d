import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCanonicalJson } from '../../../../src/domain/selection/archive/canonical-reader.ts'
import { canonicalJson } from '../../../../src/domain/text/canonical.ts'

test('reads back whatever was written', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = canonicalJson(value)
      expect(readCanonicalJson(text, 'root')).toEqual({ ok: true, value: JSON.parse(text) })
    }),
  )
})

test('takes no text but the one that would be written', () => {
  const near = fc
    .tuple(
      fc.jsonValue({ maxDepth: 3 }),
      fc.nat(),
      fc.constantFrom('', ' ', '0', '1', '"', ',', ':', '\\', '}', '-'),
    )
    .map(([value, at, character]) => {
      const text = canonicalJson(value)
      const place = at % (text.length + 1)
      return text.slice(0, place) + character + text.slice(character === '' ? place + 1 : place)
    })
  fc.assert(
    fc.property(near, (text) => {
      const read = readCanonicalJson(text, 'root')
      expect(read.ok).toBe(isCanonical(text))
    }),
    { numRuns: 2000 },
  )
})

test.each<[string, path: string, at: number]>([
  ['', 'root', 0],
  ['{"a":1} ', 'root', 7],
  ['{"a": 1}', 'a', 5],
  ['{"b":1,"a":2}', 'root', 7],
  ['{"a":1,"a":2}', 'root', 7],
  ['{"a":[1,2,03]}', 'a[2]', 10],
  ['{"a":[1,{"b":tru}]}', 'a[1].b', 16],
  ['{"a":"x}', 'a', 5],
  ['{"a":"x"b}', 'a', 8],
  ['{"a":"\\x"}', 'a', 5],
  ['{"a":"\n"}', 'a', 5],
  ['{"a":"\\u0041"}', 'a', 5],
  ['{"a":1.0}', 'a', 5],
  ['{"a":-0}', 'a', 5],
  ['{"a":1e+999}', 'a', 5],
  ['[1,2', '[1]', 4],
  ['[1,]', '[1]', 3],
  ['\ufeff1', 'root', 0],
])('%j deviates, and where', (text, path, at) => {
  expect(readCanonicalJson(text, 'root')).toEqual({ ok: false, deviation: { path, at } })
})

test('a key that JavaScript hides is read as any other', () => {
  const read = readCanonicalJson('{"__proto__":{"x":1}}', 'root')
  expect(read.ok && Object.keys(read.value as object)).toEqual(['__proto__'])
})

test('a text of endless depth is refused, not run into the ground', () => {
  expect(readCanonicalJson('['.repeat(1_000_000), 'root').ok).toBe(false)
})

test('a long text without an end is refused at once', () => {
  expect(readCanonicalJson(`"${'ab'.repeat(500_000)}`, 'root').ok).toBe(false)
  expect(readCanonicalJson(`"${'\\n'.repeat(500_000)}"`, 'root').ok).toBe(true)
})

function isCanonical(text: string): boolean {
  try {
    return canonicalJson(JSON.parse(text)) === text
  } catch {
    return false
  }
}
