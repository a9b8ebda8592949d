import { and, isNull, sql } from 'drizzle-orm'
import { mailSettlings, outbox } from './schema.ts'

/** Has still to leave. */
export const isOpen = and(isNull(outbox.sentAt), isNull(outbox.failedAt), isNull(outbox.leftOutAt))

/** Nobody has done anything about it yet. */
export const isUnsettled = sql`not exists (select 1 from ${mailSettlings} where ${mailSettlings.mail} = ${outbox.id})`
