import type { Stores } from '../../src/db/stores.ts'
import { registerOf } from '../../src/domain/record/register.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/domain/selection/policy.ts'
import { select } from '../../src/domain/selection/select.ts'
import { snapshotOf } from '../../src/domain/selection/snapshot-of.ts'

export interface ConfirmedOptions {
  number?: number
  edition?: number
  /** Of the one band that all hospitals are in. */
  seats: number
  at?: string
  /** The hospital that gave its seat back, which made this edition. */
  declined?: string
  /** Further hospitals that take no seat. */
  leftOut?: readonly string[]
}

/** Freezes the selection on what is stored now, as an officer's confirmation does. */
export function confirmRound(stores: Stores, options: ConfirmedOptions): void {
  const {
    number = 1,
    edition = 1,
    seats,
    at = '2024-03-19T01:00:00Z',
    declined = null,
    leftOut = [],
  } = options
  const out = [...leftOut, ...(declined === null ? [] : [declined])]
  const snapshot = snapshotOf({
    hospitals: stores.hospitals.all(),
    submissions: stores.submissions.all(),
    gmis: new Map(),
    overrides: [],
    moves: [],
    policy: oneBand(seats),
    round: number,
    takenAt: new Date(at),
    leftOut: new Map(out.map((code) => [code, '試験のため'])),
  })
  const register = registerOf({
    prefecture: '鹿児島県',
    ministryColumns: [],
    hospitals: stores.hospitals.all(),
    submissions: stores.submissions.all(),
    overrides: stores.overrides.active(),
  })
  const outcome = stores.editions.confirm(
    {
      number,
      edition,
      kind: declined === null ? 'confirmed' : 'declined',
      policyVersion: 0,
      reason: declined && '病院からの申出',
      declinedCode: declined,
      freeSeatsReason: null,
      waitingReason: null,
      follows: stores.editions.last(),
      files: jsonFiles({ snapshot, result: select(snapshot), register, checks: [] }),
    },
    () => ({ name: 'archive.json', bytes: Buffer.from('{}') }),
    { actor: 'test', at: new Date(at) },
  )
  if (outcome !== 'confirmed') throw new Error(`the round of the test is ${outcome}`)
}

function jsonFiles(contents: Record<string, unknown>) {
  return Object.entries(contents).map(([name, content]) => ({
    name: `${name}.json`,
    bytes: Buffer.from(JSON.stringify(content)),
  }))
}

function oneBand(seats: number): Policy {
  const bands = [{ id: 'all', min: 1, max: null, seats }]
  return { ...DEFAULT_POLICY, supportPeriodEnd: '2025-03', bands, regionFloor: 0, criteria: {} }
}
