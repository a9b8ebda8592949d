import type Database from 'better-sqlite3'
import { type AnswerContentRow, answerDigest } from '../domain/record/answer-digest.ts'

/** As a function of the connection, which holds the key: no table does. Null where it holds none. */
export function registerAnswerDigest(sqlite: Database.Database, key: Uint8Array | null): void {
  const options = { deterministic: true, directOnly: true }
  sqlite.function(
    'answer_digest',
    options,
    (content) => key && answerDigest(key, JSON.parse(String(content)) as AnswerContentRow),
  )
}
