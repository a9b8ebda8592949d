import { normalForm } from './text.ts'

/** Wide and narrow letters, capitals, hiragana and katakana are the same; so are hyphens of all kinds and none. */
export function searchText(text: string): string {
  return normalForm(text, 'NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/[-‐‑–—−]/g, '')
    .replace(/[^\S\n]+/g, ' ')
}
