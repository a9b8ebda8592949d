import fc from 'fast-check'
import { EMR_IDS, INTENT_IDS } from '../../../src/domain/answer/choices.ts'
import { HOSPITAL_FUNCTION_IDS, INSPECTION_IDS } from '../../../src/domain/master/hospital.ts'
import {
  CRITERION_IDS,
  type Policy,
  SHORTFALL_IDS,
  type SnapshotPolicy,
  TIE_BREAK_IDS,
} from '../../../src/domain/selection/policy.ts'
import type { SnapshotQuestion } from '../../../src/domain/selection/questions.ts'
import type { Candidate, Snapshot } from '../../../src/domain/selection/snapshot.ts'
import { candidate, snapshot } from './builders.ts'

const otherRounds = fc.constantFrom('selected' as const, 'selected' as const, 'declined' as const)

interface Extent {
  hospitals: number
  regions: number
  bands: number
  seats: number
  floor: number
}

/** A few hospitals that compete for fewer seats: small enough to try every selection there is. */
export const SMALL: Extent = { hospitals: 9, regions: 4, bands: 3, seats: 2, floor: 2 }
export const MEDIUM: Extent = { hospitals: 60, regions: 12, bands: 5, seats: 6, floor: 4 }

export function snapshots(extent: Extent, policy: Partial<SnapshotPolicy> = {}): fc.Arbitrary<Snapshot> {
  return fc.record({
    format: fc.constant('kakuho.snapshot/1' as const),
    round: fc.integer({ min: 1, max: 3 }),
    takenAt: fc.constant('2024-03-19T00:00:00.000Z'),
    policy: policies(extent).map((drawn) => ({ ...drawn, ...policy })),
    candidates: candidates(extent),
  })
}

const questionIds = fc.constantFrom('links', 'map', 'vendor', 'pay', 'a', 'z9_', 'constructor', 'q')
const optionIds = fc.constantFrom('yes', 'no', 'never', '__proto__', '﨑', '𠮷')
const pointsOfQuestion = fc.constantFrom(0, 1, 7, 20, 1000)

const numberQuestions = fc
  .record({
    id: questionIds,
    kind: fc.constant('number' as const),
    points: pointsOfQuestion,
    zeroAt: fc.constantFrom(0, 1, 20, 999_999_999),
    fullAt: fc.constantFrom(0, 3, 20, 21, 999_999_998),
  })
  .filter(({ zeroAt, fullAt }) => zeroAt !== fullAt)
  .map((question) => ({ ...question, label: `質問${question.id}` }))

const choiceQuestions = fc
  .record({
    id: questionIds,
    kind: fc.constant('choice' as const),
    points: pointsOfQuestion,
    options: fc.uniqueArray(
      fc
        .record({
          id: optionIds,
          value: fc.constantFrom(0, 1, 50, 99, 100),
          eligible: fc.constantFrom(null, null, true, false),
        })
        .map(({ id, value, eligible }) => ({
          id,
          label: `選択肢${id}`,
          value,
          ...(eligible !== null && { eligible }),
        })),
      { selector: ({ id }) => id, minLength: 1, maxLength: 4 },
    ),
  })
  .map((question) => ({ ...question, label: `質問${question.id}` }))

/** Snapshots of an edition that asks further questions, knows public facts and earlier support. */
export function editions(extent: Extent, policy: Partial<SnapshotPolicy> = {}): fc.Arbitrary<Snapshot> {
  return fc
    .record({
      taken: snapshots(extent, policy),
      earlierSupport: fc.constantFrom('exclude' as const, undefined),
      questions: fc.uniqueArray(fc.oneof(numberQuestions, choiceQuestions), {
        selector: ({ id }) => id,
        maxLength: 4,
      }),
    })
    .chain(({ taken, earlierSupport, questions }) =>
      fc
        .tuple(
          ...taken.candidates.map((each) =>
            fc.record({
              publicFacts: fc.option(publicFacts),
              supportedIn: mostly(fc.constant(null), fc.constant('令和6年度')),
              extra: each.submission ? extras(questions) : fc.constant({}),
            }),
          ),
        )
        .map((further) => ({
          ...taken,
          policy: {
            ...taken.policy,
            ...(earlierSupport && { earlierSupport }),
            ...(questions.length > 0 && { questions }),
          },
          candidates: taken.candidates.map((each, index): Candidate => {
            const { publicFacts: facts, supportedIn, extra } = further[index]!
            return {
              ...each,
              submission: each.submission && {
                ...each.submission,
                ...(Object.keys(extra).length > 0 && { extra }),
              },
              ...(facts && { publicFacts: facts }),
              ...(supportedIn && { supportedIn }),
            }
          }),
        })),
    )
}

function extras(questions: readonly SnapshotQuestion[]): fc.Arbitrary<Record<string, string | number>> {
  return fc
    .tuple(
      ...questions.map((question) =>
        fc.option<string | number>(
          question.kind === 'number'
            ? fc.constantFrom(0, 1, 2, 3, 10, 19, 20, 21, 500_000_000, 999_999_999)
            : fc.constantFrom(...question.options.map(({ id }) => id)),
        ),
      ),
    )
    .map((answers) =>
      Object.fromEntries(
        questions.flatMap(({ id }, index) => {
          const answer = answers[index] ?? null
          return answer === null ? [] : [[id, answer]]
        }),
      ),
    )
}

/**
 * Ranked by code alone, so that nothing but seats and floors decides: nine hospitals want some four seats, and most
 * draws have a region that rank alone would leave out. Some have hospitals that hold a seat of another round, or have
 * declined one.
 */
