import { describe, expect, test } from 'vitest'
import { HOSPITAL_FUNCTION_IDS } from '../../../../src/domain/master/hospital.ts'
import { amend, type Decline } from '../../../../src/domain/selection/amendment.ts'
import type { SnapshotPolicy } from '../../../../src/domain/selection/policy.ts'
import { amendedReading, readingOf } from '../../../../src/domain/selection/reading.ts'
import type { Candidate, Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import {
  frozenReasons,
  type Reasons,
  reasonsFile,
  reasonsOf,
} from '../../../../src/domain/selection/words/reasons.ts'
import { canonicalJson } from '../../../../src/domain/text/canonical.ts'
import { candidate, snapshot, submission } from '../builders.ts'

/** One example of each case, in the words that the three readers read. */

const BANDS = [
  { id: 's', min: 20, max: 99, seats: 2 },
  { id: 'm', min: 100, max: 199, seats: 1 },
]
const POLICY: Partial<SnapshotPolicy> = {
  bands: BANDS,
  criteria: { disaster: 15, remote: 10, inspection: 5 },
  tieBreak: ['beds', 'lottery'],
  regionFloor: 0,
  lotterySeed: 'receipts:0',
}
/** 25, 15 and 10 points, and who waits behind them; none of an inspection. */
const THREE = [
  candidate('1', { functions: ['disaster', 'remote'], inspection: 'good' }),
  candidate('2', { functions: ['disaster'], inspection: 'good' }),
  candidate('3', { functions: ['remote'], inspection: 'good' }),
]

interface Otherwise {
  policy?: Partial<SnapshotPolicy>
  moves?: Snapshot['moves']
  round?: number
  declines?: Decline[]
}

function reasons(all: Candidate[], { policy, moves, round = 1, declines = [] }: Otherwise = {}) {
  const taken = { ...snapshot(all, { ...POLICY, ...policy }), round, ...(moves && { moves }) }
  const first = readingOf(taken)
  const outcome = amend(first.result, declines)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  return reasonsOf(amendedReading(first, outcome.amended))
}

const of = (code: string, all: Candidate[], otherwise?: Otherwise): Reasons => {
  const { officer, hospital, points, ministry } = reasons(all, otherwise)(code)
  return { officer, hospital, points, ministry }
}

describe('by rank', () => {
  test('selected', () => {
    expect(of('2', THREE)).toEqual({
      officer: [
        '20～99床の区分で第2位（支援枠2）のため、選定しています。',
        '試験3病院（第3位）より上の順位であれば選定されます（点数の差は5.00点）。',
        '点数が4.99点低くても選定されます。',
        '区分内で1つ上の試験1病院（第1位）より点数が10.00点低くなっています。',
        '順位は、選定対象3病院のうち第2位、20～99床の3病院のうち第2位です。',
        '点数は15.00点です。',
        '内訳は、災害医療15.00点です。',
        '20～99床の区分で選定した病院の最も低い点数は15.00点です。',
      ].join('\n'),
      hospital:
        '20～99床の区分では、支援枠（2病院分）に対し、選定の対象となる病院が3病院ありました。選定基準に基づく順位により、貴院を選定しました。',
      points:
        '貴院の点数は15.00点、同じ病床規模区分（20～99床）で選定された病院の最も低い点数は15.00点でした。',
      ministry: '災害拠点病院。20～99床の区分で第2位（支援枠2）',
    })
  })

  test('waiting: more hospitals than places', () => {
    const { hospital, points, ministry } = of('3', THREE)
    expect(hospital).toBe(
      '20～99床の区分では、支援枠（2病院分）に対し、選定の対象となる病院が3病院ありました。選定基準に基づく順位が枠の数に入らなかったため、貴院は補欠となりました。',
    )
    expect(points).toBe(
      '貴院の点数は10.00点、同じ病床規模区分（20～99床）で選定された病院の最も低い点数は15.00点でした。',
    )
    expect(ministry).toBe('へき地医療拠点病院。20～99床の区分で第3位（支援枠2）のため、枠内に入りません')
  })

  test('no more hospitals than places', () => {
    expect(of('2', THREE.slice(0, 2)).hospital).toBe(
      '20～99床の区分では、支援枠（2病院分）に対し、選定の対象となる病院が2病院ありました。枠の数を超えないため、貴院を選定しました。',
    )
  })

  test('no place in the band; in a later round they are what is left', () => {
    const bands = [{ ...BANDS[0]!, seats: 0 }]
    const { hospital, points } = of('1', THREE, { policy: { bands }, round: 2 })
    expect(hospital).toBe('20～99床の区分には、追加の枠がないため、貴院は補欠となりました。')
    expect(points).toBe(
      '貴院の点数は25.00点でした。同じ病床規模区分（20～99床）で選定された病院はありません。',
    )
  })

  test('as many points: beds, and then the lot, said to both sides of the line', () => {
    const equal = ['1', '2', '3'].map((code) => candidate(code, { beds: code === '1' ? 60 : 50 }))
    const byLot = equal.map((each) => [each.code, of(each.code, equal)] as const)
    const [selected, waiting] = ['selected', 'waitlisted'].map(
      (decision) => byLot.filter(([code]) => decisionOf(code, equal) === decision).at(-1)![1],
    )
    const lot = (decided: string) =>
      `点数と許可病床数が同じ病院の間では、抽選により順位を決めています。貴院が${decided}かどうかは、抽選の結果により決まりました。`
    expect(selected!.hospital).toContain(`貴院を選定しました。${lot('選定される')}`)
    expect(waiting!.hospital).toContain(`貴院は補欠となりました。${lot('補欠となる')}`)
    expect(waiting!.officer).toContain('補欠となるかどうかは、抽選だけで決まります。')
    expect(waiting!.points).toBe(
      '貴院の点数は2.50点、同じ病床規模区分（20～99床）で選定された病院の最も低い点数は2.50点でした。',
    )
    const bands = [{ ...BANDS[0]!, seats: 1 }]
    expect(of('2', equal, { policy: { bands } }).hospital).toContain(
      '点数が同じ病院の間では、許可病床数の多い順により順位を決めています。',
    )
  })

  test('further questions and public facts are named to the officer by what they are called', () => {
    const extra = { links: 10 }
    const publicFacts = {
      bcp: false,
      offlineBackup: true,
      networkControl: null,
      source: '施設基準の届出',
      asOf: '2025-10-01',
    }
    const policy: Partial<SnapshotPolicy> = {
      criteria: { bcp: 5, offlineBackup: 10 },
      questions: [
        { id: 'links', label: '外部接続点の数', kind: 'number', points: 20, zeroAt: 0, fullAt: 20 },
      ],
    }
    const one = candidate('1', { publicFacts, submission: submission({ extra }) })
    expect(of('1', [one], { policy }).officer.split('\n').slice(-4)).toEqual([
      '点数は15.00点です。',
      '内訳は、外部接続点の数10.00点、サイバー攻撃を想定したBCPの未策定5.00点です。',
      '「オフライン・バックアップの未整備」「サイバー攻撃を想定したBCPの未策定」は、施設基準の届出（令和7年10月1日（水）現在）により評価しています。',
      '20～99床の区分で選定した病院の最も低い点数は15.00点です。',
    ])
  })
})

describe('by another rule than the rank', () => {
  const designated = candidate('9', {
    override: { kind: 'designate', reason: '離島で唯一の入院機能を持つため。\n（協議済み）' },
    submission: null,
    inspection: 'good',
  })

  test('designated: the ministry and the officer read the reason, the hospital that it is one', () => {
    const { officer, hospital, points, ministry } = of('9', [...THREE, designated])
    expect(officer.split('\n').slice(0, 2)).toEqual([
      '県の指定により選定しています。20～99床の区分で第4位です。',
      '県の指定により選定しています（理由：離島で唯一の入院機能を持つため。　（協議済み））。',
    ])
    expect(hospital).toBe('県の指定により、貴院を選定しました。')
    expect(points).toBe(
      '貴院の点数は0.00点、同じ病床規模区分（20～99床）で選定された病院の最も低い点数（県の指定により選定された病院を除く）は25.00点でした。',
    )
    expect(ministry).toBe('離島で唯一の入院機能を持つため。\n（協議済み）')
  })

  test('waiting for a designated one: the cut leaves that one out', () => {
    const { hospital, points } = of('2', [...THREE, designated])
    expect(hospital).toMatch(
      /選定の対象となる病院が4病院ありました。県の指定による病院を優先したため、貴院は補欠となりました。$/,
    )
    expect(points).toMatch(/最も低い点数（県の指定により選定された病院を除く）は25\.00点でした。$/)
  })

  test('what the longest reason makes of it stands in a cell', () => {
    const long = { kind: 'designate', reason: 'あ'.repeat(500) } as const
    const all = candidate('9', { override: long, functions: [...HOSPITAL_FUNCTION_IDS], region: '熊毛' })
    const { ministry } = of('9', [...THREE, all])
    expect(ministry.length).toBeLessThan(1000)
    expect(ministry).toMatch(/^救命救急センター、.*熊毛医療圏で唯一の救急医療。あ/)
  })

  const island = candidate('8', { region: '熊毛', functions: ['emergency'], inspection: 'good' })

  test('by a region’s floor: of the region, to all three', () => {
    const { hospital, ministry } = of('8', [...THREE, island], { policy: { regionFloor: 1 } })
    expect(hospital).toBe('熊毛医療圏に1病院以上を確保するための枠により、貴院を選定しました。')
    expect(ministry).toBe(
      '救急告示病院、熊毛医療圏で唯一の救急医療。熊毛医療圏に1病院以上を確保するため。20～99床の区分で第4位（支援枠2）',
    )
  })

  test('displaced by a floor, with more points than who was carried', () => {
    const { hospital, points, officer } = of('2', [...THREE, island], { policy: { regionFloor: 1 } })
    expect(hospital).toMatch(
      /医療圏ごとに1病院以上を確保するための枠を優先したため、貴院は補欠となりました。$/,
    )
    expect(points).toBe(
      '貴院の点数は15.00点、同じ病床規模区分（20～99床）で選定された病院の最も低い点数（医療圏ごとの確保枠により選定された病院を除く）は25.00点でした。',
    )
    expect(officer).toContain(
      '確保枠がなければ選定される順位ですが、代わりに熊毛医療圏の試験8病院（第4位）が選定されています。',
    )
  })

  test('where all have their seat by such a rule there is no lowest', () => {
    const bands = [{ ...BANDS[0]!, seats: 1 }]
    expect(of('1', [...THREE, designated], { policy: { bands } }).points).toBe(
      '貴院の点数は25.00点でした。同じ病床規模区分（20～99床）で選定された病院は、いずれも県の指定により選定された病院です。',
    )
  })

  test('of seats that are left over in other bands', () => {
    const bands = [{ ...BANDS[0]!, seats: 1 }, BANDS[1]!]
    const { hospital, points } = of('2', THREE, { policy: { bands, shortfall: 'redistribute' } })
    expect(hospital).toBe('ほかの病床規模区分で余った枠の配分により、貴院を選定しました。')
    expect(points).toMatch(/最も低い点数は15\.00点でした。$/)
  })

  test('moved by hand: who was, and who waits for it', () => {
    const moves = [{ code: '3', position: 1, reason: '救急搬送の実績' }]
    const [moved, waiting] = [of('3', THREE, { moves }), of('2', THREE, { moves })]
    expect(moved.ministry).toBe(
      'へき地医療拠点病院。20～99床の区分で第1位（支援枠2）（順位は県の判断により変更）',
    )
    expect(moved.hospital).toMatch(/貴院を選定しました。この区分の順位には、県の判断による変更があります。$/)
    expect(waiting.hospital).toMatch(
      /貴院は補欠となりました。この区分の順位には、県の判断による変更があります。$/,
    )
    expect(waiting.points).toMatch(
      /最も低い点数（県の判断により順位を変更した病院を除く）は25\.00点でした。$/,
    )
    const down = [{ code: '1', position: 3, reason: '辞退の意向' }]
    expect(of('1', THREE, { moves: down }).points).toBe(
      '貴院の点数は25.00点、同じ病床規模区分（20～99床）で選定された病院の最も低い点数は10.00点でした。貴院については、県の判断により順位を変更しています。',
    )
  })
})

describe('not eligible', () => {
  const EARLIER = { earlierSupport: 'exclude' } as const
  const map = {
    id: 'map',
    kind: 'choice' as const,
    label: 'ネットワーク構成図の有無',
    points: 0,
    options: [{ id: 'never', label: '作成しない', value: 0, eligible: false as const }],
  }
  test.each<[string, Partial<Candidate>, Partial<SnapshotPolicy>, string, string]>([
    [
      'excluded',
      { override: { kind: 'exclude', reason: '休止予定' } },
      {},
      '県の判断により、貴院を今回の選定の対象としていません。',
      '県の判断による除外：休止予定',
    ],
    [
      'no band',
      { beds: 19 },
      {},
      '許可病床数（19床）が、支援の対象となる病床規模に該当しないため、選定の対象となりません。',
      '病床規模区分に該当しない（19床）',
    ],
    [
      'no answer',
      { submission: null },
      {},
      '選定の時点で、貴院からの御回答がなかったため、選定の対象となりませんでした。',
      '未回答',
    ],
    [
      'supported before',
      { supportedIn: '令和6年度' },
      EARLIER,
      '貴院は、令和6年度に支援を受けているため、選定基準により、今回の選定の対象としていません。',
      '過去に支援を受けている（令和6年度）',
    ],
    [
      'an answer',
      { submission: submission({ extra: { map: 'never' } }) },
      { questions: [map] },
      '「ネットワーク構成図の有無」に「作成しない」と御回答いただいているため、選定の対象となりません。',
      '対象とならない回答を選んでいる（ネットワーク構成図の有無：作成しない）',
    ],
    [
      'no wish',
      { submission: submission({ intent: 'none' }) },
      {},
      '本事業の活用を「希望しない」と御回答いただいているため、選定の対象となりません。',
      '活用を希望しない',
    ],
    [
      'another round',
      { otherRound: 'selected' },
      {},
      '貴院は、ほかの回で既に選定されているため、今回の選定の対象としていません。',
      'ほかの回で選定済み',
    ],
  ])('%s', (_, changes, policy, hospital, ministry) => {
    const told = of('7', [...THREE, candidate('7', changes)], { policy })
    expect([told.hospital, told.points, told.ministry]).toEqual([hospital, null, ministry])
  })

  test('what it has answered itself it is told first, whatever else keeps it out', () => {
    const excluded = candidate('7', {
      override: { kind: 'exclude', reason: '休止予定' },
      submission: submission({ intent: 'undecided' }),
    })
    expect(of('7', [excluded]).hospital).toBe(
      '本事業の活用を「検討中」と御回答いただいているため、選定の対象となりません。',
    )
  })
})

describe('after a decline', () => {
  const declines = [{ code: '1', reason: '建替えのため。' }]

  test('who moved up, who declined, and of the others that it is said of before', () => {
    const [up, gone, other] = ['3', '1', '2'].map((code) => of(code, THREE, { declines }))
    expect(up!.officer.split('\n')[0]).toBe(
      '試験1病院の辞退に伴い、補欠第1位から繰り上げて選定しています（支援順位 第3位）。',
    )
    expect(up!.hospital).toMatch(
      /選定された病院の辞退に伴い、補欠の順位に従って、貴院を繰り上げて選定しました。$/,
    )
    expect(up!.ministry).toBe(
      'へき地医療拠点病院。20～99床の区分で補欠第1位。選定された病院の辞退に伴う繰上げ',
    )
    expect(up!.points).toMatch(/最も低い点数は10\.00点でした。$/)
    expect(gone!.officer.split('\n')[0]).toBe(
      '辞退の申出がありました（理由：建替えのため）。試験3病院が繰り上がっています。',
    )
    expect([gone!.hospital, gone!.points]).toEqual([
      '貴院からの御連絡により、選定を辞退されたものとして取り扱っています。',
      null,
    ])
    expect(other!.officer.split('\n').at(-1)).toBe('以上は、辞退を反映する前の選定についての説明です。')
  })

  test('of who was in no ranking what was said before still holds', () => {
    const out = candidate('7', { otherRound: 'selected' })
    const first = readingOf({ ...snapshot([...THREE, out], POLICY), round: 2 })
    const amended = (list: Decline[]) => {
      const outcome = amend(first.result, list)
      if (!outcome.ok) throw new Error()
      return amendedReading(first, outcome.amended)
    }
    const said = reasonsOf(amended([]), { leftOut: () => '初回選定で選定済みのため' })
    expect(reasonsOf(amended(declines), { before: said })('7').officer).toBe(said('7').officer)
    expect(said('7').officer).toMatch(/^初回選定で選定済みのため、今回の選定の対象に含めていません。/)
  })
})

test('frozen, they are read as they were written, and a hospital that was not there is an error', () => {
  const taken = readingOf(snapshot(THREE, POLICY))
  const outcome = amend(taken.result, [])
  if (!outcome.ok) throw new Error()
  const reading = amendedReading(taken, outcome.amended)
  const file = JSON.parse(canonicalJson(reasonsFile(reading, reasonsOf(reading))))
  expect(file.format).toBe('kakuho.reasons/1')
  expect(file.reasons.map(({ code }: { code: string }) => code)).toEqual(['1', '2', '3'])
  expect(frozenReasons(file)('2')).toEqual(of('2', THREE))
  expect(() => frozenReasons(file)('none')).toThrow(RangeError)
})

function decisionOf(code: string, all: Candidate[]): string {
  return readingOf(snapshot(all, POLICY)).row(code).decision
}
