import type { Choice } from '../text/choice.ts'

/** 受諾確認: what a selected hospital says to its seat before the report goes out. */
export const ACCEPTANCE_IDS = ['accepted', 'declined'] as const
export type Acceptance = (typeof ACCEPTANCE_IDS)[number]
export const ACCEPTANCES: readonly Choice<Acceptance>[] = [
  { id: 'accepted', label: '受諾' },
  { id: 'declined', label: '辞退の申出' },
]

/** How it reached the prefecture. */
export const ACCEPTANCE_CHANNEL_IDS = ['receipt', 'phone', 'fax', 'mail', 'paper', 'counter'] as const
export type AcceptanceChannel = (typeof ACCEPTANCE_CHANNEL_IDS)[number]
export const ACCEPTANCE_CHANNELS: readonly Choice<AcceptanceChannel>[] = [
  { id: 'receipt', label: '受付票' },
  { id: 'phone', label: '電話' },
  { id: 'fax', label: 'FAX' },
  { id: 'mail', label: 'メール' },
  { id: 'paper', label: '郵送・文書' },
  { id: 'counter', label: '窓口' },
]
/** What an officer enters. */
export const OFFICERS_CHANNELS = ACCEPTANCE_CHANNELS.filter(({ id }) => id !== 'receipt')

/**
 * What becomes of a hospital's own answer. It may still decline what it has accepted, but not take a decline back: by
 * then an officer may have given the seat away, so only an officer can.
 */
export function ownAnswer(
  before: Acceptance | null,
  answer: Acceptance,
): 'recorded' | 'already' | 'stays-declined' {
  if (before === answer) return 'already'
  return before === 'declined' ? 'stays-declined' : 'recorded'
}
