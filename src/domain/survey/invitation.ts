import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Choice } from '../text/choice.ts'

/**
 * 調査依頼: every hospital may be given a link of its own, which opens the form with the hospital chosen. The link is
 * derived from a key that is kept outside the database, and a counter: what is stored opens nothing, and a letter can
 * be printed again.
 */
interface InvitationSeed {
  id: number
  /** The master's key. */
  hospitalCode: string
  /** 1 for the first link; one more makes another link and ends the one before. */
  counter: number
}

/** Where the key is, as whoever issues links needs it. */
export interface InvitationKey {
  read(): { kind: 'key'; key: Uint8Array } | { kind: 'missing' } | { kind: 'unreadable' }
  /** Makes one where there is none. @throws where it cannot be written */
  create(): Uint8Array
}

/** 12-7k3mq9x2w4hd8fzp: the number of the invitation, and what only the key makes of it. */
export function invitationToken(key: Uint8Array, seed: InvitationSeed): string {
  return `${seed.id}-${secretPart(key, seed)}`
}

/** The number in a token that somebody followed or typed; null where it has none. */
export function invitationIdIn(token: string): number | null {
  const digits = /^([1-9]\d{0,8})-/.exec(token)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** The counter of the link that a token is of; null where it is of none of this invitation's. */
export function counterOf(key: Uint8Array, seed: InvitationSeed, token: string): number | null {
  const typed = token.toLowerCase()
  for (let counter = seed.counter; counter > 0; counter -= 1)
    if (isSame(invitationToken(key, { ...seed, counter }), typed)) return counter
  return null
}

/** Tells one key from another without giving it away: stored beside the invitations. */
export function keyFingerprint(key: Uint8Array): string {
  return createHmac('sha256', key).update('kakuho invitation key').digest('hex').slice(0, 16)
}

/** Letters and digits that a person cannot confuse on paper: no 0 o 1 i l u v. */
const ALPHABET = '23456789abcdefghjkmnpqrstwxyz'
/** Some 77 bits. */
const LENGTH = 16

function secretPart(key: Uint8Array, { id, hospitalCode, counter }: InvitationSeed): string {
  const text = `kakuho invitation\n${id}\n${hospitalCode}\n${counter}`
  let rest = BigInt(`0x${createHmac('sha256', key).update(text).digest('hex')}`)
  let letters = ''
  while (letters.length < LENGTH) {
    letters += ALPHABET[Number(rest % BigInt(ALPHABET.length))]
    rest /= BigInt(ALPHABET.length)
  }
  return letters
}

function isSame(expected: string, typed: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(typed)]
  return one.length === other.length && timingSafeEqual(one, other)
}

const INVITATION_STATE_IDS = ['none', 'untouched', 'viewed', 'answered', 'revoked'] as const
export type InvitationState = (typeof INVITATION_STATE_IDS)[number]
export const INVITATION_STATES: readonly Choice<InvitationState>[] = [
  { id: 'none', label: '未発行' },
  { id: 'untouched', label: '未着手' },
  { id: 'viewed', label: '閲覧済み' },
  { id: 'answered', label: '回答済み' },
  { id: 'revoked', label: '取消し' },
]

/** How far an invited hospital is: an answer that counts is one, however it came. */
export function invitationState(
  invitation: { revokedAt: Date | null; viewedAt: Date | null } | null,
  hasAnswered: boolean,
): InvitationState {
  if (!invitation) return 'none'
  if (hasAnswered) return 'answered'
  if (invitation.revokedAt) return 'revoked'
  return invitation.viewedAt ? 'viewed' : 'untouched'
}
