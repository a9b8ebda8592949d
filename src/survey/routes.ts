import type { FastifyInstance } from 'fastify'
import type { Stores } from '../db/stores.ts'

export interface SurveyOptions {
  stores: Stores
  now: () => Date
}

/** The hospitals' side: open to everyone, no session, no cookie. */
export async function surveySide(_app: FastifyInstance, _options: SurveyOptions): Promise<void> {}
