import { createHash } from 'node:crypto'
import type { Answer, Hospital, Input, Option, Question, Rules } from './form.ts'
import { CRITERIA } from './standing.ts'

/**
 * Snapshots that are hard to decide: few hospitals beside few seats, the same beds and answers again and again, values at and
 * around the limits, texts that UTF-16 and code points order differently. The same seed gives the same.
 */

type Draw = ReturnType<typeof drawing>

/** A stream of numbers out of SHA-256: seed, block, four bytes each. */
function drawing(seed: string) {
  let [block, bytes] = [0, Buffer.alloc(0)]
  const below = (limit: number): number => {
    if (bytes.length < 4) {
      bytes = createHash('sha256').update(`${seed}/${block}`).digest()
      block += 1
    }
    const value = bytes.readUInt32BE()
    bytes = bytes.subarray(4)
    return value % limit
  }
  const one = <Item>(items: readonly Item[]): Item => items[below(items.length)]!
  const chance = (percent: number) => below(100) < percent
  const between = (low: number, high: number) => low + below(high - low + 1)
  return { below, one, chance, between }
}

const REGIONS = ['鹿児島', '熊毛', '𠮷野', '﨑津', '奄美', 'あ']
const FUNCTIONS = [
  'emergency_center',
  'emergency',
  'disaster',
  'regional_support',
  'advanced',
  'perinatal',
  'remote',
  'infectious',
]
/** Months around the end of the period. */
const MONTHS = ['2025-02', '2025-03', '2025-04', null]
const LIMIT = 999_999_999

export function generated(seed: string): Input {
  const draw = drawing(seed)
  const policy = rules(draw)
  const regions = REGIONS.slice(0, draw.between(1, REGIONS.length))
  const size = draw.chance(8) ? draw.between(15, 45) : draw.between(0, 13)
  const bedsAtHand = Array.from({ length: draw.between(1, 5) }, () => bedsOf(draw, policy))
  const isSecond = draw.chance(40)
  const candidates = Array.from({ length: size }, (_, index) =>
    hospital(draw, {
      policy,
      code: codeOf(draw, index),
      region: draw.one(regions),
      beds: draw.one(bedsAtHand),
      isSecond,
    }),
  )
  const moved = draw.chance(20) ? candidates.filter(() => draw.chance(25)) : []
  return {
    format: 'kakuho.snapshot/1',
    round: isSecond ? 2 : 1,
    takenAt: '2024-03-19T00:00:00.000Z',
    policy,
    candidates,
    ...((moved.length > 0 || draw.chance(3)) && {
      moves: moved.map(({ code }) => ({
        code,
        position: draw.one([1, 2, 3, draw.between(1, 20), 9999]),
        reason: '協議による',
      })),
    }),
  }
}

function rules(draw: Draw): Rules {
  const edges = [1, 20, 100, 200, 300, 500].filter(() => draw.chance(60))
  const from = edges.length > 0 ? edges : [20]
  const questions = draw.chance(60)
    ? Array.from({ length: draw.one([1, 1, 2, 3, 4, 17]) }, (_, index) => question(draw, index))
    : []
  const keys = (['beds', 'submittedAt', 'lottery'] as const).filter(() => draw.chance(70))
  return {
    supportPeriodEnd: '2025-03',
    bands: from.map((min, index) => {
      const next = from[index + 1]
      const max =
        next === undefined
          ? draw.chance(70)
            ? null
            : min + 90
          : next - (draw.chance(80) ? 1 : Math.min(5, next - min))
      return { id: `${min}-`, min, max, seats: draw.one([0, 1, 1, 2, 3, draw.between(0, 9)]) }
    }),
    regionFloor: draw.one([0, 1, 1, 2, 3]),
    shortfall: draw.one(['leave', 'redistribute']),
    unknownValue: draw.one([0, 50, 100, draw.between(0, 100)]),
    criteria: Object.fromEntries(
      CRITERIA.filter(() => draw.chance(draw.one([10, 60]))).map((id) => [
        id,
        draw.one([0, 1, 5, 5, 10, 1000]),
      ]),
    ),
    tieBreak: draw.chance(50) ? keys : keys.toReversed(),
    lotterySeed: draw.one(['', '令和6年3月19日', 'receipts:00', '"\\']),
    ...(draw.chance(30) ? { earlierSupport: draw.one(['exclude', 'exclude', 'ignore'] as const) } : {}),
    ...((questions.length > 0 || draw.chance(3)) && { questions }),
  }
}

