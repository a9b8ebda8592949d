import type { Choice } from '../text/choice.ts'

/** What an officer can do about a hospital's statement that the master is wrong; `open` where it waits again. */
export const SETTLED_IDS = ['done', 'declined', 'open'] as const
export type CorrectionState = (typeof SETTLED_IDS)[number]

/** 登録内容の訂正の申出, by what became of it. */
export const CORRECTION_STATES: readonly Choice<CorrectionState>[] = [
  { id: 'open', label: '未対応' },
  { id: 'done', label: '対応済み' },
  { id: 'declined', label: '対応しない' },
]
