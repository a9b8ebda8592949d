import type { Hospital } from './hospital.ts'

/** What reading a file would do to the master. */
export interface MasterChange {
  kind: 'added' | 'changed' | 'unchanged'
  /** As it would stand afterwards. */
  hospital: Hospital
}

/**
 * Lays the hospitals of a file over the master. A hospital is recognised by 医療機関コード, 機関コード or the master's
 * own code, so that a list with the one number and a list with the other speak of the same hospital; the code it first
 * came with stays its key. Fields the file does not speak of stay as they are.
 *
 * @param fields what the file speaks of
 * @returns the changes in the order of the file; `conflicts` where one row fits two hospitals of the master, by name
 */
export function mergeIntoMaster(
  master: readonly Hospital[],
  incoming: readonly Hospital[],
  fields: readonly (keyof Hospital)[],
): { changes: MasterChange[]; conflicts: string[] } {
  const known = new Map(
    master.flatMap((hospital) => identities(hospital).map((id) => [id, hospital] as const)),
  )
  const changes: MasterChange[] = []
  const conflicts: string[] = []
  for (const hospital of incoming) {
    const matches = new Set(identities(hospital).flatMap((id) => known.get(id) ?? []))
    if (matches.size > 1) conflicts.push(hospital.name)
    else changes.push(change([...matches][0] ?? null, hospital, fields))
  }
  return { changes, conflicts }
}

function identities({ key: code, medicalCode, naviiCode }: Hospital): string[] {
  return [...new Set([code, medicalCode, naviiCode].filter((id) => id !== null))]
}

function change(
  before: Hospital | null,
  incoming: Hospital,
  fields: readonly (keyof Hospital)[],
): MasterChange {
  if (!before) return { kind: 'added', hospital: incoming }
  const spoken = fields.filter((field) => field !== 'key')
  const hospital = { ...before, ...Object.fromEntries(spoken.map((field) => [field, incoming[field]])) }
  // A file that lacks one of the two numbers in a row must not erase it.
  hospital.medicalCode ??= before.medicalCode
  hospital.naviiCode ??= before.naviiCode
  const same = (Object.keys(before) as (keyof Hospital)[]).every((key) =>
    sameValue(before[key], hospital[key]),
  )
  return { kind: same ? 'unchanged' : 'changed', hospital }
}

/** Lists and counts by their content; the order of keys does not matter. */
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => (a as Record<string, unknown>)[key] === (b as Record<string, unknown>)[key])
}
