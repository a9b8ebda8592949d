import type { Override } from '../../db/overrides.ts'
import type { RankMove } from '../../db/rank-moves.ts'
import type { Stores } from '../../db/stores.ts'
import type { FurtherQuestion } from '../../domain/answer/further.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { withSeatsLeft } from '../../domain/selection/additional-round.ts'
import { fittedPolicy, questionTextsOf, unfittedLabels } from '../../domain/selection/edition-questions.ts'
import type { Policy } from '../../domain/selection/policy.ts'
import { type Reading, readingOf } from '../../domain/selection/reading.ts'
import type { SelectionResult } from '../../domain/selection/result.ts'
import { select } from '../../domain/selection/select.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import { factsSha256, snapshotOf } from '../../domain/selection/snapshot-of.ts'
import { type Prefecture, prefectureOf } from '../../domain/survey/prefecture.ts'
import { canonicalJson } from '../../domain/text/canonical.ts'
import { type LotInForce, lotInForce, withSeed } from '../lot/in-force.ts'
import { publicFactsOfMaster } from '../public-facts.ts'
import { recent } from '../recent.ts'
import { type FrozenReader, frozenRoundReader } from '../rounds/frozen.ts'
import { type HeldSeats, heldSeats } from '../rounds/held-seats.ts'
import type { Trial, TriedOverride } from './trial.ts'

/** What the prefecture's work is done with: the stores, and the clock that the composition root injects. */
interface Office {
  stores: Stores
  now: () => Date
}

/** The selection as it would be on today's facts. */
export interface Draft {
  /** The selection with all that is looked up in it; the next two are its own. */
  reading: Reading
  snapshot: Snapshot
  result: SelectionResult
  factsSha256: string
  policyVersion: number
  /** As it is set. The snapshot's has the seats only that other rounds have left. */
  policy: Policy
  /** What its equal hospitals are ordered by. */
  lot: LotInForce
  /** Further questions that it does not fit: they have to be looked through before anything is confirmed. */
  unfitted: readonly string[]
  /** The further questions of this edition, those that have ended too. */
  further: readonly FurtherQuestion[]
  held: HeldSeats
  hospitals: readonly Hospital[]
  submissions: readonly Submission[]
  overrides: readonly Override[]
  moves: readonly RankMove[]
  /** As it would be selected by another policy: also of that the seats only that are left. */
  withPolicy: (policy: Policy) => Reading
  /** As it would be selected after other decisions of officers. */
  tried: (trial: Trial) => Reading
}

/**
 * @param round unless told the one that is being prepared: after the last confirmed one the next
 * @param reinstated hospitals whose decline is taken back
 */
export type ReadDraft = (round?: number, reinstated?: ReadonlySet<string>) => Draft

type Computed = Pick<Draft, 'reading' | 'factsSha256'>

/** The round that is prepared, and those that are done anew meanwhile. */
const MOST_DRAFTS = 4

/**
 * Reads the facts and computes the draft. As long as no fact changes it is the same draft, taken when the facts
 * were first seen as they are: the page, its two files and the confirmed round then agree to the byte.
 */
export function draftReader({ stores, now }: Office): ReadDraft {
  const last = recent<number, { stamp: string; draft: Draft }>(MOST_DRAFTS)
  const frozenOf = frozenRoundReader(stores)

  return (round = (stores.editions.newest().at(-1)?.number ?? 0) + 1, reinstated = new Set()) => {
    const stamp = `${stores.changeStamp()} ${[...reinstated].join()}`
    const known = last.get(round)
    if (known?.stamp === stamp) return known.draft
    const sources = { frozenOf, takenAt: now(), known: known?.draft ?? null, reinstated }
    const draft = readDraft(stores, round, sources)
    last.set(round, { stamp, draft })
    return draft
  }
}

/** @param wanted `1` of `?round=1`: a confirmed round as it would be selected today. Anything else is the one that is being prepared. */
export function draftOfQuery({ editions }: Stores, readDraft: ReadDraft, wanted: string): Draft {
  const round = editions.newest().find(({ number }) => String(number) === wanted)
  return round ? readDraft(round.number) : readDraft()
}

interface Sources {
  frozenOf: FrozenReader
  takenAt: Date
  known: Computed | null
  reinstated: ReadonlySet<string>
}

function readDraft(stores: Stores, round: number, { frozenOf, takenAt, known, reinstated }: Sources): Draft {
  const { version: policyVersion, policy } = stores.policies.current()
  const today = ofOperating(stores.hospitals.operating(), {
    submissions: stores.submissions.all(),
    overrides: stores.overrides.active(),
    moves: stores.rankMoves.active(round),
  })
  const place = prefectureOf(stores.settings.read().prefecture)
  const gmis = stores.gmis.all()
  const lot = lotInForce(stores, round)
  const publicFacts = publicFactsOfMaster(stores, today.hospitals)
  const heldWith = (overrides: readonly TriedOverride[]) =>
    heldSeats(stores, round, { ...today, overrides, reinstated }, frozenOf)
  const held = heldWith(today.overrides)
  const further = stores.questions.all()
  const snapshotWith = (trial: Trial, at: Date, asked = policy) => {
    const facts = { ...today, ...trial }
    const { taken, leftOut } = trial.overrides ? heldWith(trial.overrides) : held
    const otherRounds = new Map([...leftOut].map(([code, { kind }]) => [code, kind]))
    return snapshotOf({
      ...facts,
      gmis,
      publicFacts,
      policy: withSeed(withSeatsLeft(fittedPolicy(asked, further), taken), lot),
      questionTexts: questionTextsOf(further),
      round,
      takenAt: at,
      otherRounds,
    })
  }
  const computed = computedOf(snapshotWith({}, takenAt), place, known)
  const { reading } = computed
  const { snapshot, result } = reading
  return {
    ...computed,
    snapshot,
    result,
    policyVersion,
    policy,
    lot,
    further,
    unfitted: unfittedLabels(policy, further),
    held,
    ...today,
    withPolicy(other) {
      const tried = snapshotWith({}, new Date(snapshot.takenAt), other)
      const isSame = canonicalJson(tried.policy) === canonicalJson(snapshot.policy)
      return isSame ? reading : readingIn(place, tried)
    },
    tried: (trial) => readingIn(place, snapshotWith(trial, new Date(snapshot.takenAt))),
  }
}

/** What was answered of a hospital that has closed, and decided of it, counts nowhere while it is closed. */
function ofOperating(
  hospitals: Draft['hospitals'],
  { submissions, overrides, moves }: Pick<Draft, 'submissions' | 'overrides' | 'moves'>,
): Pick<Draft, 'hospitals' | 'submissions' | 'overrides' | 'moves'> {
  const operating = new Set<string | null>(hospitals.map(({ key }) => key))
  return {
    hospitals,
    submissions: submissions.filter(
      ({ hospitalCode }) => hospitalCode === null || operating.has(hospitalCode),
    ),
    overrides: overrides.filter(({ hospitalCode }) => operating.has(hospitalCode)),
    moves: moves.filter(({ hospitalCode }) => operating.has(hospitalCode)),
  }
}

function computedOf(snapshot: Snapshot, place: Prefecture, known: Computed | null): Computed {
  const sha256 = factsSha256(snapshot)
  // What it computed and no more: the draft before must not live on in the one after it.
  const isKnown = known?.factsSha256 === sha256 && known.reading.place.name === place.name
  return { reading: isKnown ? known.reading : readingIn(place, snapshot), factsSha256: sha256 }
}

function readingIn(place: Prefecture, snapshot: Snapshot): Reading {
  return readingOf(snapshot, select(snapshot), place)
}
