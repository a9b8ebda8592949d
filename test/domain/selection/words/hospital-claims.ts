import { expect } from 'vitest'
import type { AmendedRow } from '../../../../src/domain/selection/amendment.ts'
import { type Facts, pointsText } from './reason-facts.ts'

/** A sentence that may stand in a text, and what has to be so where it does. */
export type Claim<Row> = readonly [RegExp, (facts: Facts, row: Row, said: string[]) => void]

const TIED: Record<string, string> = {
  許可病床数の多い順: 'beds',
  回答の早い順: 'submittedAt',
  抽選: 'lottery',
  医療機関コードの順: 'code',
}
const SAME: Record<string, string> = { 許可病床数: 'beds', 回答の時刻: 'submittedAt', 抽選の結果: 'lottery' }

const isBasis =
  (...bases: (string | null)[]) =>
  (_: Facts, { basis }: AmendedRow) =>
    expect(bases).toContain(basis)
const isReason =
  (reason: string) =>
  (_: Facts, { reason: own }: AmendedRow) =>
    expect(own).toBe(reason)
const isWaiting = (_: Facts, { decision }: AmendedRow) => expect(decision).toBe('waitlisted')

/** Two of the band, one with a seat and one without, of which one is the hospital itself and which this key alone parts. */
function isTie(facts: Facts, row: AmendedRow, [same, key]: string[]): void {
  const ofBand = facts.ofBand(row.band)
  const own = ofBand.find(({ code }) => code === row.code)!
  const tied = ofBand.filter((other) => {
    const [upper, lower] = other.rank! < own.rank! ? [other, own] : [own, other]
    if (upper === lower) return false
    const isParted = facts.separation(upper, lower) === TIED[key!]
    return isParted && upper.decision === 'selected' && lower.decision === 'waitlisted'
  })
  expect(tied.length).toBeGreaterThan(0)
  const keys = ['score', ...facts.policy.tieBreak, 'code']
  const before = keys.slice(0, keys.indexOf(TIED[key!]!))
  expect(['score', ...same!.split('と').flatMap((each) => SAME[each] ?? [])]).toEqual(before)
}

