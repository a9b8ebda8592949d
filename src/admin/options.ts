import type { Stores } from '../db/stores.ts'
import type { ChangeContext } from '../db/submission-versions.ts'
import type { InvitationKey } from '../domain/survey/invitation.ts'
import type { Rehearsal } from '../rehearsal/rehearsal.ts'

/** What every part of the officers' side is given. */
export interface AdminOptions {
  stores: Stores
  now: () => Date
  /** Waits for another program's lock, bounded. */
  writable: () => Promise<void>
  sessionSecret: string
  /** Whether browsers reach this side by https: cookies are then marked Secure. */
  https: boolean
  /** In earnest use without https: officers are told. */
  isUnprotected: boolean
  /** Where the hospitals' side is reached, without a slash at the end. */
  publicUrl: string
  /** Composes the mail about an answer; undefined where no mail is sent. */
  mail?: ChangeContext['mail']
  /** Whether a mail server is set: else nothing is offered to be mailed. */
  sendsMail: boolean
  /** Opens the page of the first administrator while nobody may log in; null where the start made none. */
  setupToken: string | null
  /** Of the hospitals' links. */
  invitationKey: InvitationKey
  /** Of what a copy of the database must not tell. */
  receiptKey: Uint8Array
  /** 調査の試験; null where none can be held. */
  rehearsal: Rehearsal | null
  /** Removes the keys that open nothing any more, once the keeping is over. */
  forgetKeys: () => void
  /** What is served is the copy of a rehearsal. */
  isRehearsal: boolean
}
