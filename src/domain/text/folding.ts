import { normalForm } from './normal-form.ts'
import { VARIANT_GROUPS } from './variant-characters.ts'

/**
 * How names are compared and found, however they are written: the one table for the public picker, the officers'
 * lists, imports and duplicates. 霧が丘 is 霧ケ丘, ビラ is びら, 髙﨑 is 高崎, ㈱ is 株式会社.
 */

/** What is replaced, and by what: a text, the same moved by so many code points, or each by its own. */
type FoldingRule = readonly [pattern: string, to: string | number | Readonly<Record<string, string>>]

/** A text as it is compared: never shown. Lines stay lines. */
export function foldName(text: string): string {
  return folded(normalForm(folded(text, apart), 'NFKC').toLowerCase(), joined)
}

/**
 * Of the characters that stand for others those that can find one of these names: in each group the form of today
 * first, 「浜濱濵」. A browser that narrows a list needs no more of them, and radicals nobody types.
 */
export function variantsIn(names: readonly string[]): string[] {
  const known = new Set(foldName(names.join('\n')))
  const typed = Object.entries(VARIANTS).filter(([other]) => !/[\u2e80-\u2eff]/.test(other))
  const others = Map.groupBy(typed, ([, today]) => today)
  return [...others].flatMap(([today, group]) =>
    known.has(today) ? [today + group.map(([other]) => other).join('')] : [],
  )
}

/** 濵 → 浜 */
const VARIANTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    VARIANT_GROUPS.flatMap((group) => {
      const [today, ...others] = group
      return others.map((other) => [other, today!])
    }),
  ),
  箇: 'ケ',
  个: 'ケ',
  之: 'ノ',
  乃: 'ノ',
}

/** Voiced marks apart, as an old printer or a scanner leaves them: NFKC joins them to their kana. */
const BEFORE: readonly FoldingRule[] = [
  ['゛', '\u3099'],
  ['゜', '\u309a'],
]

/** いすゞ is いすず, as が behind か is its second syllable. */
const VOICED_AGAIN = Object.fromEntries(
  [...'カキクケコサシスセソタチツテトハヒフヘホ'].map((kana) => [
    `${kana}ヾ`,
    kana + String.fromCodePoint(kana.codePointAt(0)! + 1),
  ]),
)

const AFTER: readonly FoldingRule[] = [
  ['[\\p{Cf}\\p{M}]', ''],
  ['[ぁ-ゖゝゞ]', 0x60],
  ['[カ-トハ-ホ]ヾ', VOICED_AGAIN],
  ['(.)[々〻ヽヾ]', '$1$1'],
  [
    '\\((?:株|有|資|名|医|社|財|学|福|宗|独|同)\\)',
    {
      '(株)': '株式会社',
      '(有)': '有限会社',
      '(資)': '合資会社',
      '(名)': '合名会社',
      '(同)': '合同会社',
      '(医)': '医療法人',
      '(社)': '社団法人',
      '(財)': '財団法人',
      '(学)': '学校法人',
      '(福)': '社会福祉法人',
      '(宗)': '宗教法人',
      '(独)': '独立行政法人',
    },
  ],
  // Blanks and signs of every kind, long vowel marks and hyphens.
  ['[^\\S\\n]|[\\p{P}\\p{S}ー]', ''],
  // Behind kana it is read as it is typed: ひばりヶ丘 is ひばりが丘, and who has typed ひばりが finds it.
  ['([ァ-ヺ])(?:[ヵヶ]|ケ(?=丘))+', '$1ガ'],
  ['ヴ[ァィェォ]', { ヴァ: 'バ', ヴィ: 'ビ', ヴェ: 'ベ', ヴォ: 'ボ' }],
  ['ヴ(?=[ュャョ])', 'ビ'],
  ['[ァィゥェォッャュョヮ]', 1],
  [
    '[ヴヷヸヹヺヵヶヰヱヲヂヅ]',
    {
      ヴ: 'ブ',
      ヷ: 'バ',
      ヸ: 'ビ',
      ヹ: 'ベ',
      ヺ: 'ボ',
      ヵ: 'カ',
      ヶ: 'ケ',
      ヰ: 'イ',
      ヱ: 'エ',
      ヲ: 'オ',
      ヂ: 'ジ',
      ヅ: 'ズ',
    },
  ],
  // Between the words of a place it is one syllable: 霧が丘, 三カ月, 八ヶ岳.
  ['(\\p{sc=Han})[ガカ](?=\\p{sc=Han}|$)', '$1ケ'],
  ['^[ガカ](?=\\p{sc=Han})', 'ケ'],
]

/** What goes before NFKC and small letters, then what goes after them, and after the characters of `variantsIn`. */
export const FOLDING: { before: readonly FoldingRule[]; after: readonly FoldingRule[] } = {
  before: BEFORE,
  after: AFTER,
}

type Step = (text: string) => string

const apart = BEFORE.map(stepOf)
const joined = [variantRule(VARIANTS), ...AFTER].map(stepOf)

function variantRule(variants: Readonly<Record<string, string>>): FoldingRule {
  return [`[${Object.keys(variants).join('')}]`, variants]
}

function stepOf([pattern, to]: FoldingRule): Step {
  const found = new RegExp(pattern, 'gmu')
  if (typeof to === 'string') return (text) => text.replace(found, to)
  if (typeof to === 'object') return (text) => text.replace(found, (each) => to[each] ?? each)
  return (text) => text.replace(found, (each) => String.fromCodePoint(each.codePointAt(0)! + to))
}

function folded(text: string, steps: readonly Step[]): string {
  return steps.reduce((result, step) => step(result), text)
}
