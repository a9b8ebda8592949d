import type { Round } from '../../db/rounds.ts'
import type { Stores } from '../../db/stores.ts'
import type { Register } from '../../domain/record/register.ts'
import { type AmendedResult, amend, type Decline } from '../../domain/selection/amendment.ts'
import type { SelectionResult } from '../../domain/selection/result.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import type { Check } from './check.ts'
import type { RoundFileName } from './files.ts'

/** The contents of a confirmed or proposed edition, out of its frozen files alone: today's facts have no say. */
export interface FrozenRound {
  snapshot: Snapshot
  /** As first selected, before anybody declined. */
  result: SelectionResult
  /** The same after the declines; without any it says the same as the result. */
  amended: AmendedResult
  /** The master and the answers as they were. */
  register: Register
  /** What was checked before it was frozen. */
  checks: Check[]
}

/** @param read the bytes of a file of the edition; null where it has none of the name */
export function frozenRound(read: (name: RoundFileName) => { bytes: Buffer } | null): FrozenRound {
  const json = (name: RoundFileName) => {
    const file = read(name)
    return file && JSON.parse(file.bytes.toString('utf8'))
  }
  const result: SelectionResult = json('result.json')
  return {
    snapshot: json('snapshot.json'),
    result,
    amended: json('amended.json') ?? amendedBy(result, []),
    register: json('register.json'),
    checks: json('checks.json'),
  }
}

/** Frozen rounds never change: each is read once. One reader for all who ask. */
export function frozenRoundReader(stores: Stores): (round: Round) => FrozenRound {
  const reader = readers.get(stores) ?? newReader(stores)
  readers.set(stores, reader)
  return reader
}

const readers = new WeakMap<Stores, (round: Round) => FrozenRound>()

function newReader({ rounds }: Stores): (round: Round) => FrozenRound {
  const known = new Map<number, FrozenRound>()
  return (round) => {
    const frozen = known.get(round.id) ?? frozenRound((name) => rounds.file(round, name))
    known.set(round.id, frozen)
    return frozen
  }
}

/** @throws where one of the declines cannot be: callers have looked before */
export function amendedBy(result: SelectionResult, declines: readonly Decline[]): AmendedResult {
  const outcome = amend(result, declines)
  if (outcome.ok) return outcome.amended
  throw new Error(outcome.problems.map(({ message }) => message).join(' '))
}
