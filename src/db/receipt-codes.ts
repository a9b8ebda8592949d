import { eq, type SQL, sql } from 'drizzle-orm'
import { givenCodes, submissions } from './schema.ts'

/** 確認コード as the receipt key of the connection makes it; null where another one was given out before. */
export const codeColumn = sql<string | null>`case when exists (
  select 1 from ${givenCodes} where ${eq(givenCodes.submission, submissions.id)}
) then null else receipt_code(${submissions.submissionId}) end`.as('receipt_code')

/** Whether this code was given out for an answer before codes were made from the key. 0, 1, or null where none was. */
export const wasGiven = (code: SQL) =>
  sql<number | null>`(
    select ${givenCodes.hash} = given_code_hash(${submissions.submissionId}, ${code})
    from ${givenCodes} where ${eq(givenCodes.submission, submissions.id)}
  )`.as('was_given')
