import type { FastifyInstance } from 'fastify'
import type { Stores } from '../db/stores.ts'

export interface AdminOptions {
  stores: Stores
  now: () => Date
  sessionSecret: string
  /** Whether browsers reach this side by https: cookies are then marked Secure. */
  https: boolean
}

/** The officers' side: everything but the login needs a session. */
export async function adminSide(_app: FastifyInstance, _options: AdminOptions): Promise<void> {}
