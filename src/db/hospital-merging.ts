import { and, eq, gte, inArray, isNull } from 'drizzle-orm'
import type { Hospital } from '../domain/master/hospital.ts'
import { sameValue } from '../domain/master/same-value.ts'
import type { Act, ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { forgetGmis } from './gmis-consent.ts'
import { storeHospital } from './hospital-changes.ts'
import { hospitalByKey } from './hospital-rows.ts'
import { openLateLinksOf, revokeLateLink } from './late-link-decisions.ts'
import type { Transaction } from './open.ts'
import type { MovedWithMerger } from './schema/hospital-mergers.ts'
import { gmisAnswers, hospitalMergers, lateLinks, overrides, rankMoves, submissions } from './schema.ts'
import { currentSubmission, openAgain, submissionById } from './submission-versions.ts'

export interface NewMerger {
  /** Stays, with the facts as they are to stand from now on. */
  kept: Hospital
  /** The key of the one that goes: it stays in the master, closed, as what it was. */
  gone: string
}

export type MergeOutcome = 'merged' | 'not-open' | 'two-overrides'

/**
 * Two hospitals that are one. Whatever hangs on the one that goes goes over: an answer beside the one that counts waits
 * as a duplicate; of two open links for answering late, and of two moves in one round, that of the one that goes ends.
 */
export function mergeHospitals(
  tx: Transaction,
  { kept: after, gone: goneKey }: NewMerger,
  act: ReasonedAct,
): MergeOutcome {
  const [kept, gone] = [hospitalByKey(tx, after.key), hospitalByKey(tx, goneKey)]
  if (!kept || !gone || kept.key === gone.key || kept.mergedInto !== null || gone.mergedInto !== null)
    return 'not-open'
  if (activeOverride(tx, kept.key) && activeOverride(tx, gone.key)) return 'two-overrides'
  const { actor, at, reason } = act
  const moved: MovedWithMerger = {
    gmis: moveGmis(tx, gone.key, kept.key),
    answers: moveAnswers(tx, gone.key, kept.key),
    overrides: moveRows(tx, overrides, gone.key, kept.key),
    rankMoves: moveRankMoves(tx, gone.key, kept.key, act),
    lateLinks: moveLateLinks(tx, gone.key, kept.key, act),
  }
  // What counts for both from now on: without its consent nothing of the GMIS survey is kept.
  for (const { key } of [kept, gone]) forgetWithoutConsent(tx, key, act)
  // First the codes of the one that goes, which may be those that the other takes.
  const ended = { ...gone, medicalCode: null, naviiCode: null, isClosed: true, mergedInto: kept.key }
  const by = { kind: 'merged', actor, at, reason } as const
  storeHospital(tx, gone, ended, { ...by, source: kept.name })
  storeHospital(tx, kept, after, { ...by, source: gone.name })
  tx.insert(hospitalMergers)
    .values({ kept: kept.key, gone: gone.key, keptBefore: kept, goneBefore: gone, moved, reason, actor, at })
    .run()
  const detail = {
    gone: gone.key,
    goneName: gone.name,
    answers: moved.answers.map(({ number }) => number),
    reason,
  }
  appendAudit(tx, { at, actor, action: 'hospital.merged', subject: kept.key, detail })
  return 'merged'
}

/** Back to two: what went over goes back, and a fact that the merger had changed is again what it was. */
export function undoMerger(tx: Transaction, id: number, { actor, at, reason }: ReasonedAct) {
  const wanted = and(eq(hospitalMergers.id, id), isNull(hospitalMergers.undoneAt))
  const merger = tx.select().from(hospitalMergers).where(wanted).get()
  const kept = merger && hospitalByKey(tx, merger.kept)
  const gone = merger && hospitalByKey(tx, merger.gone)
  if (!kept || !gone || kept.mergedInto !== null) return 'not-in-effect'
  const by = { kind: 'unmerged', actor, at, reason } as const
  storeHospital(tx, kept, withoutMerger(kept, merger.keptBefore, merger.goneBefore), {
    ...by,
    source: gone.name,
  })
  storeHospital(tx, gone, { ...merger.goneBefore }, { ...by, source: kept.name })
  const { moved } = merger
  const answers = moved.answers.map(({ number }) => number)
  const counted = currentSubmission(tx, kept.key)
  for (const [table, ids] of [
    [overrides, moved.overrides],
    [rankMoves, moved.rankMoves],
    [lateLinks, moved.lateLinks],
  ] as const)
    if (ids.length > 0) tx.update(table).set({ hospitalCode: gone.key }).where(inArray(table.id, ids)).run()
  returnAnswers(tx, moved.answers, gone.key)
  if (moved.gmis) moveGmis(tx, kept.key, gone.key)
  if (counted && answers.includes(counted.number))
    waitAgain(tx, kept.key, merger.at, { actor, at, reason: `${gone.name}との統合の取消しのため` })
  for (const { key } of [kept, gone]) forgetWithoutConsent(tx, key, { actor, at })
  const undone = { undoneBy: actor, undoneAt: at, undoneReason: reason }
  tx.update(hospitalMergers).set(undone).where(eq(hospitalMergers.id, id)).run()
  const detail = { gone: gone.key, goneName: gone.name, answers, reason }
  appendAudit(tx, { at, actor, action: 'hospital.merger-undone', subject: kept.key, detail })
  return 'undone'
}

function withoutMerger(now: Hospital, before: Hospital, gone: Hospital): Hospital {
  const fields = Object.keys(before) as (keyof Hospital)[]
  const taken = fields.filter(
    (field) => field !== 'key' && !sameValue(now[field], before[field]) && sameValue(now[field], gone[field]),
  )
  return { ...now, ...Object.fromEntries(taken.map((field) => [field, before[field]])) }
}

function forgetWithoutConsent(tx: Transaction, key: string, { actor, at }: Act): void {
  forgetGmis(tx, key, { actor, at, number: currentSubmission(tx, key)?.number ?? '' })
}

function activeOverride(tx: Transaction, key: string) {
  return tx
    .select()
    .from(overrides)
    .where(and(eq(overrides.hospitalCode, key), isNull(overrides.undoneAt)))
    .get()
}

function moveAnswers(tx: Transaction, from: string, to: string): MovedWithMerger['answers'] {
  const own = tx.select().from(submissions).where(eq(submissions.hospitalCode, from)).all()
  const isAnswered = currentSubmission(tx, to) !== null
  return own.map(({ id, number, state }) => {
    const was = state as MovedWithMerger['answers'][number]['was']
    const then = was === 'current' && isAnswered ? 'duplicate' : was
    tx.update(submissions).set({ hospitalCode: to, state: then }).where(eq(submissions.id, id)).run()
    return { number, was }
  })
}

function returnAnswers(tx: Transaction, answers: MovedWithMerger['answers'], to: string): void {
  for (const { number, was } of answers) {
    const row = tx.select().from(submissions).where(eq(submissions.number, number)).get()
    if (!row) continue
    // Only the other hospital's answer made it wait.
    const isFree = currentSubmission(tx, to) === null
    const state = was === 'current' && row.state === 'duplicate' && isFree ? 'current' : row.state
    tx.update(submissions).set({ hospitalCode: to, state }).where(eq(submissions.id, row.id)).run()
  }
}

/** What was closed beside the answer that has left, since it came: nobody has said that it is not used without that one. */
function waitAgain(tx: Transaction, key: string, since: Date, act: ReasonedAct): void {
  const closed = tx
    .select({ id: submissions.id })
    .from(submissions)
    .where(
      and(
        eq(submissions.hospitalCode, key),
        eq(submissions.state, 'rejected'),
        gte(submissions.closedAt, since),
      ),
    )
    .all()
  for (const { id } of closed) openAgain(tx, submissionById(tx, id)!, act)
}

function moveRows(tx: Transaction, table: typeof overrides, from: string, to: string): number[] {
  return tx
    .update(table)
    .set({ hospitalCode: to })
    .where(eq(table.hospitalCode, from))
    .returning({ id: table.id })
    .all()
    .map(({ id }) => id)
}

function moveRankMoves(tx: Transaction, from: string, to: string, { actor, at }: ReasonedAct): number[] {
  const inEffect = (key: string) =>
    tx
      .select()
      .from(rankMoves)
      .where(and(eq(rankMoves.hospitalCode, key), isNull(rankMoves.undoneAt)))
      .all()
  const rounds = new Set(inEffect(to).map(({ round }) => round))
  for (const { id, round } of inEffect(from)) {
    if (!rounds.has(round)) continue
    const undone = { undoneBy: actor, undoneAt: at, undoneReason: ENDED }
    tx.update(rankMoves).set(undone).where(eq(rankMoves.id, id)).run()
  }
  return tx
    .update(rankMoves)
    .set({ hospitalCode: to })
    .where(eq(rankMoves.hospitalCode, from))
    .returning({ id: rankMoves.id })
    .all()
    .map(({ id }) => id)
}

function moveLateLinks(tx: Transaction, from: string, to: string, { actor, at }: ReasonedAct): number[] {
  if (openLateLinksOf(tx, to, at).length > 0)
    for (const { id } of openLateLinksOf(tx, from, at)) revokeLateLink(tx, id, { actor, at, reason: ENDED })
  return tx
    .update(lateLinks)
    .set({ hospitalCode: to })
    .where(eq(lateLinks.hospitalCode, from))
    .returning({ id: lateLinks.id })
    .all()
    .map(({ id }) => id)
}

const ENDED = '病院の統合のため'

/** Of two the one of the hospital that stays is kept. @returns whether it went over */
function moveGmis(tx: Transaction, from: string, to: string): boolean {
  const of = (key: string) =>
    tx.select().from(gmisAnswers).where(eq(gmisAnswers.hospitalCode, key)).get() !== undefined
  if (!of(from)) return false
  if (of(to)) {
    tx.delete(gmisAnswers).where(eq(gmisAnswers.hospitalCode, from)).run()
    return false
  }
  tx.update(gmisAnswers).set({ hospitalCode: to }).where(eq(gmisAnswers.hospitalCode, from)).run()
  return true
}
