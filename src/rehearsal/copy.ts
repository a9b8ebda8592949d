import { randomBytes } from 'node:crypto'
import type { Act } from '../db/acts.ts'
import type { OpenDatabase } from '../db/open.ts'
import { copyInMemory } from '../db/rehearsal.ts'
import { openStores, type Stores } from '../db/stores.ts'
import { type InvitationKey, keyFingerprint } from '../domain/survey/invitation.ts'
import { markedSettings, rehearsalPeriod } from '../domain/survey/rehearsal.ts'
import type { InstallationKeys } from '../installation-keys.ts'

/** A survey of its own, as it is rehearsed on. */
export interface Copy {
  database: OpenDatabase
  stores: Stores
  /** No link and no session of the one opens anything in the other. */
  keys: InstallationKeys
}

/**
 * The survey as it stands, in which answers are taken from now on.
 * @throws where the memory does not suffice
 */
export function copyOf(database: OpenDatabase, now: () => Date, { actor, at }: Act): Copy {
  const receiptKey = randomBytes(32)
  const copy = copyInMemory(database.db, receiptKey)
  try {
    const stores = openStores(copy.db, now)
    const refusals = stores.settings.change(rehearsalPeriod(stores.settings.read(), at), { actor, at })
    if (refusals.length > 0) throw new Error(refusals.map(({ message }) => message).join('\n'))
    return {
      database: copy,
      stores: markedStores(stores),
      keys: {
        sessionSecret: randomBytes(32).toString('base64url'),
        invitationKey: keyOfItsOwn(stores, { actor, at }),
        receiptKey,
        signer: null,
      },
    }
  } catch (error) {
    copy.close()
    throw error
  }
}

function markedStores(stores: Stores): Stores {
  const { settings } = stores
  return { ...stores, settings: { ...settings, read: () => markedSettings(settings.read()) } }
}

/** Links that were issued before are issued by this key in the copy, so that a letter printed there opens nothing here. */
function keyOfItsOwn({ invitations }: Stores, by: Act): InvitationKey {
  const key = randomBytes(32)
  if (invitations.fingerprint() !== null)
    invitations.changeKey(keyFingerprint(key), { ...by, reason: '調査の試験' })
  return { read: () => ({ kind: 'key', key }), create: () => key }
}
