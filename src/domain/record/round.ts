import type { Choice } from '../text/choice.ts'

/** How an edition of a round came about. Every edition of a round stays as it was confirmed. */
export const EDITION_KIND_IDS = ['confirmed', 'declined', 'reopened'] as const
type EditionKind = (typeof EDITION_KIND_IDS)[number]
export const EDITION_KINDS: readonly Choice<EditionKind>[] = [
  { id: 'confirmed', label: '確定' },
  { id: 'declined', label: '辞退に伴う変更' },
  { id: 'reopened', label: '選定のやり直し' },
]

/** What becomes of an edition: 差戻し by another officer, 取下げ by whoever proposed it. */
export const SETTLED_STATE_IDS = ['confirmed', 'returned', 'withdrawn'] as const
export type SettledState = (typeof SETTLED_STATE_IDS)[number]
/** `open`: proposed, and not settled yet. */
export type EditionState = 'open' | SettledState
/** Of one that was proposed. */
export const PROPOSAL_STATES: readonly Choice<EditionState>[] = [
  { id: 'open', label: '決裁待ち' },
  { id: 'confirmed', label: '決裁済み' },
  { id: 'returned', label: '差戻し' },
  { id: 'withdrawn', label: '取下げ' },
]

/** 初回選定, 追加選定（第2回） */
export function roundLabel(round: number): string {
  return round === 1 ? '初回選定' : `追加選定（第${round}回）`
}

/** 初回選定（第2版）; a first edition goes by the round's name alone. */
export function editionLabel(number: number, edition: number): string {
  return edition === 1 ? roundLabel(number) : `${roundLabel(number)}（第${edition}版）`
}
