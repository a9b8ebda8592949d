import type { Edition, EditionStore } from '../../db/editions.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { AmendedResult, AmendedRow } from '../../domain/selection/amendment.ts'
import { ANSWERED_REASONS, type AnsweredReason } from '../../domain/selection/eligibility.ts'

/**
 * What a receipt may say about the selection. Never a score, a rank or another hospital.
 * `reporting`: confirmed, but the officer has not published it yet. `not-eligible`: what the hospital answered kept it
 * out. `declined`: it gave its seat back. `untold`: published, but this answer is not the one that counted.
 */
export type SelectionOutcome =
  | { kind: 'none' | 'reporting' | 'selected' | 'waitlisted' | 'not-selected' | 'declined' | 'untold' }
  | { kind: 'not-eligible'; reason: AnsweredReason }

/** Reads the frozen results, each once: a confirmed round never changes. */
export function outcomeReader(editions: EditionStore) {
  const known = new Map<number, ReadonlyMap<string, AmendedRow>>()

  function resultsOf(round: Edition): ReadonlyMap<string, AmendedRow> {
    const results = known.get(round.id) ?? frozenResults(editions, round)
    known.set(round.id, results)
    return results
  }

  return ({ state, hospitalCode }: Submission, resultsPublished: boolean): SelectionOutcome => {
    const confirmed = editions.newest()
    if (state === 'withdrawn' || confirmed.length === 0) return { kind: 'none' }
    if (!resultsPublished) return { kind: 'reporting' }
    if (state !== 'current' || hospitalCode === null) return { kind: 'untold' }
    const outcome = outcomeOf(confirmed.map((round) => resultsOf(round).get(hospitalCode)))
    const declined = editions.confirmed().some(({ declinedCode }) => declinedCode === hospitalCode)
    return declined && outcome.kind !== 'selected' ? { kind: 'declined' } : outcome
  }
}

/** After the declines where there were any: who moved up is selected there. */
function frozenResults(editions: EditionStore, round: Edition): ReadonlyMap<string, AmendedRow> {
  const file = editions.file(round, 'amended.json') ?? editions.file(round, 'result.json')!
  const { results }: Pick<AmendedResult, 'results'> = JSON.parse(file.bytes.toString('utf8'))
  return new Map(results.map((result) => [result.code, result]))
}

/** A seat that a round gave stays, whatever the later rounds say; otherwise the last round counts. */
function outcomeOf(results: readonly (AmendedRow | undefined)[]): SelectionOutcome {
  if (results.some((result) => result?.decision === 'selected')) return { kind: 'selected' }
  const last = results.at(-1)
  if (!last || last.reason === 'no_submission') return { kind: 'untold' }
  if (last.decision === 'waitlisted') return { kind: 'waitlisted' }
  const reason = ANSWERED_REASONS.find((each) => each === last.reason)
  return reason ? { kind: 'not-eligible', reason } : { kind: 'not-selected' }
}
