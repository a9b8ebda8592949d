import { asc, desc } from 'drizzle-orm'
import { deadlineProblem, isKnownAfter } from '../domain/lot/deadline.ts'
import { type Lottery, lotteryOf } from '../domain/lot/lottery.ts'
import { DEFAULT_LOT_METHOD, type LotMethod } from '../domain/lot/method.ts'
import { parseSettings } from '../domain/survey/settings-schema.ts'
import type { Act } from './acts.ts'
import { confirmedEditions } from './edition-rows.ts'
import type { Db, Transaction } from './open.ts'
import { prepared } from './prepared.ts'
import {
  lotAnnouncements,
  lotCorrections,
  lotDraws,
  lotMethods,
  lotPublications,
  settings,
} from './schema.ts'

type Reader = Db | Transaction

export type Announcement = typeof lotAnnouncements.$inferSelect

/** A draw as it stands, its value put right where it was typed wrong. */
export interface Draw {
  id: number
  round: number
  closesAt: Date
  drawn: Act
  /** As it is frozen with a round. */
  lottery: Lottery
  /** Null while only officers know it. */
  published: Act | null
  /** An edition that it orders is confirmed: nothing of it can be put right any more. */
  isSettled: boolean
  /** Of an announced source. */
  announcement: number | null
}

const lastMethod = prepared((db) =>
  db.select().from(lotMethods).orderBy(desc(lotMethods.id)).limit(1).prepare(),
)

export function methodIn(db: Reader): LotMethod {
  const last = lastMethod(db).get()
  return last?.method ?? DEFAULT_LOT_METHOD
}

/** The first one first. */
export function announcementsIn(db: Reader): Announcement[] {
  return db.select().from(lotAnnouncements).orderBy(asc(lotAnnouncements.id)).all()
}

const drawRows = prepared((db) => db.select().from(lotDraws).orderBy(asc(lotDraws.round)).prepare())

/** By round. */
export function drawsIn(db: Reader): Draw[] {
  const rows = drawRows(db).all()
  if (rows.length === 0) return []
  const corrections = db.select().from(lotCorrections).orderBy(asc(lotCorrections.id)).all()
  const publications = new Map(
    db
      .select()
      .from(lotPublications)
      .all()
      .map((each) => [each.draw, each]),
  )
  const announcements = new Map(announcementsIn(db).map((each) => [each.id, each]))
  const confirmed = confirmedEditions(db)
  return rows.map((row) => {
    const { id, round, closesAt, drawnBy, drawnAt, announcement } = row
    const published = publications.get(id)
    return {
      ...{ id, round, closesAt, announcement },
      drawn: { actor: drawnBy, at: drawnAt },
      lottery: toLottery(row, announcements, corrections),
      published: published ? { actor: published.author, at: published.createdAt } : null,
      isSettled: confirmed.some(({ number, settled }) => number >= round && settled.at >= drawnAt),
    }
  })
}

function toLottery(
  { id, closesAt, drawnAt, drawnBy, list, announcement, value, witnesses }: typeof lotDraws.$inferSelect,
  announcements: ReadonlyMap<number, Announcement>,
  corrections: readonly (typeof lotCorrections.$inferSelect)[],
): Lottery {
  const drawn = { drawnAt: drawnAt.toISOString(), by: drawnBy, closesAt: closesAt.toISOString() }
  if (announcement === null) return lotteryOf({ ...drawn, method: 'receipts', list: list! })
  const { source, knownOn, createdAt } = announcements.get(announcement)!
  const own = corrections.filter(({ draw }) => draw === id)
  return lotteryOf({
    ...drawn,
    method: 'announced',
    ...{ source, knownOn, announcedAt: createdAt.toISOString() },
    value: own.at(-1)?.value ?? value!,
    witnesses: witnesses!,
    corrections: own.map(({ createdAt: at, author: by, was: from, reason }) => ({
      at: at.toISOString(),
      ...{ by, from, reason },
    })),
  })
}

/** What will be drawn by: the newest announcement, made before the deadline and known after it, that no draw has used. */
export function pendingAnnouncement(db: Reader, closesAt: Date | null): Announcement | null {
  const last = announcementsIn(db).at(-1)
  if (!last || drawsIn(db).some(({ announcement }) => announcement === last.id)) return null
  const isInTime = closesAt === null || (last.createdAt < closesAt && isKnownAfter(last.knownOn, closesAt))
  return isInTime ? last : null
}

/** The deadline, as it is set. */
export function closesAtIn(db: Reader): Date | null {
  const stored = Object.fromEntries(
    db
      .select()
      .from(settings)
      .all()
      .map(({ key, value }) => [key, value]),
  )
  const parsed = parseSettings(stored)
  return parsed.ok ? parsed.settings.closesAt : null
}

/** Why the deadline cannot become this one, in the caller's transaction; null where it can. */
export function deadlineRefusal(
  tx: Transaction,
  change: { before: Date | null; after: Date | null; now: Date },
): string | null {
  const announced = methodIn(tx) === 'announced' ? pendingAnnouncement(tx, change.before) : null
  return deadlineProblem(change, { draws: drawsIn(tx), announced })
}
