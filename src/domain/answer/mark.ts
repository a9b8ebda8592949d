import type { Choice } from '../text/choice.ts'

/** How far an officer is with an answer: 照会中 while the hospital is asked something, 確認済み once nothing is open. */
export const MARK_IDS = ['asked', 'checked', 'none'] as const
export type Mark = (typeof MARK_IDS)[number]
export const MARKS: readonly Choice<Mark>[] = [
  { id: 'asked', label: '照会中' },
  { id: 'checked', label: '確認済' },
  { id: 'none', label: '印なし' },
]
