import { BED_TYPE_IDS, type BedType, type Hospital } from '../../domain/master/hospital.ts'
import { normalForm } from '../../domain/text/normal-form.ts'

/** 病床数 as the bureaus print it, all types in one text. */
interface BedsText {
  beds: number
  /** Null where the text has none, or one that is no 病床種別. */
  bedsByType: Hospital['bedsByType']
  /** What of it could not be told. */
  unread: string[]
}

/** 「一般　　257／一般（感染）　　4」, 「療養　療養　40」, 「精神　／一般　19」: a type may stand twice, or without a number. */
export function bedsOf(text: string): BedsText {
  const counts = Object.fromEntries(BED_TYPE_IDS.map((id) => [id, 0])) as Record<BedType, number>
  const unread: string[] = []
  let beds = 0
  for (const [, name = '', digits] of plain(text).matchAll(PART)) {
    const count = Number(digits ?? 0)
    const type = TYPES.find(([written]) => written.test(name))?.[1]
    if (type) counts[type] += count
    else if (name !== '' || count > 0) unread.push(`${name}${digits ?? ''}`)
    beds += count
  }
  return { beds, bedsByType: beds > 0 && unread.length === 0 ? counts : null, unread }
}

/** Letters of a type, and the number behind them. */
const PART = /([^\d/]*)(\d{1,6})|([^\d/]+)/g

const TYPES: readonly (readonly [written: RegExp, type: BedType])[] = [
  [/感染/, 'infectious'],
  [/結核/, 'tuberculosis'],
  [/精神/, 'psychiatric'],
  [/療養|介護/, 'longTerm'],
  [/一般/, 'general'],
]

function plain(text: string): string {
  return normalForm(text, 'NFKC')
    .replace(/[\s床()・:]/gu, '')
    .replace(/[、，,](?=\D)|[;；・]/gu, '/')
    .replaceAll(',', '')
}
