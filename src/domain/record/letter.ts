import type { Choice } from '../text/choice.ts'

/** 選定結果の通知文: one text a kind of result. Whoever wants no support, or has declined, gets none. */
export const LETTER_KIND_IDS = ['selected', 'waitlisted', 'not-selected', 'ineligible'] as const
export type LetterKind = (typeof LETTER_KIND_IDS)[number]
export const LETTER_KINDS: readonly Choice<LetterKind>[] = [
  { id: 'selected', label: '選定' },
  { id: 'waitlisted', label: '補欠' },
  { id: 'not-selected', label: '選定されなかった病院' },
  { id: 'ineligible', label: '対象とならなかった病院' },
]

/** How letters go out: `mail` by this program, `post` as an officer recorded it. */
export const LETTER_WAY_IDS = ['mail', 'post'] as const
export type LetterWay = (typeof LETTER_WAY_IDS)[number]
export const LETTER_WAYS: readonly Choice<LetterWay>[] = [
  { id: 'mail', label: 'メール' },
  { id: 'post', label: '発送（郵送など）' },
]
