import type { Stores } from '../db/stores.ts'
import type { ChangeContext } from '../db/submission-versions.ts'
import type { InvitationKey } from '../domain/survey/invitation.ts'

/** What every part of the hospitals' side is given. */
export interface SurveyOptions {
  stores: Stores
  now: () => Date
  /** The server's own, at least 32 characters: seals the links that carry an unsent form. */
  secret: string
  /** Where the hospitals' side is reached, without a slash at the end. */
  publicUrl: string
  /** Of the hospitals' links. */
  invitationKey: InvitationKey
  /** Composes the mail about a stored answer; undefined where no mail is sent. */
  mail: ChangeContext['mail']
}
