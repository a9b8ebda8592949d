import { expect } from 'vitest'
import type { AmendedRow } from '../../../../src/domain/selection/amendment.ts'
import type { HospitalResult } from '../../../../src/domain/selection/result.ts'
import { type Claim, cutAsStated } from './hospital-claims.ts'
import { type Facts, pointsText } from './reason-facts.ts'

const CRITERIA: Record<string, string> = {
  救急医療: 'emergency',
  災害医療: 'disaster',
  '地域医療支援・特定機能': 'regionalSupport',
  周産期医療: 'perinatal',
  へき地医療: 'remote',
  感染症医療: 'infectious',
  医療圏内の病床割合: 'regionShare',
  医療圏で唯一の救急: 'soleEmergency',
  立入検査の結果: 'inspection',
  'オフライン・バックアップの未整備': 'offlineBackup',
  サイバー攻撃を想定したBCPの未策定: 'bcp',
  外部接続点の管理の不足: 'networkControl',
  電子カルテの導入状況: 'emr',
  活用意向: 'scope',
  GMIS調査回答の活用への同意: 'gmisConsent',
}
const KEYS: Record<string, string> = {
  許可病床数: 'beds',
  回答の早さ: 'submittedAt',
  抽選: 'lottery',
  医療機関コードの順: 'code',
}
const PLACE = '(.+?)の区分で第(\\d+)位（(支援枠|追加の枠)(\\d+)）'
/** 試験1病院（第1位） or 試験1病院（20～99床 第1位） */
const PEER = /^(.+病院)（(?:(.+) )?第(\d+)位）$/

type Row = HospitalResult
type Part = string | undefined

function isPlace(facts: Facts, { band, bandRank }: AmendedRow | Row, parts: readonly Part[]): void {
  const [label, rank, name, seats] = parts
  expect([label, Number(rank), name, Number(seats)]).toEqual([
    ...[facts.label(band), bandRank, facts.seatsName(), facts.seats(band)],
  ])
}

const placed =
  (basis: Row['basis'], check: (facts: Facts, row: Row, rest: string[]) => void = () => {}): Claim<Row>[1] =>
  (facts, row, parts) => {
    isPlace(facts, row, parts)
    expect(row.basis).toBe(basis)
    check(facts, row, parts.slice(4))
  }

const waits = (row: Row, position: Part) =>
  expect([row.decision, row.waitlistPosition]).toEqual(['waitlisted', Number(position)])

/** Whom a name with its place stands for. */
function peerOf(facts: Facts, own: Row, text: Part): Row {
  const [, name, label, rank] = PEER.exec(text!)!
  const peer = facts.byName(name!)
  expect([peer.bandRank, label]).toEqual([
    Number(rank),
    peer.band === own.band ? undefined : facts.label(peer.band),
  ])
  return peer
}

function peersOf(facts: Facts, own: Row, text: Part): Row[] {
  return text!.split('、').map((each) => peerOf(facts, own, each.replace(/^.*医療圏の(?=試験)/, '')))
}

/** What is said of the difference of two, the upper one first. */
function isDifference(facts: Facts, [upper, lower]: [Row, Row], text: Part): void {
  const by = facts.separation(upper, lower)
  if (by === 'moved') expect(text).toBe('県の判断による順位の変更のため')
  else if (by === 'score') expect(text).toBe(`点数の差は${pointsText(upper.score - lower.score)}点`)
  else expect(KEYS[/^点数は同じで、差は(.+)$/.exec(text!)![1]!]).toBe(by)
}

function ordered(a: Row, b: Row): [Row, Row] {
  return a.rank! < b.rank! ? [a, b] : [b, a]
}

/** It has a seat just above the rival, and none just below. */
function isLine(facts: Facts, row: Row, rival: Row): void {
  const place = facts
    .ranked()
    .filter((code) => code !== row.code)
    .indexOf(rival.code)
  expect([facts.hasSeatAt(row.code, place), facts.hasSeatAt(row.code, place + 1)]).toEqual([true, false])
}

