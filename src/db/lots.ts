import { and, asc, eq, isNotNull, lt } from 'drizzle-orm'
import { isKnownAfter } from '../domain/lot/deadline.ts'
import { type LotLine, lotList } from '../domain/lot/lottery.ts'
import type { LotMethod } from '../domain/lot/method.ts'
import { isoDayText } from '../domain/text/dates.ts'
import type { Act, ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { openEdition } from './edition-rows.ts'
import {
  type Announcement,
  announcementsIn,
  closesAtIn,
  type Draw,
  drawsIn,
  methodIn,
  pendingAnnouncement,
} from './lot-rows.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import {
  lotAnnouncements,
  lotCorrections,
  lotDraws,
  lotMethods,
  lotPublications,
  submissions,
} from './schema.ts'

/** What an officer saw when deciding: another state since overtakes it. */
export interface SeenLot {
  method: LotMethod
  /** The deadline. */
  closesAt: Date | null
  /** The announcement that will be drawn by; null where there is none. */
  announcement: number | null
}

/** What is drawn of an announced source; null by the receipts, where the server has drawn it all. */
type DrawnValue = { value: string; witnesses: [string, string] } | null

export type DrawOutcome =
  | { kind: 'drawn'; draw: Draw }
  /** Once a round: by somebody else, or by a second click. */
  | { kind: 'already-drawn'; draw: Draw }
  | { kind: 'changed-meanwhile' | 'proposal-open' }

export function lotStore(db: Db) {
  return {
    method: (): LotMethod => methodIn(db),

    /** The one that will be drawn by; null where there is none for this deadline. */
    announced: (closesAt: Date | null): Announcement | null => pendingAnnouncement(db, closesAt),

    /** The first one first. */
    announcements: (): Announcement[] => announcementsIn(db),

    /** By round. */
    draws: (): Draw[] => drawsIn(db),

    /** How many answers by the web have arrived before this instant. */
    counted: (closesAt: Date): number => listBefore(db, closesAt).length,

    /** Whether any hospital has a くじ番号 on its receipt. */
    anyGiven: (): boolean =>
      db.select({ id: submissions.id }).from(submissions).where(isNotNull(submissions.lot)).limit(1).get() !==
      undefined,

    /** Before the deadline only. */
    choose: (method: LotMethod, seen: SeenLot, by: Act): 'chosen' | 'after-deadline' | 'changed-meanwhile' =>
      immediately(db, (tx) => choose(tx, method, seen, by)),

    /** Before the deadline only, and of a day after it. */
    announce: (
      announcement: { source: string; knownOn: string },
      seen: SeenLot,
      by: Act,
    ): 'announced' | 'after-deadline' | 'not-after' | 'changed-meanwhile' =>
      immediately(db, (tx) => announce(tx, announcement, seen, by)),

    /** One a round, whoever asks first; of a source from the day on which it is known. */
    draw: (round: number, value: DrawnValue, seen: SeenLot, by: Act): DrawOutcome =>
      immediately(db, (tx) => draw(tx, { round, value, seen }, by)),

    /** Puts the value of an announced source right, before an edition that it orders is confirmed. */
    correct: (
      round: number,
      change: { from: string; to: string },
      by: ReasonedAct,
    ): 'corrected' | 'settled' | 'proposal-open' | 'changed-meanwhile' =>
      immediately(db, (tx) => correct(tx, round, change, by)),

    publish: (round: number, by: Act): 'published' | 'already-published' | 'not-drawn' =>
      immediately(db, (tx) => publish(tx, round, by)),
  }
}

function choose(tx: Transaction, method: LotMethod, seen: SeenLot, { actor, at }: Act) {
  const stood = standing(tx)
  if (!isSame(stood, seen)) return 'changed-meanwhile'
  if (isOver(stood, at)) return 'after-deadline'
  if (stood.method === method) return 'chosen'
  tx.insert(lotMethods).values({ method, author: actor, createdAt: at }).run()
  const detail = { before: stood.method, after: method }
  appendAudit(tx, { at, actor, action: 'lot.method-chosen', subject: method, detail })
  return 'chosen'
}

