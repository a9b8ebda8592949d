import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { firstCharacterOutsideCp932, firstUnknownCharacter, toCp932 } from '../../../src/domain/text/cp932.ts'
import { normaliseMultiline, normaliseText } from '../../../src/domain/text/text.ts'

const EUC = new TextDecoder('euc-jp')

/** 漢字 of every block that JIS X 0213 draws on, in CP932 or not. */
const KANJI = fc
  .oneof(
    fc.integer({ min: 0x3400, max: 0x4dbf }),
    fc.integer({ min: 0x4e00, max: 0x9fff }),
    fc.integer({ min: 0xf900, max: 0xfa6d }),
    fc.integer({ min: 0xfa70, max: 0xfad9 }),
    fc.integer({ min: 0x20000, max: 0x2a6d6 }),
  )
  .map((code) => String.fromCodePoint(code))

/** The plane 2 of JIS X 0213 as Unicode has it, at least in part: what EUC-JP's supplement (JIS X 0212) shares with it. */
const SUPPLEMENT = rowsOfSupplement()

describe('a name of any kanji', () => {
  test('is stored as it was typed', () => {
    fc.assert(
      fc.property(fc.array(KANJI, { minLength: 1, maxLength: 20 }), (kanji) => {
        const name = kanji.join('')
        expect(normaliseText(name)).toBe(name)
        expect(normaliseMultiline(name)).toBe(name)
        expect(firstUnknownCharacter(name)).toBeNull()
      }),
      { numRuns: 2000 },
    )
    expect(SUPPLEMENT.length).toBeGreaterThan(5000)
    for (const kanji of SUPPLEMENT)
      expect([normaliseText(kanji), firstUnknownCharacter(kanji)]).toEqual([kanji, null])
  })

  test.each(['葛\u{e0100}城', '𠮷田', '\u{2f9f4}', '神\ufe00', '①', '♨', 'é', '😀'])(
    '%s likewise',
    (name) => {
      expect(normaliseText(name)).toBe(name)
      expect(firstUnknownCharacter(name)).toBeNull()
    },
  )

  test('can be written in CP932, each character that it lacks with another and named', () => {
    fc.assert(
      fc.property(fc.array(KANJI, { minLength: 1, maxLength: 20 }), (kanji) => {
        const { text, replaced } = toCp932(kanji.join(''))
        expect(iconv.decode(iconv.encode(text, 'cp932'), 'cp932')).toBe(text)
        expect(firstCharacterOutsideCp932(text)).toBeNull()
        for (const { character, position } of replaced) expect(kanji[position - 1]).toBe(character)
        expect(replaced.map(({ position }) => position)).toEqual(
          kanji.flatMap((each, index) => (firstCharacterOutsideCp932(each) ? [index + 1] : [])),
        )
      }),
      { numRuns: 2000 },
    )
  })
})

test.each([
  ['𠮷', '吉'],
  ['𣘺', '橋'],
  ['㟢', '崎'],
  ['㠀', '島'],
  ['桺', '柳'],
  ['鏽', '錆'],
  ['葊', '〓'],
  ['\ufa30', '侮'],
  ['㈳', '(社)'],
  ['㍿', '株式会社'],
  ['ⓔ', 'e'],
  ['é', 'e'],
  ['ð', '〓'],
  ['\u{e0100}', ''],
  ['😀', '〓'],
  ['\ud842', '〓'],
])('%s is written %s in CP932', (character, written) => {
  expect(toCp932(`髙${character}田`)).toEqual({
    text: `髙${written}田`,
    replaced: [{ character, position: 2, written }],
  })
})

test.each([
  ['\ue000', 'a sign of one machine'],
  ['\u{f0000}', 'another'],
  ['\u0378', 'unassigned'],
  ['\u{2fffe}', 'no character'],
  ['\u0000', 'a control'],
  ['\u001b', 'another control'],
  ['\u009f', 'a control of C1'],
  ['\ud842', 'half a character'],
  ['\udfb7', 'the other half'],
  ['\ufffd', 'one that was lost'],
])('%j (%s) is named with its place', (character) => {
  expect(firstUnknownCharacter(`𠮷田${character}子`)).toEqual({ character, position: 3 })
})

test.each(['\n', '\r\n', '\t', '\u3000', '\u00a0', '\u200b', '\u200d', '\ufeff', '\u2028', '\u0085'])(
  '%j is none of these',
  (character) => {
    expect(firstUnknownCharacter(character)).toBeNull()
  },
)

function rowsOfSupplement(): string[] {
  const rows = Array.from({ length: 94 * 94 }, (_, index) =>
    EUC.decode(Uint8Array.of(0x8f, 0xa1 + Math.floor(index / 94), 0xa1 + (index % 94))),
  )
  return rows.filter((text) => [...text].length === 1 && /\p{sc=Han}/u.test(text))
}
