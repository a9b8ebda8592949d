import { and, desc, eq, isNull } from 'drizzle-orm'
import { changedFields } from '../domain/master/change.ts'
import type { Hospital } from '../domain/master/hospital.ts'
import type { Act, ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { settleCorrection } from './corrections.ts'
import { storeHospital } from './hospital-changes.ts'
import { type MergeOutcome, mergeHospitals, type NewMerger, undoMerger } from './hospital-merging.ts'
import { hospitalByKey } from './hospital-rows.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { hospitalMergers } from './schema.ts'
import { link } from './submission-decisions.ts'

/** What an officer types about one hospital, and why where that was said. */
interface HandAct extends Act {
  reason: string | null
}

type HospitalMerger = typeof hospitalMergers.$inferSelect

/** One hospital of the master by hand: each act with the hospital's own record and the audit, or not at all. */
export function hospitalActStore(db: Db) {
  return {
    /** @param answer the number of an answer from outside the master, which is this hospital's */
    add: (hospital: Hospital, act: HandAct, answer: string | null): 'added' | 'linked' =>
      immediately(db, (tx) => add(tx, hospital, act, answer)),

    /** @param correction the number of the answer whose statement is settled by it */
    edit: (after: Hospital, act: HandAct, correction: string | null): 'edited' | 'unchanged' =>
      immediately(db, (tx) => edit(tx, after, act, correction)),

    /** 閉院: out of the public list, the counts and the ranking. */
    close: (key: string, act: ReasonedAct): 'closed' | 'not-open' =>
      immediately(db, (tx) => (setClosed(tx, key, true, act) ? 'closed' : 'not-open')),

    reopen: (key: string, act: ReasonedAct): 'reopened' | 'not-closed' =>
      immediately(db, (tx) => (setClosed(tx, key, false, act) ? 'reopened' : 'not-closed')),

    merge: (merger: NewMerger, act: ReasonedAct): MergeOutcome =>
      immediately(db, (tx) => mergeHospitals(tx, merger, act)),

    undoMerger: (id: number, act: ReasonedAct): 'undone' | 'not-in-effect' =>
      immediately(db, (tx) => undoMerger(tx, id, act)),

    /** By which a hospital went, and which it took in: those in effect, newest first. */
    mergers: (): HospitalMerger[] =>
      db
        .select()
        .from(hospitalMergers)
        .where(isNull(hospitalMergers.undoneAt))
        .orderBy(desc(hospitalMergers.id))
        .all(),

    mergerOf: (gone: string): HospitalMerger | null =>
      db
        .select()
        .from(hospitalMergers)
        .where(and(eq(hospitalMergers.gone, gone), isNull(hospitalMergers.undoneAt)))
        .get() ?? null,
  }
}

function add(tx: Transaction, hospital: Hospital, act: HandAct, answer: string | null) {
  const { actor, at, reason } = act
  storeHospital(tx, null, hospital, { kind: 'added', actor, at, reason })
  const detail = { name: hospital.name, reason, answer }
  appendAudit(tx, { at, actor, action: 'hospital.added', subject: hospital.key, detail })
  if (answer === null) return 'added'
  const linking = { actor, at, reason: reason ?? 'この病院を病院台帳に追加したため' }
  return link(tx, answer, hospital.key, linking) === 'not-unlinked' ? 'added' : 'linked'
}

function edit(tx: Transaction, after: Hospital, { actor, at, reason }: HandAct, correction: string | null) {
  const before = hospitalByKey(tx, after.key)
  if (!before) throw new Error(`no hospital ${after.key}`)
  const kind = correction === null ? 'edited' : 'corrected'
  const source = correction === null ? null : `${correction}の訂正の申出`
  const change = storeHospital(tx, before, after, { kind, actor, at, source, reason })
  if (change !== null) {
    const detail = { fields: changedFields(before, after), reason, correction }
    appendAudit(tx, { at, actor, action: 'hospital.edited', subject: after.key, detail })
  }
  if (correction !== null) settleCorrection(tx, correction, { state: 'done', change, reason, actor, at })
  return change === null ? 'unchanged' : 'edited'
}

/** @returns whether it was otherwise before */
function setClosed(
  tx: Transaction,
  key: string,
  isClosed: boolean,
  { actor, at, reason }: ReasonedAct,
): boolean {
  const before = hospitalByKey(tx, key)
  if (!before || before.isClosed === isClosed || before.mergedInto !== null) return false
  const kind = isClosed ? 'closed' : 'reopened'
  storeHospital(tx, before, { ...before, isClosed }, { kind, actor, at, reason })
  appendAudit(tx, { at, actor, action: `hospital.${kind}`, subject: key, detail: { reason } })
  return true
}
