import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldName, variantsIn } from '../../../src/domain/text/folding.ts'
import { VARIANT_GROUPS } from '../../../src/domain/text/variant-characters.ts'

const SAME: Record<string, string[]> = {
  'old and new forms': ['齋藤', '齊藤', '斎藤', '斉藤'],
  'of a family register': ['渡邉', '渡邊', '渡辺'],
  'outside the basic plane': ['𠮷﨑', '吉崎', '吉碕', '吉嵜'],
  'place names': ['鹿児島県國分', '鹿兒嶋県国分', '鹿児嶌縣國分'],
  'a hospital': ['醫療法人　德洲会　髙濵病院', '医療法人 徳洲會 高浜病院'],
  'compatible forms': ['神宮寺', '\ufa19宮寺'],
  'radicals that a PDF leaves': ['西⻑黄', '⻄長⻩'],
  'with a variation selector': ['葛\u{e0100}城', '葛城'],
  ヶ: ['霧ヶ丘', '霧ケ丘', '霧が丘', '霧ガ丘', '霧箇丘', '霧ｹ丘'],
  ヵ: ['三ヵ月', '三カ月', '三か月', '三ヶ月', '三個月'.replace('個', '箇')],
  の: ['一ノ宮', '一の宮', '一之宮'],
  'small kana': ['キャンパス', 'キヤンパス', 'きゃんぱす', 'ｷｬﾝﾊﾟｽ'],
  ヴ: ['ヴィラ', 'ビラ', 'びら', 'ﾋﾞﾗ', 'ヒ゛ラ', 'ひ゛ら', 'ヒ\u3099ラ', 'ウ゛ィラ'],
  'other ヴ': ['ヴァヴェヴォヴ', 'バベボブ', 'ゔぁゔぇゔぉゔ'],
  'half-voiced': ['パール', 'ﾊﾟｰﾙ', 'ハ゜ール', 'ぱーる'],
  'long vowels and hyphens': ['センター', 'センタ', 'セン-ター', 'せんたー'],
  'width and case': ['ＪＡ厚生連', 'ja厚生連', 'JA 厚生連'],
  'legal forms': ['㈱丸一', '(株)丸一', '（株）丸一', '株式会社丸一', '㍿丸一'],
  'signs and blanks': ['医療法人（社団）・若竹会', '医療法人社団若竹会', '医療法人 社団　若竹会'],
  々: ['佐々木', '佐佐木'],
  ゞ: ['いすゞ', 'いすず', 'イスヾ', 'いすゝ゛', 'イスズ', 'いすづ'],
  'ゞ behind a voiced kana': ['ぶゞ', 'ぶぶ'],
  'ヶ behind kana': ['ひばりヶ丘', 'ひばりケ丘', 'ひばりが丘', 'ヒバリガ丘', 'ひばりｹ丘'],
  'ヶ behind a long vowel': ['ニューヶ丘', 'ニュウガ丘'.replace('ウ', 'ー')],
  'more old forms': ['顏面槇埀水', '顔面槙垂水'],
}

describe('names that are one, however they are written', () => {
  test.each(Object.entries(SAME))('%s', (_name, forms) => {
    expect([...new Set(forms.map(foldName))]).toHaveLength(1)
  })

  test.each([
    ['畑中', '畠中'],
    ['がん', 'かん'],
    ['カメラ', 'ガメラ'],
    ['太田', '大田'],
    ['第一病院', '第二病院'],
    ['伊藤', '伊東'],
  ])('%s and %s are two', (one, other) => {
    expect(foldName(one)).not.toBe(foldName(other))
  })

  test('a part is found in the whole', () => {
    for (const [part, whole] of [
      ['が丘', '霧ケ丘病院'],
      ['霧が', '霧ケ丘病院'],
      ['がん', '県立がんセンター'],
      ['社団', '㈳若竹会'],
      ['せんた', '医療センター'],
      ['ひばりが', 'ひばりヶ丘病院'],
      ['たけ', 'たけ山病院'],
      ['徳', '德洲会'],
    ])
      expect(foldName(whole!)).toContain(foldName(part!))
  })

  test('no character stands in two groups, and none is already one with its neighbour', () => {
    const all = VARIANT_GROUPS.flatMap((group) => [...group])
    expect(all.length).toBeGreaterThan(1000)
    expect(all.filter((character, index) => all.indexOf(character) !== index)).toEqual([])
    for (const group of VARIANT_GROUPS) expect(new Set([...group].map((each) => foldName(each))).size).toBe(1)
  })

  test('a second time nothing changes', () => {
    const unit = fc.oneof(
      fc.constantFrom(...'霧ヶケが丘゛゜ヴァィヮーｰ-・（株）㈱㍿髙﨑𠮷ﾊﾟｳﾞ之 \n'),
      fc
        .string({ unit: 'binary', minLength: 1, maxLength: 1 })
        .filter((each) => !/[々〻ゝゞヽヾ]/u.test(each)),
    )
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const once = foldName(text)
        expect(foldName(once)).toBe(once)
      }),
      { numRuns: 3000 },
    )
  })

  test('of the characters a browser is given those that its names need, the form of today first', () => {
    const groups = variantsIn(['濵﨑第一病院', '霧ケ丘㈱'])
    expect(groups).toContain('浜濱濵')
    expect(groups.join('')).not.toContain('澤')
    for (const [today, ...others] of groups)
      for (const other of others) expect(foldName(other)).toBe(foldName(today!))
    expect(variantsIn([])).toEqual([])
  })
})
