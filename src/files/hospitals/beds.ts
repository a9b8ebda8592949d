import type { Hospital } from '../../domain/master/hospital.ts'
import type { HospitalRow } from './row.ts'

export function sumOf(bedsByType: NonNullable<Hospital['bedsByType']>): number {
  return Object.values(bedsByType).reduce((sum, count) => sum + count, 0)
}

/** The fewest beds that lie in a 病床規模区分, where nothing else is said. */
export const SMALLEST_BAND = 20

/** A hospital that no seat can go to is kept: its answer counts, and the officer may correct the number. */
export function warnBelowBands(row: HospitalRow, column: string, beds: number, smallestBand: number): void {
  if (beds >= smallestBand) return
  const reason = beds === 0 ? '病床がない' : `${beds}床（${smallestBand}床未満）の`
  row.warn(
    column,
    `${reason}ため、病床規模区分の対象外です。病院でない場合は、取り込んだ後に病院のページで「調査から外す」を選択してください。`,
  )
}
