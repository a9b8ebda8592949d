import type { Scenario } from '../../db/policies.ts'
import type { AdminOptions } from '../options.ts'

/** The scenario of an address, archived or not. */
export function findScenario({ stores }: AdminOptions, id: string): Scenario | null {
  return /^[1-9]\d{0,8}$/.test(id) ? stores.policies.scenarios.byId(Number(id)) : null
}

/** The same, where it can still be changed. */
export function findInUse(options: AdminOptions, id: string): Scenario | null {
  const scenario = findScenario(options, id)
  return scenario?.archivedAt === null ? scenario : null
}
