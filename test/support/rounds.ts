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
  /** Beds from which on the band begins. */
  smallest?: number
  /** The hospital that gave its seat back, which made this edition. */
  declined?: string
  /** Hospitals that hold a seat of another round. */
  held?: readonly string[]
  /** Hospitals that are kept out as an override alone can, whoever made it. */
  excluded?: readonly string[]
}

/** Freezes the selection on what is stored now, as an officer's confirmation does. */
export function confirmRound(stores: Stores, options: ConfirmedOptions): void {
  const {
    number = 1,
    edition = 1,
    seats,
    at = '2024-03-19T01:00:00Z',
    declined = null,
    held = [],
    excluded = [],
  } = options
  const snapshot = snapshotOf({
    hospitals: stores.hospitals.all(),
    submissions: stores.submissions.all(),
    gmis: new Map(),
    publicFacts: new Map(),
    questionTexts: new Map(),
    overrides: excluded.map((hospitalCode) => ({ hospitalCode, kind: 'exclude', reason: '試験のため' })),
    moves: [],
    policy: oneBand(seats, options.smallest),
    round: number,
    takenAt: new Date(at),
    otherRounds: new Map([
      ...held.map((code) => [code, 'selected'] as const),
      ...(declined === null ? [] : [[declined, 'declined'] as const]),
    ]),
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

function oneBand(seats: number, min = 1): Policy {
  const bands = [{ id: 'all', min, max: null, seats }]
  return { ...DEFAULT_POLICY, supportPeriodEnd: '2025-03', bands, regionFloor: 0, criteria: {} }
}