function announce(
  tx: Transaction,
  { source, knownOn }: { source: string; knownOn: string },
  seen: SeenLot,
  { actor, at }: Act,
) {
  const stood = standing(tx)
  if (!isSame(stood, seen)) return 'changed-meanwhile'
  if (isOver(stood, at)) return 'after-deadline'
  if (stood.closesAt !== null && !isKnownAfter(knownOn, stood.closesAt)) return 'not-after'
  tx.insert(lotAnnouncements).values({ source, knownOn, author: actor, createdAt: at }).run()
  const detail = { source, knownOn }
  appendAudit(tx, { at, actor, action: 'lot.announced', subject: 'lot', detail })
  return 'announced'
}

function draw(
  tx: Transaction,
  { round, value, seen }: { round: number; value: DrawnValue; seen: SeenLot },
  { actor, at }: Act,
): DrawOutcome {
  const there = drawOf(tx, round)
  if (there) return { kind: 'already-drawn', draw: there }
  const { closesAt, ...stood } = standing(tx)
  if (closesAt === null || at < closesAt || !isSame({ ...stood, closesAt }, seen))
    return { kind: 'changed-meanwhile' }
  if (openEdition(tx)) return { kind: 'proposal-open' }
  const { announcement } = stood
  if ((stood.method === 'announced') !== (value !== null) || (value !== null && announcement === null))
    throw new Error('drawn by another method')
  if (value !== null && isoDayText(at) < pendingAnnouncement(tx, closesAt)!.knownOn)
    throw new Error('drawn before it is known')
  const list = value === null ? listBefore(tx, closesAt) : null
  tx.insert(lotDraws)
    .values({
      ...{ round, closesAt, list, drawnBy: actor, drawnAt: at },
      announcement: value && announcement,
      ...value,
    })
    .run()
  const drawn = drawOf(tx, round)!
  const { method, seed } = drawn.lottery
  const what = value ?? { answers: list!.length }
  const detail = { method, closesAt: closesAt.toISOString(), ...what, seed }
  appendAudit(tx, { at, actor, action: 'lot.drawn', subject: `round ${round}`, detail })
  return { kind: 'drawn', draw: drawn }
}

function correct(
  tx: Transaction,
  round: number,
  { from, to }: { from: string; to: string },
  { actor, at, reason }: ReasonedAct,
) {
  const there = drawOf(tx, round)
  if (there?.lottery.method !== 'announced' || there.lottery.value !== from) return 'changed-meanwhile'
  if (there.isSettled) return 'settled'
  if (openEdition(tx)) return 'proposal-open'
  const values = { draw: there.id, was: from, value: to, reason, author: actor, createdAt: at }
  tx.insert(lotCorrections).values(values).run()
  const { seed } = drawOf(tx, round)!.lottery
  const detail = { before: from, after: to, reason, seed }
  appendAudit(tx, { at, actor, action: 'lot.corrected', subject: `round ${round}`, detail })
  return 'corrected'
}

function publish(tx: Transaction, round: number, { actor, at }: Act) {
  const there = drawOf(tx, round)
  if (!there) return 'not-drawn'
  if (there.published) return 'already-published'
  tx.insert(lotPublications).values({ draw: there.id, author: actor, createdAt: at }).run()
  appendAudit(tx, { at, actor, action: 'lot.published', subject: `round ${round}`, detail: {} })
  return 'published'
}

function drawOf(tx: Transaction, wanted: number): Draw | undefined {
  return drawsIn(tx).find(({ round }) => round === wanted)
}

/** くじ番号 of every answer that came by the web before the deadline, whatever became of it. */
function listBefore(db: Db | Transaction, closesAt: Date): LotLine[] {
  const { number, lot, createdAt, channel } = submissions
  const rows = db
    .select({ number, lot })
    .from(submissions)
    .where(and(eq(channel, 'web'), isNotNull(lot), lt(createdAt, closesAt)))
    .orderBy(asc(submissions.id))
    .all()
  return lotList(rows.map((row) => ({ number: row.number, lot: row.lot! })))
}

function standing(tx: Transaction): SeenLot {
  const closesAt = closesAtIn(tx)
  return { method: methodIn(tx), closesAt, announcement: pendingAnnouncement(tx, closesAt)?.id ?? null }
}

function isSame(a: SeenLot, b: SeenLot): boolean {
  return (
    a.method === b.method &&
    a.closesAt?.getTime() === b.closesAt?.getTime() &&
    a.announcement === b.announcement
  )
}

function isOver({ closesAt }: SeenLot, at: Date): boolean {
  return closesAt !== null && at >= closesAt
}
