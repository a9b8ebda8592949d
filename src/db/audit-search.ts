import { and, asc, count, desc, gte, inArray, lt, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { AuditEntry } from '../domain/record/audit.ts'
import { readDetail } from '../domain/record/audit-chain.ts'
import type { Db } from './open.ts'
import { auditLog } from './schema.ts'

/** Which entries of the record are looked for; what is null narrows nothing. */
export interface RecordFilter {
  /** From this instant on, and before that one. */
  from: Date | null
  to: Date | null
  actor: string | null
  /** What stands before the dot of the action. */
  nouns: { are: readonly string[] } | { areNot: readonly string[] } | null
  /** A text among the facts of the step, or the things and people that it may mean. */
  words: { text: string; subjects: readonly string[]; actors: readonly string[] } | null
}

/** Entries by what they say, found and paged by the database: the record of years is longer than a page has room for. */
export function searchAudit(db: Db) {
  return {
    found: (filter: RecordFilter): number =>
      db.select({ n: count() }).from(auditLog).where(conditionOf(filter)).get()!.n,

    /** The newest first. */
    page: (filter: RecordFilter, { limit, offset }: { limit: number; offset: number }): AuditEntry[] =>
      db
        .select()
        .from(auditLog)
        .where(conditionOf(filter))
        .orderBy(desc(auditLog.seq))
        .limit(limit)
        .offset(offset)
        .all()
        .map(toEntry),

    /** All of them, the oldest first. */
    every: (filter: RecordFilter): AuditEntry[] =>
      db.select().from(auditLog).where(conditionOf(filter)).orderBy(asc(auditLog.seq)).all().map(toEntry),

    /** Whoever has acted. */
    actors: (): string[] =>
      db
        .selectDistinct({ actor: auditLog.actor })
        .from(auditLog)
        .orderBy(asc(auditLog.actor))
        .all()
        .map(({ actor }) => actor),
  }
}

export function toEntry(row: typeof auditLog.$inferSelect): AuditEntry {
  // What cannot be read is named by the check of the record; every page is shown all the same.
  return { ...row, detail: readDetail(row.detail) ?? {} }
}

const NOUN = sql`CASE instr(${auditLog.action}, '.') WHEN 0 THEN ${auditLog.action} ELSE substr(${auditLog.action}, 1, instr(${auditLog.action}, '.') - 1) END`

function conditionOf({ from, to, actor, nouns, words }: RecordFilter): SQL | undefined {
  return and(
    from ? gte(auditLog.at, from) : undefined,
    to ? lt(auditLog.at, to) : undefined,
    actor === null ? undefined : actorIs(actor),
    nouns === null
      ? undefined
      : 'are' in nouns
        ? inArray(NOUN, [...nouns.are])
        : notInArray(NOUN, [...nouns.areNot]),
    words === null ? undefined : said(words),
  )
}

/** Hospitals are one actor, whichever receipt they used. */
function actorIs(actor: string): SQL {
  return actor.endsWith(':')
    ? sql`substr(${auditLog.actor}, 1, ${actor.length}) = ${actor}`
    : sql`${auditLog.actor} = ${actor}`
}

function said({ text, subjects, actors }: NonNullable<RecordFilter['words']>): SQL | undefined {
  const contains = (column: SQL) => sql`instr(lower(${column}), lower(${text})) > 0`
  // Lists as one value each: a name may mean more things than a statement may have values.
  const among = (column: SQL, list: readonly string[]) =>
    list.length === 0 ? undefined : sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(list)}))`
  return or(
    contains(sql`${auditLog.subject}`),
    sql`EXISTS (SELECT 1 FROM json_tree(${auditLog.detail}) AS fact WHERE fact.type = 'text' AND ${contains(sql`fact.value`)})`,
    among(sql`${auditLog.subject}`, subjects),
    among(sql`${auditLog.actor}`, actors),
    subjects.length === 0
      ? undefined
      : // Wherever the step names one: an act on many hospitals has a list of them.
        sql`EXISTS (SELECT 1 FROM json_tree(${auditLog.detail}) AS fact WHERE fact.type = 'text' AND ${among(sql`fact.value`, subjects)})`,
  )
}
