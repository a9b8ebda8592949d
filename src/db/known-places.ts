import { createHash } from 'node:crypto'
import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import { type Db, immediately } from './open.ts'
import { knownPlaces } from './schema.ts'

const DAY = 24 * 60 * 60 * 1000
const KEPT = 180 * DAY
const MOST_OF_A_LOGIN = 40

/** Where a login has succeeded, by what the browser was given then, or by its network. */
export function knownPlaceStore(db: Db) {
  return {
    isKnown(login: string, place: string, at: Date): boolean {
      const row = db
        .select()
        .from(knownPlaces)
        .where(and(eq(knownPlaces.login, login), eq(knownPlaces.placeHash, hash(place))))
        .get()
      return row !== undefined && at.getTime() - row.seenAt.getTime() < KEPT
    },

    /** Whether any login has succeeded there. */
    isAnyones: (place: string): boolean =>
      db
        .select()
        .from(knownPlaces)
        .where(eq(knownPlaces.placeHash, hash(place)))
        .get() !== undefined,

    remember: (login: string, places: readonly string[], at: Date): void =>
      immediately(db, (tx) => {
        for (const place of places)
          tx.insert(knownPlaces)
            .values({ login, placeHash: hash(place), seenAt: at })
            .onConflictDoUpdate({
              target: [knownPlaces.login, knownPlaces.placeHash],
              set: { seenAt: at },
            })
            .run()
        tx.delete(knownPlaces)
          .where(lt(knownPlaces.seenAt, new Date(at.getTime() - KEPT)))
          .run()
        const own = eq(knownPlaces.login, login)
        const rows = tx.select().from(knownPlaces).where(own).orderBy(desc(knownPlaces.seenAt)).all()
        const oldest = rows.slice(MOST_OF_A_LOGIN).map(({ placeHash }) => placeHash)
        if (oldest.length > 0)
          tx.delete(knownPlaces)
            .where(and(own, inArray(knownPlaces.placeHash, oldest)))
            .run()
      }),
  }
}

function hash(place: string): string {
  return createHash('sha256').update(place, 'utf8').digest('hex')
}
