import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { firstCharacterOutsideCp932, mapLookalikesToCp932 } from '../../../src/domain/text/cp932.ts'
import {
  normaliseAddress,
  normaliseDigits,
  normaliseEmail,
  normaliseKana,
  normaliseMultiline,
  normalisePhone,
  normaliseText,
} from '../../../src/domain/text/text.ts'

/** Any code point, weighted towards what Japanese input is made of and what breaks it. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'　 \t\r\n\u0085\u2028\u00a0\u200b\ufeff\u3099\u309a\u0301\u030a'),
    fc.constantFrom(...'かｶﾊﾟ㋕ⓔAÅ\u212b〜～−－—–ー㈱㈳㍿㋿神\ufa19﨑髙濵葛\u{e0100}𠮷é'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  ),
})

describe('normaliseText', () => {
  it.each([
    ['  鹿児島\u00a0県庁\u200b ', '鹿児島 県庁'],
    ['\ufeff社会医療法人　　聖心会 　青雲会病院', '社会医療法人　聖心会　青雲会病院'],
    ['一行目\r\n二行目\u2028三行目\u0085四行目\tおわり', '一行目 二行目 三行目 四行目 おわり'],
    ['か\u3099んは\u309aん', 'がんぱん'],
    ['㈳いちょうの樹　㍿メディカル ㉑', '(社)いちょうの樹　株式会社メディカル 21'],
    ['㈱丸一　㋿六年', '㈱丸一　令和六年'],
    ['5290−29 9〜18時 ¥300 10–12 A—B', '5290－29 9～18時 ￥300 10－12 A―B'],
    ['ⓔ\u0301 A\u030a', 'é \u212b'],
    ['葛\u{e0100}城 \u202e逆\u202c', '葛\u{e0100}城 逆'],
    ['①\ufe0e a\u{e0100}', '① a'],
  ])('%j becomes %j', (typed, normalised) => {
    expect(normaliseText(typed)).toBe(normalised)
    expect(normaliseText(normalised)).toBe(normalised)
  })

  it('keeps the variants of kanji that CP932 holds, even those that NFC exchanges', () => {
    const names = '﨑元 髙野 濵田 \ufa19田 \ufa1b元 \ufa1c國 \ufa10本 朗\uf929'
    expect(normaliseText(names)).toBe(names)
  })

  it('never needs a second pass, and what is left is writable in CP932 or named with its place', () => {
    const normalise = fc.constantFrom(normaliseText, normaliseMultiline, normaliseKana)
    fc.assert(
      fc.property(normalise, anyText, (normal, typed) => {
        const text = normal(typed)
        expect(normal(text)).toBe(text)
        const outside = firstCharacterOutsideCp932(text)
        if (outside) {
          expect([...text][outside.position - 1]).toBe(outside.character)
          expect(inCp932(outside.character)).toBe(false)
        } else expect(iconv.decode(iconv.encode(text, 'cp932'), 'cp932')).toBe(text)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('normaliseMultiline', () => {
  it('keeps lines and inner spaces', () => {
    expect(normaliseMultiline('\r\n一　点目 \r\n\r\n  二\u00a0点目\t\u3000\rおわり\n\n')).toBe(
      '一　点目\n\n  二 点目\nおわり',
    )
  })
})

describe('normaliseAddress', () => {
  it.each([
    ['架空町１ー２ー３', '架空町１－２－３'],
    ['架空町1ー2ー3', '架空町1-2-3'],
    ['架空町１−２‐３―４–５', '架空町１－２－３－４－５'],
    ['架空町１ｰ２─３', '架空町１－２－３'],
    ['架空町1-2-3', '架空町1-2-3'],
    ['架空町１－１', '架空町１－１'],
    ['架空町一ー二', '架空町一－二'],
    ['架空町１ー２ーＢ', '架空町１－２－Ｂ'],
    ['架空町２丁目３ー１　センタービル４Ｆ', '架空町２丁目３－１　センタービル４Ｆ'],
    ['架空町１　スーパーセンター', '架空町１　スーパーセンター'],
    ['タワー１ー２', 'タワー１－２'],
  ])('%s becomes %s', (typed, address) => {
    expect(normaliseAddress(typed)).toBe(address)
    expect(normaliseAddress(address)).toBe(address)
  })
})

describe('normaliseKana', () => {
  it.each([
    ['ｶｺﾞｼﾏﾋﾞｮｳｲﾝ', 'カゴシマビョウイン'],
    ['かごしま　びょういん ', 'カゴシマ　ビョウイン'],
    ['ﾃﾞｲｽﾞﾞ', 'デイズ゛'],
  ])('%s becomes %s', (typed, normalised) => expect(normaliseKana(typed)).toBe(normalised))
})

describe('normaliseDigits, normaliseEmail', () => {
  it('change full-width forms to ASCII', () => {
    expect(normaliseDigits('１２０床Ａ')).toBe('120床Ａ')
    expect(normaliseEmail('　Ｊｏｈｏ＠ｈｏｓｐ．ｅｘａｍｐｌｅ．ｊｐ\u200b ')).toBe('Joho@hosp.example.jp')
  })
})

describe('normalisePhone', () => {
  it.each([
    '０９９ー２８６－２７０７',
    '099(286)2707',
    '(099)286-2707',
    '（０９９）２８６‐２７０７',
    ' 099 286 2707 ',
    '099ｰ286−2707',
    '099—286–2707',
    '099.286.2707',
    '099 - 286 - 2707',
  ])('%s becomes 099-286-2707', (typed) => expect(normalisePhone(typed)).toBe('099-286-2707'))

  it('neither invents nor loses digits', () => {
    expect(normalisePhone('0992862707')).toBe('0992862707')
    expect(normalisePhone('')).toBe('')
    fc.assert(
      fc.property(anyText, (typed) => {
        const phone = normalisePhone(typed)
        expect(normalisePhone(phone)).toBe(phone)
        expect(phone.replace(/\D/g, '')).toBe(normaliseDigits(typed).replace(/\D/g, ''))
      }),
    )
  })
})

describe('firstCharacterOutsideCp932', () => {
  it('counts code points, so that a person finds the character', () => {
    expect(firstCharacterOutsideCp932('土𠮷病院')).toEqual({ character: '𠮷', position: 2 })
    expect(firstCharacterOutsideCp932('𩸽𠮷')).toEqual({ character: '𩸽', position: 1 })
    expect(firstCharacterOutsideCp932('﨑髙濵①㈱～－∥￠￡￢―')).toBeNull()
  })

  it('agrees with an independent table over the whole BMP and some of the planes above', () => {
    const disagreeing: string[] = []
    for (const character of sampledCharacters())
      if ((firstCharacterOutsideCp932(character) === null) !== inCp932(character))
        disagreeing.push(character.codePointAt(0)!.toString(16))
    // A control that the table takes as the unused byte 0x80; it is normalised away before anyone writes it.
    expect(disagreeing).toEqual(['80'])
  })
})

describe('mapLookalikesToCp932', () => {
  it('maps the families that mappings of Shift_JIS disagree on', () => {
    expect(mapLookalikesToCp932('〜−‖¢£¬—¥')).toBe('～－∥￠￡￢―￥')
  })

  it('maps one character to one and never makes CSV syntax', () => {
    for (const character of sampledCharacters()) {
      const mapped = mapLookalikesToCp932(character)
      expect([...mapped]).toHaveLength(1)
      if (mapped !== character) expect(',"\r\n=+-@').not.toContain(mapped)
    }
  })
})

function* sampledCharacters(): Generator<string> {
  for (let code = 0; code < 0x10000; code += 1)
    if (code < 0xd800 || code > 0xdfff) yield String.fromCodePoint(code)
  for (let code = 0x1f300; code < 0x20800; code += 1) yield String.fromCodePoint(code)
}

function inCp932(character: string): boolean {
  return iconv.decode(iconv.encode(character, 'cp932'), 'cp932') === character
}
