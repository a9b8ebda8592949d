import { EMR_IDS, INTENT_IDS } from '../src/domain/answer/choices.ts'
import { HOSPITAL_FUNCTION_IDS, INSPECTION_IDS } from '../src/domain/master/hospital.ts'
import { DEFAULT_POLICY, type SnapshotPolicy } from '../src/domain/selection/policy.ts'
import type { SnapshotQuestion } from '../src/domain/selection/questions.ts'
import type { Candidate, Snapshot } from '../src/domain/selection/snapshot.ts'

/** How many hospitals in how many regions, and the seats of the six bands. */
export interface Size {
  hospitals: number
  regions: number
  seats: readonly [number, number, number, number, number, number]
}

/** A prefecture like 鹿児島県, and the whole country. */
export const PREFECTURE: Size = { hospitals: 230, regions: 9, seats: [23, 19, 4, 2, 1, 1] }
export const COUNTRY: Size = { hospitals: 8200, regions: 330, seats: [920, 760, 160, 80, 40, 40] }

/**
 * Fictional hospitals, the same on every machine. Nearly all apply, so that seats are scarce; the functions
 * gather in the first regions, as they do in a capital, so that the floors have work to do.
 */
export function generatedSnapshot(size: Size, changes: Partial<SnapshotPolicy> = {}): Snapshot {
  const random = generator(size.hospitals)
  return {
    format: 'kakuho.snapshot/1',
    round: 1,
    takenAt: '2024-03-19T00:00:00.000Z',
    policy: {
      ...DEFAULT_POLICY,
      bands: DEFAULT_POLICY.bands.map((band, index) => ({ ...band, seats: size.seats[index]! })),
      ...changes,
    },
    candidates: Array.from({ length: size.hospitals }, (_, index) => candidateOf(index, size, random)),
  }
}

/** Four further questions, as the next edition of the programme may ask them: two numbers, two choices. */
const QUESTIONS: SnapshotQuestion[] = [
  { id: 'links', label: '外部接続点の数', kind: 'number', points: 20, zeroAt: 0, fullAt: 20 },
  { id: 'vendors', label: '接続する事業者の数', kind: 'number', points: 10, zeroAt: 1, fullAt: 9 },
  choice('map', 'ネットワーク構成図の有無', [0, 100, 0]),
  choice('pay', '費用の一部を負担する意向', [100, 40, 0]),
]

/** The same hospitals in an edition that asks further questions and knows public facts. */
export function editionSnapshot(size: Size): Snapshot {
  const taken = generatedSnapshot(size, { earlierSupport: 'exclude', questions: QUESTIONS })
  const random = generator(size.regions)
  return {
    ...taken,
    candidates: taken.candidates.map(
      (each): Candidate => ({
        ...each,
        submission: each.submission && { ...each.submission, extra: extraOf(random) },
        ...(random(10) === 0 && { publicFacts: FILED }),
        ...(random(20) === 0 && { supportedIn: '令和6年度' }),
      }),
    ),
  }
}

const FILED = {
  offlineBackup: true,
  bcp: true,
  networkControl: null,
  source: '施設基準の届出（診療録管理体制加算1）',
  asOf: '2025-10-01',
}

function extraOf(random: Random): Record<string, string | number> {
  const options = ['a', 'b', 'c'] as const
  return { links: random(25), vendors: random(12), map: options[random(3)]!, pay: options[random(3)]! }
}

function choice(id: string, label: string, values: readonly [number, number, number]): SnapshotQuestion {
  const options = values.map((value, index) => ({ id: 'abc'[index]!, label: `選択肢${index + 1}`, value }))
  return { id, label, kind: 'choice', points: 10, options }
}

/** A whole number from 0 to below the bound. */
type Random = (bound: number) => number

function candidateOf(index: number, size: Size, random: Random): Candidate {
  // The smaller of two draws: low regions are large, and few hospitals are.
  const region = Math.min(random(size.regions), random(size.regions))
  const central = region < size.regions / 5
  const submission = random(10) === 0 ? null : submissionOf(random)
  return {
    code: String(4_610_000_000 + index * 7),
    name: `試験第${index}病院`,
    region: `第${region}医療圏`,
    beds: 20 + Math.min(random(580), random(580), random(580)),
    functions: HOSPITAL_FUNCTION_IDS.filter(() => random(central ? 4 : 12) === 0),
    inspection: INSPECTION_IDS[random(3)]!,
    submission,
    gmis: submission?.gmisConsent ? gmisOf(random) : null,
    override: random(200) === 0 ? { kind: 'designate', reason: '県が必要と認めたため' } : null,
  }
}

function submissionOf(random: Random): Candidate['submission'] {
  const emr = EMR_IDS[Math.min(random(4), random(4))]!
  return {
    emr,
    emrPlannedMonth: emr === 'planned' ? `2025-0${1 + random(6)}` : null,
    intent: INTENT_IDS[Math.min(random(5), random(5))]!,
    gmisConsent: random(10) < 6,
    submittedAt: new Date(Date.UTC(2024, 2, 8) + random(10 * 24 * 60) * 60_000).toISOString(),
  }
}

function gmisOf(random: Random): Candidate['gmis'] {
  const answer = () => [true, false, null][random(3)]!
  return { offlineBackup: answer(), bcp: answer(), networkControl: answer() }
}

/** Numerical Recipes' linear congruential generator; its low bits are poor, so the high ones are used. */
function generator(seed: number): Random {
  let state = seed >>> 0
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}
