import type { FastifyRequest } from 'fastify'
import { dateTimeText } from '../../domain/text/dates.ts'

/** The login before this one, and how often it failed since: whoever reads it knows if that was they. */
export interface LastLogin {
  at: string
  address: string
  failures: number
}

/** Null where the record has none. */
export function lastLogin({ session }: FastifyRequest): LastLogin | null {
  const before = session.staff?.before
  if (!before || before.at === null) return null
  return { at: dateTimeText(new Date(before.at)), address: before.address, failures: before.failures }
}
