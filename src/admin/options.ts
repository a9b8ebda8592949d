import type { Stores } from '../db/stores.ts'

/** What every part of the officers' side is given. */
export interface AdminOptions {
  stores: Stores
  now: () => Date
  sessionSecret: string
  /** Whether browsers reach this side by https: cookies are then marked Secure. */
  https: boolean
  /** Where the hospitals' side is reached, without a slash at the end. */
  publicUrl: string
  /** Opens the page of the first administrator while nobody may log in; null where the start made none. */
  setupToken: string | null
}
