import type { Stores } from '../../src/db/stores.ts'

/** The prefecture's own decision about a hospital, as an officer takes it. */
export function addOverride(
  { overrides }: Stores,
  hospitalCode: string,
  kind: 'designate' | 'exclude',
  reason: string,
): void {
  const decision = { actor: 'test', at: new Date('2024-03-10T00:00:00Z'), reason }
  if (overrides.add({ hospitalCode, kind }, decision) !== 'added')
    throw new Error(`${hospitalCode} has an override already`)
}