export const HOSPITAL_CLAIMS: readonly Claim<AmendedRow>[] = [
  [
    /^(.+)の区分では、(支援枠|追加の枠)（(\d+)病院分）に対し、選定の対象となる病院が(\d+)病院ありました。/,
    (facts, { band }, [label, name, seats, eligible]) =>
      expect([label, name, Number(seats), Number(eligible)]).toEqual([
        ...[facts.label(band), facts.seatsName(), facts.seats(band), facts.ofBand(band).length],
      ]),
  ],
  [
    /^枠の数を超えないため、貴院を選定しました。/,
    (facts, { band, basis }) => {
      expect(basis).toBe('rank')
      expect(facts.ofBand(band).length).toBeLessThanOrEqual(facts.seats(band))
      expect(facts.ofBand(band).map(({ decision }) => decision)).not.toContain('waitlisted')
    },
  ],
  [/^選定基準に基づく順位により、貴院を選定しました。/, isBasis('rank')],
  [/^選定された病院の辞退に伴い、補欠の順位に従って、貴院を繰り上げて選定しました。/, isBasis('promoted')],
  [/^県の指定により、貴院を選定しました。/, isBasis('designated')],
  [
    /^(.+)医療圏に(\d+)病院以上を確保するための枠により、貴院を選定しました。/,
    (facts, row, [region, floor]) => {
      expect([row.basis, row.region, facts.policy.regionFloor]).toEqual([
        ...['region_floor', region, Number(floor)],
      ])
      expect(facts.isSelectedWithoutFloors(row.code)).toBe(false)
    },
  ],
  [
    /^ほかの病床規模区分で余った枠の配分により、貴院を選定しました。/,
    (facts, { basis }) => expect([basis, facts.policy.shortfall]).toEqual(['redistributed', 'redistribute']),
  ],
  [
    /^(.+)の区分には、(支援枠|追加の枠)がないため、貴院は補欠となりました。/,
    (facts, { band, decision }, [label, name]) =>
      expect([label, name, facts.seats(band), decision]).toEqual([
        ...[facts.label(band), facts.seatsName(), 0, 'waitlisted'],
      ]),
  ],
  [
    /^医療圏ごとに(\d+)病院以上を確保するための枠を優先したため、貴院は補欠となりました。/,
    (facts, row, [floor]) => {
      isWaiting(facts, row)
      expect(facts.policy.regionFloor).toBe(Number(floor))
      expect(facts.isSelectedWithoutFloors(row.code)).toBe(true)
    },
  ],
  [
    /^県の指定による病院を優先したため、貴院は補欠となりました。/,
    (facts, row) => {
      isWaiting(facts, row)
      expect(facts.isSelectedWithoutDesignated(facts.firstRow(row.code))).toBe(true)
    },
  ],
  [
    /^選定基準に基づく順位が枠の数に入らなかったため、貴院は補欠となりました。/,
    (facts, row) => {
      isWaiting(facts, row)
      expect(row.bandRank!).toBeGreaterThan(facts.seats(row.band))
    },
  ],
  [/^(点数.*)が同じ病院の間では、(.+?)により順位を決めています。/, isTie],
  [
    /^貴院が(?:選定される|補欠となる)かどうかは、抽選の結果により決まりました。/,
    (facts, { code }) => expect(facts.hangsOnLot(code)).toBe(true),
  ],
  [
    /^この区分の順位には、県の判断による変更があります。/,
    (facts, { band }) => {
      const inBand = (codes: string[]) => codes.filter((code) => facts.firstRow(code).band === band)
      expect(inBand(facts.natural())).not.toEqual(inBand(facts.ranked()))
    },
  ],
  [
    /^貴院からの御連絡により、選定を辞退されたものとして取り扱っています。/,
    (facts, { code }) =>
      expect(facts.reading.amended.amendments.find((each) => each.code === code)?.kind).toBeUndefined(),
  ],
  [
    /^貴院は、ほかの回で選定され、又は辞退されているため、この回の繰上げの対象としていません。/,
    (facts, { code }) =>
      expect(facts.reading.amended.amendments.find((each) => each.code === code)?.kind).toBe('passed-over'),
  ],
  [
    /^貴院は、ほかの回で既に選定されているため、今回の選定の対象としていません。/,
    isReason('already_selected'),
  ],
  [
    /^貴院は、支援対象病院の選定を辞退されているため、今回の選定の対象としていません。/,
    isReason('already_declined'),
  ],
  [
    /^貴院は、(.+)に支援を受けているため、選定基準により、今回の選定の対象としていません。/,
    (facts, row, [year]) => {
      isReason('already_supported')(facts, row)
      expect(facts.candidate(row.code).supportedIn).toBe(year)
    },
  ],
  [
    /^選定の時点で、貴院からの御回答がなかったため、選定の対象となりませんでした。/,
    isReason('no_submission'),
  ],
  [
    /^許可病床数（(\d+)床）が、支援の対象となる病床規模に該当しないため、選定の対象となりません。/,
    (facts, { code, band }, [beds]) =>
      expect([facts.candidate(code).beds, band]).toEqual([Number(beds), null]),
  ],
  [/^県の判断により、貴院を今回の選定の対象としていません。/, isReason('excluded')],
  [
    /^本事業は、電子カルテシステムを導入している病院（支援を受けるまでに導入する病院を含みます。）を対象としているため、選定の対象となりません。導入していない旨の御回答も、県内の導入状況を把握するために活用させていただきます。/,
    (facts, { code }) => expect(facts.candidate(code).submission?.emr).toBe('none'),
  ],
  [
    /^電子カルテシステムの導入予定年月が分からないため、選定の対象となりません。/,
    (facts, { code }) =>
      expect(facts.candidate(code).submission).toMatchObject({ emr: 'planned', emrPlannedMonth: null }),
  ],
  [
    /^電子カルテシステムの導入予定年月（令和(\d+)年(\d+)月）が、支援が行われる期間（令和7年3月まで）の後となるため、選定の対象となりません。/,
    (facts, { code }, [year, month]) => {
      const planned = `${2018 + Number(year)}-${month!.padStart(2, '0')}`
      expect(facts.candidate(code).submission?.emrPlannedMonth).toBe(planned)
      expect([planned > '2025-03', facts.policy.supportPeriodEnd]).toEqual([true, '2025-03'])
    },
  ],
  [
    /^本事業の活用を「検討中」と御回答いただいているため、選定の対象となりません。/,
    (facts, { code }) => expect(facts.candidate(code).submission?.intent).toBe('undecided'),
  ],
  [
    /^本事業の活用を「希望しない」と御回答いただいているため、選定の対象となりません。/,
    (facts, { code }) => expect(facts.candidate(code).submission?.intent).toBe('none'),
  ],
  [
    /^((?:「[^」]+」に「[^」]+」、?)+)と御回答いただいているため、選定の対象となりません。/,
    (facts, { code }, [answers]) => {
      const extra = facts.candidate(code).submission?.extra ?? {}
      for (const [, label, option] of answers!.matchAll(/「([^」]+)」に「([^」]+)」/g)) {
        const question = facts.policy.questions!.find((each) => each.label === label)!
        const chosen =
          question.kind === 'choice' && question.options.find(({ id }) => id === extra[question.id])
        expect(chosen).toMatchObject({ label: option, eligible: false })
      }
    },
  ],
]

