/** 期限後受付: a link by which an officer lets one hospital answer once after the deadline. */

const LATE_LINK_STATE_IDS = ['valid', 'expired', 'used', 'revoked'] as const
export type LateLinkState = (typeof LATE_LINK_STATE_IDS)[number]
export const LATE_LINK_STATES: readonly { readonly id: LateLinkState; readonly label: string }[] = [
  { id: 'valid', label: '受付中' },
  { id: 'expired', label: '期限切れ' },
  { id: 'used', label: '回答済み' },
  { id: 'revoked', label: '取消し' },
]

/** An answer given stays the reason, whatever came after. */
export function lateLinkState(
  {
    usedAt,
    revokedAt,
    expiresAt,
  }: {
    usedAt: Date | null
    revokedAt: Date | null
    /** First instant at which it is no longer taken. */
    expiresAt: Date
  },
  now: Date,
): LateLinkState {
  if (usedAt) return 'used'
  if (revokedAt) return 'revoked'
  return now < expiresAt ? 'valid' : 'expired'
}
