import { expect } from 'vitest'
import type { AmendedRow } from '../../../../src/domain/selection/amendment.ts'
import type { Claim } from './hospital-claims.ts'
import type { Facts } from './reason-facts.ts'

const FUNCTIONS = [
  ['emergency_center', '救命救急センター'],
  ['emergency', '救急告示病院'],
  ['disaster', '災害拠点病院'],
  ['regional_support', '地域医療支援病院'],
  ['advanced', '特定機能病院'],
  ['perinatal', '周産期母子医療センター'],
  ['remote', 'へき地医療拠点病院'],
  ['infectious', '感染症指定医療機関'],
] as const

/** What a hospital does, in the order of the master's functions, and whether it alone of its region takes emergencies. */
function doesIn(facts: Facts, { code, region }: AmendedRow): string {
  const takesEmergencies = ({ functions }: { functions: readonly string[] }) =>
    functions.includes('emergency') || functions.includes('emergency_center')
  const own = facts.candidate(code)
  const emergencies = facts.taken.candidates.filter(
    (each) => each.region === region && takesEmergencies(each),
  )
  const told = FUNCTIONS.filter(
    ([id]) =>
      own.functions.includes(id) && !(id === 'emergency' && own.functions.includes('emergency_center')),
  ).map(([, label]) => label)
  const isSole = emergencies.length === 1 && emergencies[0] === own
  return [...told, ...(isSole ? [`${region}医療圏で唯一の救急医療`] : [])].join('、')
}

const PLACE = '([^。]+)の区分で第(\\d+)位（(支援枠|追加の枠)(\\d+)）'
const BY_HAND = '(（順位は県の判断により変更）)?'

function isPlace(facts: Facts, { band, bandRank, code }: AmendedRow, parts: (string | undefined)[]): void {
  const [label, rank, name, seats, byHand] = parts
  expect([label, Number(rank), name, Number(seats)]).toEqual([
    ...[facts.label(band), bandRank, facts.seatsName(), facts.seats(band)],
  ])
  expect(byHand !== undefined).toBe(facts.taken.moves?.some((each) => each.code === code) ?? false)
}

const REST: readonly Claim<AmendedRow>[] = [
  [
    new RegExp(`^${PLACE}${BY_HAND}$`),
    (facts, row, parts) => {
      expect(row.basis).toBe('rank')
      isPlace(facts, row, parts)
    },
  ],
  [
    new RegExp(`^(.+)医療圏に(\\d+)病院以上を確保するため。${PLACE}${BY_HAND}$`),
    (facts, row, [region, floor, ...parts]) => {
      expect([row.basis, row.region, facts.policy.regionFloor]).toEqual([
        'region_floor',
        region,
        Number(floor),
      ])
      isPlace(facts, row, parts)
    },
  ],
  [
    new RegExp(`^${PLACE}のため、枠内に入りません${BY_HAND}$`),
    (facts, row, parts) => {
      isPlace(facts, row, parts)
      expect([row.decision, row.bandRank! > facts.seats(row.band)]).toEqual(['waitlisted', true])
    },
  ],
  [
    new RegExp(`^${PLACE}ですが、(.+)を優先したため、枠内に入りません${BY_HAND}$`),
    (facts, row, [label, rank, name, seats, others, byHand]) => {
      isPlace(facts, row, [label, rank, name, seats, byHand])
      const countOf = (basis: string) => facts.ofBand(row.band).filter((each) => each.basis === basis).length
      const counts = [
        ['県の指定', countOf('designated')],
        ['医療圏の確保枠', countOf('region_floor')],
      ] as const
      const told = counts.flatMap(([rule, count]) => (count > 0 ? [`${rule}（${count}病院）`] : []))
      expect([row.decision, others]).toEqual(['waitlisted', told.join('と') || 'ほかの病院'])
    },
  ],
  [
    /^(.+)の区分には、(支援枠|追加の枠)がありません(（順位は県の判断により変更）)?$/,
    (facts, row, [label, name]) =>
      expect([label, name, facts.seats(row.band)]).toEqual([facts.label(row.band), facts.seatsName(), 0]),
  ],
  [
    /^ほかの区分で余った枠を、全体の順位（第(\d+)位）により配分(（順位は県の判断により変更）)?$/,
    (_, row, [rank]) => expect([row.basis, row.rank]).toEqual(['redistributed', Number(rank)]),
  ],
  [
    /^(.+)の区分で補欠第(\d+)位。選定された病院の辞退に伴う繰上げ$/,
    (facts, row, [label, position]) =>
      expect([row.basis, label, facts.firstRow(row.code).waitlistPosition]).toEqual([
        ...['promoted', facts.label(row.band), Number(position)],
      ]),
  ],
  [
    /^(県の判断)$/,
    (facts, row, [reason]) =>
      expect([row.basis, facts.candidate(row.code).override?.reason]).toEqual(['designated', reason]),
  ],
  [
    /^(?:辞退の申出：(病院からの申出)|(初回選定で選定済み（繰上げの対象外）))$/,
    (facts, row, [declined, passedOver]) => {
      const own = facts.reading.amended.amendments.find(({ code }) => code === row.code)!
      expect([row.decision, own.reason, own.kind]).toEqual([
        ...['declined', declined ?? passedOver, declined ? undefined : 'passed-over'],
      ])
    },
  ],
  [
    /^(県の判断による除外：県の判断|ほかの回で選定済み|辞退済み|病床規模区分に該当しない（\d+床）|未回答|電子カルテを導入していない（予定もない）|電子カルテの導入が支援の実施に間に合わない（.+）|活用を検討中|活用を希望しない)$/,
    (_, row) => expect(row.decision).toBe('ineligible'),
  ],
  [
    /^過去に支援を受けている（(.+)）$/,
    (facts, row, [year]) =>
      expect([row.reason, facts.candidate(row.code).supportedIn]).toEqual(['already_supported', year]),
  ],
  [
    /^対象とならない回答を選んでいる（(.+)）$/,
    (facts, row, [given]) => {
      const { extra = {} } = facts.candidate(row.code).submission!
      const refused = (facts.policy.questions ?? []).flatMap((question) => {
        if (question.kind !== 'choice') return []
        const option = question.options.find(
          ({ id }) => Object.hasOwn(extra, question.id) && id === extra[question.id],
        )
        return option?.eligible === false ? [`${question.label}：${option.label}`] : []
      })
      expect([row.reason, given]).toEqual(['answer', refused.join('、')])
    },
  ],
]

/** 選定理由: what the hospital does comes first, then one of the known reasons, and it is so. */
export function ministryHolds(text: string, facts: Facts, row: AmendedRow): void {
  const does = doesIn(facts, row)
  const start = does === '' ? '' : `${does}。`
  expect(text.startsWith(start)).toBe(true)
  const rest = text.slice(start.length)
  const known = REST.flatMap(([pattern, check]) => {
    const match = pattern.exec(rest)
    return match ? [{ match, check }] : []
  })
  expect([rest, known.length]).toEqual([rest, 1])
  known[0]!.check(facts, row, known[0]!.match.slice(1))
}