/** Of the points of a band what is said to a hospital of it, and to an officer. */
export function cutAsStated(facts: Facts, band: string): { cut: string | null; apart: string } {
  const selected = facts.selectedNow(band)
  const isRule = (basis: string) => selected.some((each) => each.basis === basis)
  const isByPoints = ({ code, basis }: AmendedRow) =>
    basis !== 'designated' && basis !== 'region_floor' && !facts.isMoved(code)
  const lowest = Math.min(...selected.filter(isByPoints).map(({ score }) => score))
  const rules = [
    ...(isRule('designated') ? ['県の指定'] : []),
    ...(isRule('region_floor') ? ['医療圏ごとの確保枠'] : []),
  ]
  const isMoved = selected.some(
    ({ code, basis }) => basis !== 'designated' && basis !== 'region_floor' && facts.isMoved(code),
  )
  const apart = [
    ...(rules.length > 0 ? [`${rules.join('又は')}により選定された病院`] : []),
    ...(isMoved ? ['県の判断により順位を変更した病院'] : []),
  ].join('及び')
  return { cut: lowest === Infinity ? null : pointsText(lowest), apart }
}

const OWN = '貴院の点数は(\\d+\\.\\d{2})点'
const AMONG = '同じ病床規模区分（(.+?)）で選定された病院'

const isOwn = (facts: Facts, { band, score }: AmendedRow, own: string, label: string) =>
  expect([own, label]).toEqual([pointsText(score), facts.label(band)])

export const POINTS_CLAIMS: readonly Claim<AmendedRow>[] = [
  [
    new RegExp(`^${OWN}、${AMONG}の最も低い点数(?:（(.+?)を除く）)?は(\\d+\\.\\d{2})点でした。`),
    (facts, row, [own, label, apart = '', cut]) => {
      isOwn(facts, row, own!, label!)
      expect({ cut, apart }).toEqual(cutAsStated(facts, row.band!))
    },
  ],
  [
    new RegExp(`^${OWN}でした。${AMONG}は、いずれも(.+)です。`),
    (facts, row, [own, label, apart]) => {
      isOwn(facts, row, own!, label!)
      expect({ cut: null, apart }).toEqual(cutAsStated(facts, row.band!))
    },
  ],
  [
    new RegExp(`^${OWN}でした。${AMONG}はありません。`),
    (facts, row, [own, label]) => {
      isOwn(facts, row, own!, label!)
      expect(facts.selectedNow(row.band)).toEqual([])
    },
  ],
  [
    /^貴院については、県の判断により順位を変更しています。/,
    (facts, { code }) => expect(facts.isMoved(code)).toBe(true),
  ],
  [/^(点数.*)が同じ病院の間では、(.+?)により順位を決めています。/, isTieNow],
]

/** With the one that has the fewest points of the selected, as the round stands. */
function isTieNow(facts: Facts, row: AmendedRow, [, key]: string[]): void {
  const own = facts.firstRow(row.code)
  const { cut } = cutAsStated(facts, row.band!)
  expect(pointsText(row.score)).toBe(cut)
  const parted = facts.selectedNow(row.band).map(({ code }) => facts.separation(facts.firstRow(code), own))
  expect(parted).toContain(TIED[key!])
}

/** Takes a text apart, sentence by sentence: each has to be one that is known, and so. */
export function holds<Row>(text: string, claims: readonly Claim<Row>[], facts: Facts, row: Row): void {
  let rest = text
  while (rest !== '') {
    const known = claims.flatMap(([pattern, check]) => {
      const match = pattern.exec(rest)
      return match ? [{ match, check }] : []
    })
    expect([rest, known.length]).toEqual([rest, 1])
    const [{ match, check }] = known as [(typeof known)[number]]
    try {
      check(facts, row, match.slice(1))
    } catch (error) {
      throw new Error(`not so: ${match[0]}`, { cause: error })
    }
    rest = rest.slice(match[0].length)
  }
}