export const contests: fc.Arbitrary<Snapshot> = fc
  .record({
    hospitals: fc.array(fc.record({ band: fc.nat(2), region: fc.nat(3), lot: fc.nat(9) }), {
      minLength: 5,
      maxLength: 9,
      size: 'max',
    }),
    others: fc.array(fc.record({ region: fc.nat(3), otherRound: otherRounds }), { maxLength: 4 }),
    seats: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)),
    regionFloor: fc.constantFrom(1, 1, 2),
    shortfall: fc.constantFrom(...SHORTFALL_IDS),
  })
  .map(({ hospitals, others, seats, regionFloor, shortfall }) =>
    snapshot(
      [
        ...hospitals.map(({ band, region, lot }, index) =>
          candidate(String(index), {
            beds: band * 100 + 50,
            region: `第${region}医療圏`,
            override: lot === 0 ? { kind: 'designate', reason: '県の判断' } : null,
          }),
        ),
        ...others.map(({ region, otherRound }, index) =>
          candidate(`9${index}`, { region: `第${region}医療圏`, otherRound }),
        ),
      ],
      { regionFloor, shortfall, criteria: {}, tieBreak: [], bands: bandsOf(seats) },
    ),
  )

function bandsOf(seats: readonly number[]): Policy['bands'] {
  return seats.map((free, at) => ({ id: `b${at}`, min: at * 100 + 1, max: at * 100 + 100, seats: free }))
}

function policies({ bands, seats, floor }: Extent): fc.Arbitrary<Omit<Policy, 'questions'>> {
  const points = fc.constantFrom(0, 0, 1, 7, 1000)
  return fc.record({
    supportPeriodEnd: fc.constant('2025-03'),
    bands: fc
      .array(fc.integer({ min: 0, max: seats }), { minLength: bands - 1, maxLength: bands })
      .map(bandsOf),
    regionFloor: fc.integer({ min: 0, max: floor }),
    shortfall: fc.constantFrom(...SHORTFALL_IDS),
    unknownValue: fc.integer({ min: 0, max: 100 }),
    criteria: fc.dictionary(fc.constantFrom(...CRITERION_IDS), points, { maxKeys: 6 }),
    tieBreak: fc.shuffledSubarray([...TIE_BREAK_IDS]),
    lotterySeed: fc.string({ maxLength: 3 }),
  })
}

function candidates(extent: Extent): fc.Arbitrary<Candidate[]> {
  const unit = fc.constantFrom('1', '9', '﨑', '𠮷')
  const codes = fc.uniqueArray(fc.string({ unit, minLength: 1, maxLength: 4 }), {
    minLength: Math.ceil(extent.hospitals / 2),
    maxLength: extent.hospitals,
    size: 'max',
  })
  return codes.chain((all) => fc.tuple(...all.map((code) => candidateOf(code, extent))))
}

function candidateOf(code: string, extent: Extent): fc.Arbitrary<Candidate> {
  return fc
    .record({
      code: fc.constant(code),
      name: fc.constant(`試験${code}病院`),
      region: fc.integer({ min: 1, max: extent.regions }).map((at) => `第${at}医療圏`),
      // 0 lies before the first band; a band may be missing at the end.
      beds: mostly(fc.integer({ min: 1, max: extent.bands * 100 - 50 }), fc.constant(0)),
      functions: fc.subarray([...HOSPITAL_FUNCTION_IDS], { maxLength: 3 }),
      inspection: fc.constantFrom(...INSPECTION_IDS),
      submission: mostly(submissions, fc.constant(null)),
      gmis: fc.option(fc.record({ offlineBackup: fact, bcp: fact, networkControl: fact })),
      override: mostly(fc.constant(null), overrides),
      otherRound: mostly(fc.constant(null), otherRounds),
    })
    .map(({ otherRound, ...drawn }) => ({
      ...drawn,
      gmis: drawn.submission?.gmisConsent ? drawn.gmis : null,
      ...(otherRound && { otherRound }),
    }))
}

/** The usual, and one time in twelve the other. */
function mostly<Usual, Other>(usual: fc.Arbitrary<Usual>, other: fc.Arbitrary<Other>) {
  return fc.oneof({ weight: 11, arbitrary: usual }, { weight: 1, arbitrary: other })
}

const fact = fc.constantFrom(true, false, null)

const publicFacts = fc.record({
  offlineBackup: fact,
  bcp: fact,
  networkControl: fact,
  source: fc.constant('施設基準の届出（診療録管理体制加算1）'),
  asOf: fc.constant('2025-10-01'),
})

const overrides = fc.record({
  kind: fc.constantFrom('designate' as const, 'designate' as const, 'exclude' as const),
  reason: fc.constant('県の判断'),
})

const submissions: fc.Arbitrary<NonNullable<Candidate['submission']>> = fc
  .record({
    emr: mostly(fc.constantFrom('full', 'partial'), fc.constantFrom(...EMR_IDS)),
    emrPlannedMonth: fc.constantFrom('2024-09', '2025-03', '2025-04', null),
    intent: mostly(fc.constantFrom('both', 'network', 'backup'), fc.constantFrom(...INTENT_IDS)),
    gmisConsent: fc.boolean(),
    submittedAt: fc.constantFrom(
      '2024-03-11T02:00:00.000Z',
      '2024-03-12T02:00:00.000Z',
      '2024-03-13T02:00:00Z',
    ),
  })
  .map((drawn) => ({ ...drawn, emrPlannedMonth: drawn.emr === 'planned' ? drawn.emrPlannedMonth : null }))
