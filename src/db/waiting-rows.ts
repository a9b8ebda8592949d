import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Origin } from '../domain/master/facts.ts'
import type { Hospital } from '../domain/master/hospital.ts'
import type { OpenCells } from '../domain/master/open-cells.ts'
import type { Db, Transaction } from './open.ts'
import { hospitals, type StoredOpen, waitingRows } from './schema.ts'

export type WaitingRow = typeof waitingRows.$inferSelect

/** A row that is to wait for an officer. */
interface RowToWait {
  import: number
  hospital: Hospital
  fields: readonly (keyof Hospital)[]
  open: OpenCells | undefined
  origin: Origin
}

export function waitingRowsOf(db: Db | Transaction): WaitingRow[] {
  return db.select().from(waitingRows).where(eq(waitingRows.state, 'waiting')).all()
}

/** The newest of each code is what was decided last. */
export function leftOutCodes(db: Db | Transaction): Set<string> {
  const rows = db
    .select()
    .from(waitingRows)
    .where(inArray(waitingRows.state, ['left-out', 'waiting']))
    .all()
  const last = new Map(rows.map(({ code, state }) => [code, state]))
  return new Set([...last].flatMap(([code, state]) => (state === 'left-out' ? [code] : [])))
}

/** Puts a row to wait; an earlier one of the same code ends with it. */
export function putToWait(tx: Transaction, { hospital, fields, open, origin, import: of }: RowToWait): void {
  tx.insert(waitingRows)
    .values({
      ...origin,
      import: of,
      code: hospital.key,
      hospital,
      fields: [...fields],
      open: storedOpen(open),
      state: 'waiting',
    })
    .run()
}

/** Rows end whose code the master knows by now, and those of which a newer one waits. */
export function endKnownRows(tx: Transaction, at: Date): void {
  const known = new Set(
    tx
      .select({ key: hospitals.key, medicalCode: hospitals.medicalCode, naviiCode: hospitals.naviiCode })
      .from(hospitals)
      .all()
      .flatMap(({ key, medicalCode, naviiCode }) => [key, medicalCode, naviiCode]),
  )
  const waiting = tx
    .select()
    .from(waitingRows)
    .where(eq(waitingRows.state, 'waiting'))
    .orderBy(desc(waitingRows.id))
    .all()
  const seen = new Set<string>()
  for (const { id, code } of waiting) {
    const isOver = known.has(code) || seen.has(code)
    seen.add(code)
    if (isOver) decide(tx, id, { state: 'replaced', decidedAt: at })
  }
}

/** @returns whether the row was still waiting */
export function decide(
  tx: Transaction,
  id: number,
  decision: Partial<WaitingRow> & Pick<WaitingRow, 'state' | 'decidedAt'>,
): boolean {
  const waits = and(eq(waitingRows.id, id), eq(waitingRows.state, 'waiting'))
  return tx.update(waitingRows).set(decision).where(waits).run().changes === 1
}

function storedOpen(open: OpenCells | undefined): StoredOpen {
  return { blank: [...(open?.blank ?? [])], cut: [...(open?.cut ?? [])], absent: [...(open?.absent ?? [])] }
}

export function openCellsOf({ blank, cut, absent }: StoredOpen): OpenCells {
  return { blank: new Set(blank), cut: new Set(cut), absent: new Set(absent) }
}
