import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, sha256Hex } from '../../../src/domain/text/canonical.ts'

test('sorts keys at every level, keeps arrays, writes no white space', () => {
  const value = { b: [{ z: 1, a: null }, 'x'], a: { d: true, c: -3 }, empty: {}, none: [] }
  expect(canonicalJson(value)).toBe('{"a":{"c":-3,"d":true},"b":[{"a":null,"z":1},"x"],"empty":{},"none":[]}')
})

test('sorts keys by code point, numbers among them as text', () => {
  const value = { 𠮷: 1, 﨑: 2, b: 3, '9': 4, '10': 5 }
  expect(canonicalJson(value)).toBe('{"10":5,"9":4,"b":3,"﨑":2,"𠮷":1}')
})

test('tells objects apart whose keys begin alike', () => {
  const value = [{ b: 1 }, { b: 1, a: 2 }, { b: 1, c: 3 }, { b: 4 }]
  expect(canonicalJson(value)).toBe('[{"b":1},{"a":2,"b":1},{"b":1,"c":3},{"b":4}]')
})

test('escapes what JSON must escape and nothing else', () => {
  expect(canonicalJson(['"\\', '\n\u0001', '試験/A', '𠮷', '\ud842'])).toBe(
    '["\\"\\\\","\\n\\u0001","試験/A","𠮷","\\ud842"]',
  )
})

test.each([[undefined], [Number.NaN], [Number.POSITIVE_INFINITY], [() => 1], [10n], [{ a: undefined }]])(
  'throws on %s',
  (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  },
)

test('any JSON reads back as it was, whatever the order of its keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      // The round trip through JSON's own text, as -0 is written 0.
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalJson(reversedKeys(value))).toBe(text)
    }),
  )
})

test('the hash is that of the UTF-8 bytes', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256Hex('確保')).toBe('325124fdb8fa971d480ae37588e8e009b378e34b8ed6889e3a195588b3cd6753')
})

function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).reverse()
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversedKeys(inner)]))
}
