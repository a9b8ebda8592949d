import type { AmendedRow } from '../amendment.ts'
import type { Reading } from '../reading.ts'

/** A hospital whose seat hangs on the lot, as the selection stands. */
export interface OnLot {
  code: string
  name: string
  band: string
  decision: string
}

/** In the order of the ranking. */
export function hospitalsOnLot<Row extends AmendedRow>({
  rows,
  lots,
  name,
  bandLabel,
  texts,
}: Reading<Row>): OnLot[] {
  const { hanging } = lots()
  return rows
    .filter(({ code }) => hanging.has(code))
    .map((row) => ({
      code: row.code,
      name: name(row.code),
      band: bandLabel(row.band),
      decision: texts.decision(row),
    }))
}

/** 抽選だけで選定か補欠かが決まった病院が2病院あります：甲病院（選定）、乙病院（補欠第1位） */
export function hangingText<Row extends AmendedRow>(reading: Reading<Row>): string {
  const named = hospitalsOnLot(reading)
  const list = named.map(({ name, decision }) => `${name}（${decision}）`).join('、')
  return `抽選の結果によって選定か補欠かが決まった病院が${named.length}病院あります：${list}`
}
