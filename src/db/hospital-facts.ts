import { asc, eq } from 'drizzle-orm'
import { changedFields } from '../domain/master/change.ts'
import {
  type FactChoice,
  factValue,
  isSameFact,
  type Origin,
  type Statement,
} from '../domain/master/facts.ts'
import type { Hospital } from '../domain/master/hospital.ts'
import { FACT_IDS, type Fact } from '../domain/master/source.ts'
import { isoDayText } from '../domain/text/dates.ts'
import type { Act } from './acts.ts'
import type { Db, Transaction } from './open.ts'
import { factChoices, hospitalFacts } from './schema.ts'

export type StoredStatement = Statement & Pick<typeof hospitalFacts.$inferSelect, 'file' | 'at'>
type StoredChoice = FactChoice & Pick<typeof factChoices.$inferSelect, 'reason' | 'actor' | 'at'>

/** What is stated of a hospital, the newest of each source and fact, and what officers have settled. */
export interface KnownFacts {
  statements: StoredStatement[]
  choices: StoredChoice[]
}

export const NOTHING_STATED: KnownFacts = { statements: [], choices: [] }

/** Of every hospital that anything is stated of. */
export function knownFacts(db: Db | Transaction): Map<string, KnownFacts> {
  const known = new Map<string, KnownFacts>()
  const of = (key: string) => {
    const own = known.get(key) ?? { statements: [], choices: [] }
    known.set(key, own)
    return own
  }
  for (const row of db.select().from(hospitalFacts).orderBy(asc(hospitalFacts.id)).all())
    put(
      of(row.hospitalCode).statements,
      row,
      ({ fact, source }) => fact === row.fact && source === row.source,
    )
  for (const row of db.select().from(factChoices).orderBy(asc(factChoices.id)).all())
    put(of(row.hospitalCode).choices, row, ({ fact }) => fact === row.fact)
  return known
}

export function knownFactsOf(db: Db | Transaction, key: string): KnownFacts {
  const known: KnownFacts = { statements: [], choices: [] }
  const facts = db.select().from(hospitalFacts).where(eq(hospitalFacts.hospitalCode, key))
  for (const row of facts.orderBy(asc(hospitalFacts.id)).all())
    put(known.statements, row, ({ fact, source }) => fact === row.fact && source === row.source)
  const choices = db.select().from(factChoices).where(eq(factChoices.hospitalCode, key))
  for (const row of choices.orderBy(asc(factChoices.id)).all())
    put(known.choices, row, ({ fact }) => fact === row.fact)
  return known
}

/** The later one takes the place of the earlier. */
function put<T>(list: T[], row: T, isSame: (other: T) => boolean): void {
  const place = list.findIndex(isSame)
  if (place < 0) list.push(row)
  else list[place] = row
}

/** Puts down what a source states, where it is something new. */
export function recordStatements(
  tx: Transaction,
  hospital: Hospital,
  facts: readonly Fact[],
  known: KnownFacts,
  from: StatedFrom,
): void {
  const rows = newStatements(hospital, facts, known, from)
  if (rows.length > 0) tx.insert(hospitalFacts).values(rows).run()
}

export type StatedFrom = Origin & { file: string | null; at: Date }

/** The rows of it, for whoever stores those of many hospitals. */
export function newStatements(
  hospital: Hospital,
  facts: readonly Fact[],
  known: KnownFacts,
  { source, day, file, at }: StatedFrom,
): (typeof hospitalFacts.$inferInsert)[] {
  return facts.flatMap((fact) => {
    const value = factValue(hospital, fact)
    const last = known.statements.find((each) => each.fact === fact && each.source === source)
    // A list of before says nothing about today.
    if (last && (last.day > day || (last.day === day && isSameFact(last.value, value)))) return []
    return [{ hospitalCode: hospital.key, fact, source, day, value, file, at }]
  })
}

export function recordChoice(
  tx: Transaction,
  key: string,
  { fact, source }: FactChoice,
  { actor, at, reason }: Act & { reason: string | null },
): void {
  tx.insert(factChoices).values({ hospitalCode: key, fact, source, actor, at, reason }).run()
}

/** What an officer changed by hand is a source of its own, and settled with it: no later file overwrites it. */
export function settleByHand(
  tx: Transaction,
  before: Hospital | null,
  after: Hospital,
  act: Act & { reason: string | null },
): void {
  const changed = before === null ? FACT_IDS : FACT_IDS.filter((fact) => isChanged(before, after, fact))
  const by = { source: 'hand', day: isoDayText(act.at), file: null, at: act.at } as const
  recordStatements(tx, after, changed, knownFactsOf(tx, after.key), by)
  if (before === null) return
  for (const fact of changed) recordChoice(tx, after.key, { fact, source: 'hand' }, act)
}

function isChanged(before: Hospital, after: Hospital, fact: Fact): boolean {
  const fields = changedFields(before, after)
  return fields.includes(fact) || (fact === 'beds' && fields.includes('bedsByType'))
}
