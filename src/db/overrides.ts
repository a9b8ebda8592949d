import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { OverrideKind } from '../domain/record/override.ts'
import type { ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { overrides } from './schema.ts'

interface NewOverride {
  hospitalCode: string
  kind: OverrideKind
}

/** 県指定 or 除外 with who decided it, when and why, and the same of its undoing; null where it is in effect. */
export type Override = typeof overrides.$inferSelect

/** What the prefecture decides about a hospital by itself: one decision in effect each, and none is ever deleted. */
export function overrideStore(db: Db) {
  return {
    /** Those in effect, by hospital. */
    active: (): Override[] =>
      db
        .select()
        .from(overrides)
        .where(isNull(overrides.undoneAt))
        .orderBy(asc(overrides.hospitalCode))
        .all(),

    /** The undone ones too, newest first. */
    all: (): Override[] => db.select().from(overrides).orderBy(desc(overrides.id)).all(),

    /** Of one hospital, newest first. */
    ofHospital: (code: string): Override[] =>
      db.select().from(overrides).where(eq(overrides.hospitalCode, code)).orderBy(desc(overrides.id)).all(),

    /** @returns `in-effect` where the hospital has one already: that one has to be undone first */
    add: (override: NewOverride, decision: ReasonedAct): 'added' | 'in-effect' =>
      immediately(db, (tx) => add(tx, override, decision)),

    undo: (id: number, decision: ReasonedAct): 'undone' | 'not-in-effect' =>
      immediately(db, (tx) => undo(tx, id, decision)),
  }
}

function add(tx: Transaction, override: NewOverride, { actor, at, reason }: ReasonedAct) {
  const { hospitalCode, kind } = override
  const inEffect = and(eq(overrides.hospitalCode, hospitalCode), isNull(overrides.undoneAt))
  if (tx.select().from(overrides).where(inEffect).get()) return 'in-effect'
  tx.insert(overrides).values({ hospitalCode, kind, reason, author: actor, createdAt: at }).run()
  appendAudit(tx, { at, actor, action: 'override.added', subject: hospitalCode, detail: { kind, reason } })
  return 'added'
}

function undo(tx: Transaction, id: number, { actor, at, reason }: ReasonedAct) {
  const wanted = and(eq(overrides.id, id), isNull(overrides.undoneAt))
  const found = tx.select().from(overrides).where(wanted).get()
  if (!found) return 'not-in-effect'
  const undone = { undoneBy: actor, undoneAt: at, undoneReason: reason }
  tx.update(overrides).set(undone).where(eq(overrides.id, id)).run()
  const { hospitalCode, kind } = found
  appendAudit(tx, { at, actor, action: 'override.undone', subject: hospitalCode, detail: { kind, reason } })
  return 'undone'
}