const isEverywhere = (facts: Facts, { code }: Row, hasSeat: boolean) => {
  for (const place of facts.ranked().keys()) expect(facts.hasSeatAt(code, place)).toBe(hasSeat)
}

const eachIn =
  (side: -1 | 1): Claim<Row>[1] =>
  (facts, row, [name, rest]) => {
    const peer = peerOf(facts, row, name)
    const ofBand = facts.ofBand(row.band)
    expect(peer).toBe(ofBand[ofBand.indexOf(row) + side])
    const [upper, lower] = ordered(peer, row)
    const by = facts.separation(upper, lower)
    const place = side < 0 ? '下' : '上'
    if (by === 'moved') expect(rest).toBe(`とは、県の判断による順位の変更により${place}の順位`)
    else if (by === 'score')
      expect(rest).toBe(
        `より点数が${pointsText(upper.score - lower.score)}点${side < 0 ? '低く' : '高く'}なっています`,
      )
    else expect(KEYS[/^とは点数が同じで、(.+)により.の順位$/.exec(rest!)![1]!]).toBe(by)
  }

const hasReason =
  (reason: string): Claim<Row>[1] =>
  (facts, row) => {
    const { code } = row
    if (row.reason !== reason)
      expect([code, obstaclesIn(facts, code)]).toEqual([code, expect.arrayContaining([reason])])
  }

/** All that keeps a hospital out, by the rules once more. */
function obstaclesIn(facts: Facts, code: string): string[] {
  const { override, otherRound, submission, supportedIn, beds } = facts.candidate(code)
  const { bands, earlierSupport, supportPeriodEnd, questions = [] } = facts.policy
  const inBand = bands.some(({ min, max }) => beds >= min && beds <= (max ?? Infinity))
  const month = submission?.emrPlannedMonth
  const isRefused = questions.some(
    (question) =>
      question.kind === 'choice' &&
      question.options.some(
        ({ id, eligible }) => eligible === false && submission?.extra?.[question.id] === id,
      ),
  )
  const all: [string, boolean][] = [
    ['excluded', override?.kind === 'exclude'],
    ['already_selected', otherRound === 'selected'],
    ['already_declined', otherRound === 'declined'],
    ['no_band', !inBand],
    ['already_supported', earlierSupport === 'exclude' && supportedIn !== undefined],
    ['no_submission', submission === null],
    ['no_emr', submission?.emr === 'none'],
    ['emr_too_late', submission?.emr === 'planned' && (!month || month > supportPeriodEnd)],
    ['undecided', submission?.intent === 'undecided'],
    ['no_intent', submission?.intent === 'none'],
    ['answer', isRefused],
  ]
  // A designation outweighs what was answered.
  const asked = override?.kind === 'designate' ? all.slice(0, 4) : all
  return asked.flatMap(([reason, isSo]) => (isSo ? [reason] : []))
}

const waitsWith = (pattern: string, check: (facts: Facts, row: Row) => void): Claim<Row> => [
  new RegExp(`^${PLACE}${pattern}補欠第(\\d+)位です。`),
  (facts, row, parts) => {
    isPlace(facts, row, parts)
    waits(row, parts[4])
    check(facts, row)
  },
]

const NAMES = '((?:[^、。]+病院（[^）]+）、?)+)'

