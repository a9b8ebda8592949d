import type { Stores } from '../db/stores.ts'
import type { ChangeContext } from '../db/submission-versions.ts'
import type { InvitationKey } from '../domain/survey/invitation.ts'

/** What every part of the officers' side is given. */
export interface AdminOptions {
  stores: Stores
  now: () => Date
  sessionSecret: string
  /** Whether browsers reach this side by https: cookies are then marked Secure. */
  https: boolean
  /** Where the hospitals' side is reached, without a slash at the end. */
  publicUrl: string
  /** Composes the mail about an answer; undefined where no mail is sent. */
  mail?: ChangeContext['mail']
  /** Of the hospitals' links. */
  invitationKey: InvitationKey
  /** Whether there is a mail server. */
  sendsMail: boolean
}