function question(draw: Draw, index: number): Question {
  const basics = {
    // One is called as what every object has.
    id: index === 0 && draw.chance(5) ? 'constructor' : `${draw.one(['q', 'links', 'a_b', 'z9'])}${index}`,
    label: `設問${index}`,
    points: draw.one([0, 1, 5, 5, 20, 1000]),
  }
  if (draw.chance(50)) {
    const zeroAt = draw.one([0, 1, 20, LIMIT, draw.below(40)])
    const fullAt = draw.one([0, 2, 3, 20, LIMIT, draw.below(40)])
    return {
      ...basics,
      kind: 'number',
      zeroAt,
      fullAt: fullAt === zeroAt ? zeroAt + (zeroAt === LIMIT ? -1 : 1) : fullAt,
    }
  }
  const options = Array.from(
    { length: draw.between(1, 4) },
    (_, option): Option => ({
      id: `o${option}`,
      label: `選択肢${option}`,
      value: draw.one([0, 50, 100, draw.between(0, 100)]),
      ...(draw.chance(20) && { eligible: draw.chance(20) }),
    }),
  )
  return { ...basics, kind: 'choice', options }
}

function bedsOf(draw: Draw, { bands }: Rules): number {
  const { min, max } = draw.one(bands)
  return draw.one([0, min, max ?? min + 1, Math.max(0, min - 1), (max ?? min) + 1, min + draw.below(30)])
}

/** Mostly plain; some that only code points put in their right order. */
function codeOf(draw: Draw, index: number): string {
  return `${draw.one(['46', '46', '46', '﨑', '𠮷', 'a'])}${index}`
}

interface Facts {
  policy: Rules
  code: string
  region: string
  beds: number
  isSecond: boolean
}

function hospital(draw: Draw, { policy, code, region, beds, isSecond }: Facts): Hospital {
  const submission = draw.chance(88) ? answer(draw, policy) : null
  const fact = () => draw.one([true, false, null])
  const override = draw.chance(12)
    ? { kind: draw.one(['designate', 'exclude'] as const), reason: '県の判断' }
    : null
  return {
    code,
    name: `${region}病院`,
    region,
    beds,
    functions: FUNCTIONS.filter(() => draw.chance(draw.one([5, 25]))),
    inspection: draw.one(['insufficient', 'good', 'unknown']),
    submission,
    gmis:
      submission?.gmisConsent && draw.chance(60)
        ? { offlineBackup: fact(), bcp: fact(), networkControl: fact() }
        : null,
    override,
    ...(isSecond && draw.chance(30) && { otherRound: draw.one(['selected', 'declined', null]) }),
    ...(draw.chance(20) && { supportedIn: draw.one(['令和6年度', '令和5年度', null]) }),
    ...(draw.chance(35) && {
      publicFacts: draw.chance(90)
        ? {
            offlineBackup: fact(),
            bcp: fact(),
            networkControl: fact(),
            source: '施設基準の届出',
            asOf: '2025-10-01',
          }
        : draw.one([null, {}]),
    }),
  }
}

function answer(draw: Draw, { questions }: Rules): Answer {
  const emr = draw.one(['full', 'full', 'partial', 'planned', 'none'] as const)
  const extra = (questions ?? []).flatMap((each): [string, string | number | null][] => {
    if (draw.chance(20)) return draw.chance(10) ? [[each.id, null]] : []
    if (each.kind === 'choice') return [[each.id, draw.one(each.options).id]]
    const { zeroAt, fullAt } = each
    const near = [
      zeroAt - 1,
      zeroAt,
      zeroAt + 1,
      fullAt - 1,
      fullAt,
      fullAt + 1,
      Math.floor((zeroAt + fullAt) / 2),
      draw.below(50),
    ]
    return [[each.id, Math.min(LIMIT, Math.max(0, draw.one(near)))]]
  })
  return {
    emr,
    emrPlannedMonth: emr === 'planned' ? draw.one(MONTHS) : null,
    intent: draw.one(['both', 'both', 'network', 'backup', 'undecided', 'none']),
    gmisConsent: draw.chance(60),
    submittedAt: `2024-03-1${draw.below(3)}T0${draw.below(2)}:00:00.000Z`,
    ...((extra.length > 0 || draw.chance(5)) && {
      extra: extra.length > 0 || draw.chance(50) ? Object.fromEntries(extra) : null,
    }),
  }
}