/** All that may be said to an officer, of the selection before anybody declined. */
export const OFFICER_CLAIMS: readonly Claim<Row>[] = [
  [/^県の指定により選定しています。/, (_, { basis }) => expect(basis).toBe('designated')],
  [
    /^県の指定により選定しています（理由：(.+)）。/,
    (facts, { code, basis }, [reason]) =>
      expect([basis, facts.candidate(code).override?.reason]).toEqual(['designated', reason]),
  ],
  [
    /^([^。]+?)の区分で第(\d+)位です。/,
    (facts, { band, bandRank }, [label, rank]) =>
      expect([label, Number(rank)]).toEqual([facts.label(band), bandRank]),
  ],
  [
    new RegExp(`^${PLACE}のため、選定しています。`),
    placed('rank', (facts, { band, bandRank }) => expect(bandRank!).toBeLessThanOrEqual(facts.seats(band))),
  ],
  [new RegExp(`^${PLACE}ですが、全体の順位により選定しています。`), placed('rank')],
  [
    new RegExp(`^${PLACE}ですが、(.+)医療圏の確保枠により選定しています。`),
    placed('region_floor', (facts, row, [region]) => {
      expect(row.region).toBe(region)
      expect(facts.isSelectedWithoutFloors(row.code)).toBe(false)
    }),
  ],
  [new RegExp(`^${PLACE}ですが、余った枠の再配分により選定しています。`), placed('redistributed')],
  [
    /^(.+)の区分には枠がないため、補欠第(\d+)位です。/,
    (facts, row, [label, position]) => {
      expect([label, facts.seats(row.band)]).toEqual([facts.label(row.band), 0])
      waits(row, position)
    },
  ],
  waitsWith('ですが、医療圏の確保枠を優先したため、', (facts, { code }) =>
    expect(facts.isSelectedWithoutFloors(code)).toBe(true),
  ),
  waitsWith('ですが、県の指定を優先したため、', (facts, row) =>
    expect(facts.isSelectedWithoutDesignated(row)).toBe(true),
  ),
  waitsWith('のため、', (facts, { band, bandRank }) => expect(bandRank!).toBeGreaterThan(facts.seats(band))),
  [
    /^(全体)?第(\d+)位(とは点数が同じで、差は|との差は、?)([^。]+)です。/,
    (facts, row, [overall, rank, how, what]) => {
      const rival = facts.first.find((each) =>
        overall ? each.rank === Number(rank) : each.band === row.band && each.bandRank === Number(rank),
      )!
      isLine(facts, row, rival)
      const by = facts.separation(...ordered(rival, row))
      if (by === 'moved') expect(what).toBe('順位の変更によるもの')
      else if (by === 'score') expect(what).toBe(`${pointsText(Math.abs(rival.score - row.score))}点`)
      else expect([how, KEYS[what!]]).toEqual(['とは点数が同じで、差は', by])
    },
  ],
  [
    /^医療圏の確保枠の有無にかかわらず選定される順位のため、選定しています。/,
    (facts, { code, decision }) =>
      expect([decision, facts.isSelectedWithoutFloors(code)]).toEqual(['selected', true]),
  ],
  [
    new RegExp(
      `^確保枠がなければ、(?:代わりに|この病院を含む(\\d+)病院に代わって、)${NAMES}が選定されます。`,
    ),
    (facts, row, [together = '1', names]) => {
      const peers = peersOf(facts, row, names)
      expect(peers).toHaveLength(Number(together))
      expect([row.decision, facts.isSelectedWithoutFloors(row.code)]).toEqual(['selected', false])
      for (const { code, decision } of peers)
        expect([decision, facts.isSelectedWithoutFloors(code)]).toEqual(['waitlisted', true])
    },
  ],
  [
    new RegExp(
      `^確保枠がなければ選定される順位ですが、(?:代わりに|この病院を含む(\\d+)病院に代わって、)${NAMES}が選定されています。`,
    ),
    (facts, row, [together = '1', names]) => {
      const peers = peersOf(facts, row, names)
      expect(peers).toHaveLength(Number(together))
      expect([row.decision, facts.isSelectedWithoutFloors(row.code)]).toEqual(['waitlisted', true])
      for (const { code, decision } of peers)
        expect([decision, facts.isSelectedWithoutFloors(code)]).toEqual(['selected', false])
    },
  ],
  [
    new RegExp(`^順位が下の${NAMES}は、(県の指定により|医療圏の確保枠を満たすため)選定されています。`),
    (facts, row, [names, cause]) => {
      for (const peer of peersOf(facts, row, names)) {
        expect(peer.rank!).toBeGreaterThan(row.rank!)
        expect([peer.decision, peer.basis === 'designated']).toEqual(['selected', cause === '県の指定により'])
      }
    },
  ],
  [
    /^(.+)の選定対象は枠の数以下のため、順位にかかわらず選定されます。/,
    (facts, row, [label]) => {
      expect(label).toBe(facts.label(row.band))
      expect(facts.ofBand(row.band).length).toBeLessThanOrEqual(facts.seats(row.band))
      isEverywhere(facts, row, true)
    },
  ],
  [/^順位にかかわらず選定されます。/, (facts, row) => isEverywhere(facts, row, true)],
  [
    /^(.+)の区分には枠がないため、順位にかかわらず選定されません。/,
    (facts, row) => {
      expect(facts.seats(row.band)).toBe(0)
      isEverywhere(facts, row, false)
    },
  ],
  [
    /^(.+)の枠は県の指定または医療圏の確保枠ですべて埋まるため、順位にかかわらず選定されません。/,
    (facts, row) => isEverywhere(facts, row, false),
  ],
  [
    /^選定には(.+病院（[^（）]+）)より上の順位になることが必要です（(.+)）。/,
    (facts, row, [name, difference]) => {
      const rival = peerOf(facts, row, name)
      isLine(facts, row, rival)
      isDifference(facts, ordered(rival, row), difference)
    },
  ],
  [
    /^(.+病院（[^（）]+）)より上の順位であれば選定されます（(.+)）。/,
    (facts, row, [name, difference]) => {
      const rival = peerOf(facts, row, name)
      isLine(facts, row, rival)
      isDifference(facts, ordered(rival, row), difference)
    },
  ],
  [
    /^点数があと(\d+)\.(\d{2})点高ければ選定されます。/,
    (facts, { code }, [whole, part]) => {
      const lack = Number(whole! + part!)
      expect([facts.hasSeatWith(code, lack - 1), facts.hasSeatWith(code, lack)]).toEqual([false, true])
    },
  ],
  [
    /^点数が少しでも低ければ選定されません。/,
    (facts, { code, score }) => {
      if (score > 0) expect(facts.hasSeatWith(code, -1)).toBe(false)
    },
  ],
  [
    /^点数が(\d+)\.(\d{2})点低くても選定されます。/,
    (facts, { code, score }, [whole, part]) => {
      const spare = Number(whole! + part!)
      if (score >= spare) expect(facts.hasSeatWith(code, -spare)).toBe(true)
      if (score > spare) expect(facts.hasSeatWith(code, -spare - 1)).toBe(false)
    },
  ],
  [
    /^(.+)の枠があと1病院分あれば選定されます。/,
    (facts, row, [label]) => {
      expect(label).toBe(facts.label(row.band))
      expect(facts.isSelectedWithOneMoreSeat(row)).toBe(true)
    },
  ],
  [/^区分内で1つ上の(.+病院（[^（）]+）)(.+?)(?:です)?。/, eachIn(-1)],
  [/^区分内で1つ下の(.+病院（[^（）]+）)(.+?)(?:です)?。/, eachIn(1)],
  [
    /^順位は、選定対象(\d+)病院のうち第(\d+)位、(.+)の(\d+)病院のうち第(\d+)位です。/,
    (facts, row, [all, rank, label, inBand, bandRank]) =>
      expect([Number(all), Number(rank), label, Number(inBand), Number(bandRank)]).toEqual([
        ...[
          facts.ranked().length,
          row.rank,
          facts.label(row.band),
          facts.ofBand(row.band).length,
          row.bandRank,
        ],
      ]),
  ],
  [
    /^(?:県の判断により、順位を|ほかの病院の順位を変更したため、)第(\d+)位から第(\d+)位に(?:変更しています（理由：(.+)）|なっています)。/,
    (facts, { code, rank }, [from, to, reason]) => {
      expect([facts.natural().indexOf(code) + 1, rank]).toEqual([Number(from), Number(to)])
      expect(facts.taken.moves!.find((each) => each.code === code)?.reason).toBe(reason)
    },
  ],
  [
    /^県の判断による順位の変更を登録していますが、順位は変わっていません（理由：(.+)）。/,
    (facts, { code, rank }, [reason]) => {
      expect(facts.natural().indexOf(code) + 1).toBe(rank)
      expect(facts.taken.moves!.find((each) => each.code === code)!.reason).toBe(reason)
    },
  ],
  [
    /^順位の変更（第(\d+)位へ）を登録していますが、選定の対象でないため反映されません。/,
    (facts, { code, eligible }, [position]) =>
      expect([eligible, facts.taken.moves!.find((each) => each.code === code)!.position]).toEqual([
        ...[false, Number(position)],
      ]),
  ],
  [
    /^点数は(\d+\.\d{2})点です。/,
    (facts, { values, score }, [text]) => {
      const { criteria, questions = [] } = facts.policy
      const earned = [
        ...Object.entries(criteria).map(([id, points]) => points * values[id as 'bcp']),
        ...questions.map(({ id, points }) => points * values[`q.${id}`]!),
      ]
      expect([text, score]).toEqual([pointsText(score), earned.reduce((sum, each) => sum + each, 0)])
    },
  ],
  [
    /^(主な)?内訳は、(.+)です。/,
    (facts, { values }, [isPart, text]) => {
      const { criteria, questions = [] } = facts.policy
      const earned = [
        ...Object.entries(CRITERIA).map(([label, id]) => ({
          label,
          score: (criteria[id as 'bcp'] ?? 0) * values[id as 'bcp'],
        })),
        ...questions.map(({ id, label, points }) => ({ label, score: points * values[`q.${id}`]! })),
      ].filter(({ score }) => score > 0)
      const most = earned.toSorted((a, b) => b.score - a.score).slice(0, 3)
      expect(text).toBe(most.map(({ label, score }) => `${label}${pointsText(score)}点`).join('、'))
      expect(isPart !== undefined).toBe(earned.length > 3)
    },
  ],
  [
    /^((?:「[^」]+」)+)は、(.+)（(?:令和|平成)(\d+)年(\d+)月(\d+)日（.）現在）により評価しています。/,
    (facts, { code, values }, [labels, source, , month, day]) => {
      const { gmis, publicFacts, submission } = facts.candidate(code)
      expect([publicFacts!.source, publicFacts!.asOf.slice(5)]).toEqual([
        ...[source, `${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`],
      ])
      for (const [, label] of labels!.matchAll(/「([^」]+)」/g)) {
        const id = CRITERIA[label!] as 'bcp'
        expect((submission?.gmisConsent && gmis?.[id]) ?? null).toBeOneOf([null, false])
        expect(gmis?.[id] ?? null).toBe(null)
        expect(values[id]).toBe(publicFacts![id] ? 0 : 100)
      }
    },
  ],
  [
    /^(.+)の区分で選定した病院の最も低い点数(?:（(.+)を除く）)?は(\d+\.\d{2})点です。/,
    (facts, { band }, [label, apart = '', cut]) => {
      expect(label).toBe(facts.label(band))
      expect({ cut, apart }).toEqual(cutAsStated(facts.before(), band!))
    },
  ],
  [
    /^(.+)の区分で選定した病院は、いずれも(.+)です。/,
    (facts, { band }, [label, apart]) => {
      expect(label).toBe(facts.label(band))
      expect({ cut: null, apart }).toEqual(cutAsStated(facts.before(), band!))
    },
  ],
  [
    /^(.+)の区分で選定した病院はありません。/,
    (facts, { band }, [label]) =>
      expect([label, facts.before().selectedNow(band)]).toEqual([facts.label(band), []]),
  ],
  [
    /^(選定される|補欠となる)かどうかは、抽選だけで決まります。/,
    (facts, { code, decision }, [what]) =>
      expect([facts.hangsOnLot(code), decision === 'selected']).toEqual([true, what === '選定される']),
  ],
  // Not eligible
  [/^対象外です。理由：(.+)。/, (_, { decision }) => expect(decision).toBe('ineligible')],
  [/^除外です。理由：(.+)。/, hasReason('excluded')],
  [/^県の判断による除外のため、選定の対象になりません。/, hasReason('excluded')],
  [
    /^県の判断により除外しています（理由：(.+)）。/,
    (facts, { code }, [reason]) =>
      expect(facts.candidate(code).override).toEqual({ kind: 'exclude', reason }),
  ],
  [/^ほかの回で選定済みのため、今回の選定の対象に含めていません。/, hasReason('already_selected')],
  [/^辞退済みのため、今回の選定の対象に含めていません。/, hasReason('already_declined')],
  [
    /^許可病床数（(\d+)床）が、どの病床規模区分にも該当しません。/,
    (facts, row, [beds]) => {
      expect([facts.candidate(row.code).beds, row.band]).toEqual([Number(beds), null])
    },
  ],
  [
    /^(.+)に支援を受けています。選定基準により、過去に支援を受けた病院は選定の対象としません。/,
    (facts, { code }, [year]) =>
      expect([facts.candidate(code).supportedIn, facts.policy.earlierSupport]).toEqual([year, 'exclude']),
  ],
  [/^回答がありません。/, hasReason('no_submission')],
  [/^電子カルテを導入しておらず、導入の予定もないとの回答です。/, hasReason('no_emr')],
  [/^電子カルテの導入予定の時期が分かりません。/, hasReason('emr_too_late')],
  [/^電子カルテの導入予定（.+）が、支援期間（令和7年3月まで）に間に合いません。/, hasReason('emr_too_late')],
  [/^活用意向は検討中との回答です。/, hasReason('undecided')],
  [/^活用を希望しないとの回答です。/, hasReason('no_intent')],
  [
    /^(?:「[^」]+」に「[^」]+」、?)+との回答です。選定基準により、選定の対象としません。/,
    hasReason('answer'),
  ],
  [
    /^次のすべてを満たすと、選定の対象になります：(.+)。/,
    (facts, { code }, [list]) => expect(list!.split('　')).toHaveLength(obstaclesIn(facts, code).length),
  ],
  [
    /^[^。：]+(?:と|ば)、選定の対象になります。/,
    (facts, { code }) => expect(obstaclesIn(facts, code)).toHaveLength(1),
  ],
  // After declines
  [
    /^辞退の申出がありました（理由：(.+)）。(?:(.+病院)が繰り上がっています。)?/,
    (facts, { code }, [reason, promoted]) => {
      const own = facts.reading.amended.amendments.find((each) => each.code === code)!
      expect([own.reason, own.kind, own.promoted]).toEqual([
        ...[reason, undefined, promoted ? facts.byName(promoted).code : null],
      ])
    },
  ],
  [
    /^(.+（繰上げの対象外）)です。/,
    (facts, { code }, [reason]) =>
      expect(facts.reading.amended.amendments.find((each) => each.code === code)).toMatchObject({
        ...{ reason, kind: 'passed-over' },
      }),
  ],
  [
    /^(.+病院)の辞退に伴い、補欠第(\d+)位から繰り上げて選定しています（支援順位 第(\d+)位）。/,
    (facts, row, [name, position, order]) => {
      const { amendments, results } = facts.reading.amended
      expect(amendments.find(({ promoted }) => promoted === row.code)!.code).toBe(facts.byName(name!).code)
      expect(row.waitlistPosition).toBe(Number(position))
      expect(results.find(({ code }) => code === row.code)!.order).toBe(Number(order))
    },
  ],
  [
    /^(?:これらのほかは|以上は)、辞退を反映する前の選定についての説明です。/,
    (facts) => expect(facts.reading.amended.amendments.length).toBeGreaterThan(0),
  ],
]
