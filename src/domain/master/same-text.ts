import { normalForm } from '../text/normal-form.ts'
import { HYPHENS } from '../text/text.ts'

/** What nobody sees: white space of any width, zero-width and direction marks, BOM, controls, fillers. */
const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800]+/gu

/** Whether nothing of a text would be left on paper. */
export function isBlank(text: string): boolean {
  return !SEEN.test(text)
}

const SEEN = /[^\s\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800]/u

/** One key for the spellings of one word: width, white space, hiragana and katakana (へ, ヘ), hyphens and long vowels. */
export function wordKey(text: string): string {
  return normalForm(text.replace(UNSEEN, ''), 'NFKC')
    .replace(UNSEEN, '')
    .toLowerCase()
    .replace(/[ぁ-ゖ]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(HYPHENS, '')
}
