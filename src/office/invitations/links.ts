import type { Invitation } from '../../db/invitations.ts'
import type { Stores } from '../../db/stores.ts'
import {
  counterOf,
  type InvitationKey,
  invitationIdIn,
  invitationToken,
  keyFingerprint,
} from '../../domain/survey/invitation.ts'

/**
 * How the key stands to the links that were issued. `none`: neither is there yet. `ready`: links can be derived. In
 * the other states those that hospitals hold open nothing: the key's file is missing or cannot be read, or is another.
 */
export type KeyState = 'none' | 'ready' | 'missing' | 'unreadable' | 'different'

export function keyState({ invitations }: Pick<Stores, 'invitations'>, key: InvitationKey): KeyState {
  const [found, expected] = [key.read(), invitations.fingerprint()]
  if (found.kind === 'unreadable') return 'unreadable'
  if (found.kind === 'missing') return expected === null ? 'none' : 'missing'
  return expected === null || keyFingerprint(found.key) === expected ? 'ready' : 'different'
}

/** @returns how the address of a hospital's link is made; null where the key is not the one of the links */
export function linkMaker(
  stores: Pick<Stores, 'invitations'>,
  key: InvitationKey,
  publicUrl: string,
): ((invitation: Pick<Invitation, 'id' | 'hospitalCode' | 'counter'>) => string) | null {
  if (keyState(stores, key) !== 'ready') return null
  const found = key.read()
  return found.kind === 'key'
    ? (invitation) => `${publicUrl}/i/${invitationToken(found.key, invitation)}`
    : null
}

type FoundInvitation = { state: 'valid' | 'revoked'; invitation: Invitation } | { state: 'unknown' }

/** What a token that somebody followed is good for. One that was replaced by a newer one is revoked. */
export function findInvitation(
  stores: Pick<Stores, 'invitations'>,
  key: InvitationKey,
  token: string,
): FoundInvitation {
  const id = invitationIdIn(token)
  const invitation = id === null ? null : stores.invitations.byId(id)
  if (!invitation || keyState(stores, key) !== 'ready') return { state: 'unknown' }
  const found = key.read()
  const counter = found.kind === 'key' ? counterOf(found.key, invitation, token) : null
  if (counter === null) return { state: 'unknown' }
  const isValid = counter === invitation.counter && invitation.revokedAt === null
  return { state: isValid ? 'valid' : 'revoked', invitation }
}
