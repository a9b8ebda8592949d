import type { Hospital } from '../../domain/master/hospital.ts'

/**
 * What `hospitals.byCode` finds, where it is asked of every hospital: the master's key, 医療機関コード or 機関コード, and what
 * was merged into another one names that other.
 * @param hospitals all of them, the closed too
 */
export function hospitalsByCode(hospitals: readonly Hospital[]): (code: string) => Hospital | null {
  const by = (codeOf: (hospital: Hospital) => string | null) =>
    new Map(
      hospitals.toReversed().flatMap((hospital) => {
        const code = codeOf(hospital)
        return code === null ? [] : [[code, hospital] as const]
      }),
    )
  const [keys, medical, navii] = [
    by(({ key }) => key),
    by(({ medicalCode }) => medicalCode),
    by(({ naviiCode }) => naviiCode),
  ]
  return function named(code): Hospital | null {
    const hospital = keys.get(code) ?? medical.get(code) ?? navii.get(code) ?? null
    const into = hospital?.mergedInto ?? null
    return into === null ? hospital : named(into)
  }
}
