import type { Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { candidate, snapshot, submission } from '../builders.ts'

const gmis = { offlineBackup: false, bcp: true, networkControl: null }

/** Two hospitals that between them fill every optional part of a snapshot. */
export function validSnapshot(): Snapshot {
  return snapshot([
    candidate('1', { submission: submission({ gmisConsent: true }), gmis }),
    candidate('2', { submission: null, override: { kind: 'designate', reason: '県が必要と認めたため' } }),
  ])
}

/** The valid snapshot with one field set, or with `undefined` left out, as a file would bring it. */
export function changed(path: (string | number)[], value: unknown): unknown {
  const root = structuredClone(validSnapshot()) as unknown as Record<string | number, unknown>
  let holder = root
  for (const step of path.slice(0, -1)) holder = holder[step] as typeof root
  holder[path.at(-1)!] = value
  return JSON.parse(JSON.stringify(root))
}
