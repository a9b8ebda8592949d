import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain } from '../../../../src/domain/selection/explain/explain.ts'
import type { Policy, SnapshotPolicy } from '../../../../src/domain/selection/policy.ts'
import { readingOf } from '../../../../src/domain/selection/reading.ts'
import type { Candidate, Snapshot } from '../../../../src/domain/selection/snapshot.ts'
import { explanationTexts } from '../../../../src/domain/selection/words/sentences.ts'
import { contests, MEDIUM, SMALL, snapshots } from '../arbitraries.ts'
import { bands, candidate, snapshot, submission } from '../builders.ts'
import { moved } from '../moved-snapshots.ts'

const PLAIN: Partial<SnapshotPolicy> = { criteria: {}, tieBreak: [], regionFloor: 0, bands: bands(2, 1) }
const designate = { kind: 'designate', reason: '搬送の実績' } as const

function textsOf(code: string, taken: Snapshot): { summary: string; sentences: string[] } {
  const reading = readingOf(taken)
  return explanationTexts(explain(reading, code), reading)
}

const of = (code: string, all: Candidate[], policy: Partial<SnapshotPolicy> = {}) =>
  textsOf(code, snapshot(all, { ...PLAIN, ...policy }))

describe('by rank', () => {
  const scored = [
    candidate('1', { functions: ['disaster', 'remote'] }),
    candidate('2', { functions: ['disaster'] }),
    candidate('3', { functions: ['remote'], beds: 60 }),
    candidate('4', { functions: ['remote'], beds: 55 }),
  ]
  const points = { criteria: { disaster: 15, remote: 10 }, tieBreak: ['beds'] as Policy['tieBreak'] }

  test('selected: what its seat hangs on', () => {
    expect(of('2', scored, points)).toEqual({
      summary: '0～99床の区分で第2位（支援枠2）のため、選定しています。',
      sentences: [
        '0～99床の枠（支援枠2）に入る順位のため、選定しています。',
        '試験3病院（第3位）より上の順位であれば選定されます（点数の差は5.00点）。',
        '点数が4.99点低くても選定されます。',
        '区分内で1つ上の試験1病院（第1位）より点数が10.00点低くなっています。',
        '順位は、選定対象4病院のうち第2位、0～99床の4病院のうち第2位です。',
        '点数は15.00点です。',
        '内訳は、災害医療15.00点です。',
        '0～99床の区分で選定した病院の最も低い点数は15.00点です。',
      ],
    })
  })

  test('waiting: how much it lacks, and what one more seat would do', () => {
    const { summary, sentences } = of('3', scored, points)
    expect(summary).toBe('0～99床の区分で第3位（支援枠2）のため、補欠第1位です。第2位との差は5.00点です。')
    expect(sentences.slice(0, 5)).toEqual([
      '0～99床の枠（支援枠2）に入らないため、補欠第1位です。',
      '選定には試験2病院（第2位）より上の順位になることが必要です（点数の差は5.00点）。',
      '点数があと5.00点高ければ選定されます。',
      '0～99床の枠があと1病院分あれば選定されます。',
      '区分内で1つ下の試験4病院（第4位）とは点数が同じで、許可病床数により上の順位です。',
    ])
  })

  test('waiting by a tie-break key alone', () => {
    const { summary, sentences } = of('4', scored, { ...points, bands: bands(3, 0) })
    expect(summary).toBe(
      '0～99床の区分で第4位（支援枠3）のため、補欠第1位です。第3位とは点数が同じで、差は許可病床数です。',
    )
    expect(sentences).toContain(
      '選定には試験3病院（第3位）より上の順位になることが必要です（点数は同じで、差は許可病床数）。',
    )
    expect(sentences).toContain('点数があと0.01点高ければ選定されます。')
  })

  test('with room for everyone no rank is asked for', () => {
    expect(of('4', scored, { bands: bands(4, 0) }).sentences).toContain(
      '0～99床の選定対象は枠の数以下のため、順位にかかわらず選定されます。',
    )
  })

  test('without seats none helps', () => {
    const { summary, sentences } = of('1', scored, { bands: bands(0, 0) })
    expect(summary).toBe('0～99床の区分には枠がないため、補欠第1位です。')
    expect(sentences).toContain('0～99床の区分には枠がないため、順位にかかわらず選定されません。')
  })
})

test('designated, and the one whose seat that took', () => {
  const all = [candidate('1'), candidate('2'), candidate('3', { override: designate })]
  expect(of('3', all).summary).toBe('県の指定により選定しています。0～99床の区分で第3位です。')
  expect(of('3', all).sentences[0]).toBe('県の指定により選定しています（理由：搬送の実績）。')
  const { summary, sentences } = of('2', all)
  expect(summary).toBe(
    '0～99床の区分で第2位（支援枠2）ですが、県の指定を優先したため、補欠第1位です。第1位とは点数が同じで、差は医療機関コードの順です。',
  )
  expect(sentences.slice(0, 2)).toEqual([
    '県の指定を優先したため、補欠第1位です。',
    '順位が下の試験3病院（第3位）は、県の指定により選定されています。',
  ])
})

test('carried and displaced by a floor', () => {
  const all = [candidate('1'), candidate('2'), candidate('3', { region: '熊毛' })]
  const carried = of('3', all, { regionFloor: 1 })
  expect(carried.summary).toBe(
    '0～99床の区分で第3位（支援枠2）ですが、熊毛医療圏の確保枠により選定しています。',
  )
  expect(carried.sentences.slice(0, 3)).toEqual([
    '医療圏の確保枠により、熊毛医療圏の病院として選定しています。',
    '確保枠がなければ、代わりに試験2病院（第2位）が選定されます。',
    '順位にかかわらず選定されます。',
  ])
  const displaced = of('2', all, { regionFloor: 1 })
  expect(displaced.summary).toBe(
    '0～99床の区分で第2位（支援枠2）ですが、医療圏の確保枠を優先したため、補欠第1位です。第1位とは点数が同じで、差は医療機関コードの順です。',
  )
  expect(displaced.sentences.slice(0, 2)).toEqual([
    '医療圏の確保枠を優先したため、補欠第1位です。',
    '確保枠がなければ選定される順位ですが、代わりに熊毛医療圏の試験3病院（第3位）が選定されています。',
  ])
})

test('redistributed, with a rival in another band', () => {
  const all = [candidate('1', { beds: 150 }), candidate('2')]
  const policy: Partial<SnapshotPolicy> = {
    shortfall: 'redistribute',
    bands: [
      { id: 'a', min: 0, max: 99, seats: 0 },
      { id: 'b', min: 100, max: 199, seats: 0 },
      { id: 'c', min: 200, max: null, seats: 1 },
    ],
  }
  expect(of('1', all, policy).summary).toBe(
    '100～199床の区分で第1位（支援枠0）ですが、余った枠の再配分により選定しています。',
  )
  expect(of('1', all, policy).sentences.slice(0, 2)).toEqual([
    'ほかの病床規模区分で余った枠の再配分により、選定しています。',
    '試験2病院（0～99床 第1位）より上の順位であれば選定されます（点数は同じで、差は医療機関コードの順）。',
  ])
  expect(of('2', all, policy).summary).toBe(
    '0～99床の区分には枠がないため、補欠第1位です。全体第1位とは点数が同じで、差は医療機関コードの順です。',
  )
})

describe('a ranking changed by hand', () => {
  const taken = (
    moves: NonNullable<Snapshot['moves']>,
    all = ['1', '2', '3'].map((code) => candidate(code)),
  ) => ({
    ...snapshot(all, PLAIN),
    moves,
  })
  const up = { code: '3', position: 1, reason: '救急搬送の実績' }

  test('says so, with the reason, and to those it shifts', () => {
    const changed = taken([up])
    expect(textsOf('3', changed).sentences).toContain(
      '県の判断により、順位を第3位から第1位に変更しています（理由：救急搬送の実績）。',
    )
    expect(textsOf('1', changed).sentences).toContain(
      'ほかの病院の順位を変更したため、第1位から第2位になっています。',
    )
    expect(textsOf('1', changed).sentences).toContain(
      '区分内で1つ上の試験3病院（第1位）とは、県の判断による順位の変更により下の順位です。',
    )
    expect(textsOf('2', changed).summary).toBe(
      '0～99床の区分で第3位（支援枠2）のため、補欠第1位です。第2位とは点数が同じで、差は医療機関コードの順です。',
    )
  })

  test('where it changed nothing, and where it has no effect', () => {
    expect(textsOf('3', taken([{ ...up, position: 3 }])).sentences).toContain(
      '県の判断による順位の変更を登録していますが、順位は変わっていません（理由：救急搬送の実績）。',
    )
    expect(textsOf('3', taken([up], [candidate('3', { submission: null })])).sentences).toContain(
      '順位の変更（第1位へ）を登録していますが、選定の対象でないため反映されません。',
    )
  })
})

describe('not eligible: what keeps it out, and what would all have to change', () => {
  const sentencesOf = (changes: Partial<Candidate>) => of('1', [candidate('1', changes)], { bands: BANDS })
  const BANDS = [{ id: 'all', min: 20, max: null, seats: 1 }]
  const emr = '電子カルテを令和7年3月までに導入する（予定を含む）との回答'
  test.each<[Partial<Candidate>, string, string[]]>([
    [
      { submission: null },
      '未回答',
      [
        '回答がありません。',
        '電子カルテを令和7年3月までに導入し（予定を含む）、活用を希望するとの回答があれば、選定の対象になります。',
      ],
    ],
    [
      { submission: submission({ emr: 'none', intent: 'none' }) },
      '電子カルテを導入していない（予定もない）',
      [
        '電子カルテを導入しておらず、導入の予定もないとの回答です。',
        '活用を希望しないとの回答です。',
        `次のすべてを満たすと、選定の対象になります：①${emr}がある　②活用を希望するとの回答がある。`,
      ],
    ],
    [
      { submission: submission({ emr: 'planned', emrPlannedMonth: '2025-06' }) },
      '電子カルテの導入が支援の実施に間に合わない',
      [
        '電子カルテの導入予定（令和7年6月）が、支援期間（令和7年3月まで）に間に合いません。',
        `${emr}があれば、選定の対象になります。`,
      ],
    ],
    [
      { submission: submission({ emr: 'planned', intent: 'undecided' }) },
      '電子カルテの導入が支援の実施に間に合わない',
      [
        '電子カルテの導入予定の時期が分かりません。',
        '活用意向は検討中との回答です。',
        `次のすべてを満たすと、選定の対象になります：①${emr}がある　②活用を希望するとの回答がある。`,
      ],
    ],
    [
      { submission: submission({ intent: 'undecided' }) },
      '活用を検討中',
      ['活用意向は検討中との回答です。', '活用を希望するとの回答があれば、選定の対象になります。'],
    ],
    [
      { beds: 19 },
      '病床規模区分に該当しない',
      [
        '許可病床数（19床）が、どの病床規模区分にも該当しません。',
        '病床規模区分を見直して該当すれば、選定の対象になります。',
      ],
    ],
  ])('%j', (changes, label, expected) => {
    const { summary, sentences } = sentencesOf(changes)
    expect(summary).toBe(`対象外です。理由：${label}。`)
    expect(sentences.slice(0, expected.length)).toEqual(expected)
    expect(sentences[expected.length]).toMatch(/^点数は/)
  })
})

describe('left out by another round', () => {
  const told = (changes: Partial<Candidate>, leftOut?: string) => {
    const reading = readingOf({ ...snapshot([candidate('1', changes)], PLAIN), round: 2 })
    return explanationTexts(explain(reading, '1'), reading, leftOut)
  }

  test('by a seat: nothing has to change, whatever it answered', () => {
    const { summary, sentences } = told(
      { otherRound: 'selected', submission: submission({ intent: 'none' }), override: designate },
      '初回選定で選定済みのため',
    )
    expect(summary).toBe('初回選定で選定済みのため、今回の選定の対象に含めていません。')
    expect(sentences[0]).toBe('初回選定で選定済みのため、今回の選定の対象に含めていません。')
    expect(sentences[1]).toMatch(/^点数は/)
    expect(told({ otherRound: 'selected' }).summary).toMatch(/^ほかの回で選定済みのため、/)
  })

  test('by a decline: until it answers again or is designated', () => {
    const { summary, sentences } = told({ otherRound: 'declined' }, '初回選定の後に辞退したため')
    expect(summary).toBe('初回選定の後に辞退したため、今回の選定の対象に含めていません。')
    expect(sentences.slice(0, 2)).toEqual([
      '初回選定の後に辞退したため、今回の選定の対象に含めていません。',
      '辞退の後に病院が改めて回答するか、県が指定すると、選定の対象になります。',
    ])
  })

  test('excluded beside that: both are told', () => {
    const exclude = { kind: 'exclude', reason: '廃院予定' } as const
    expect(told({ otherRound: 'selected', override: exclude }).sentences.slice(0, 2)).toEqual([
      '県の判断により除外しています（理由：廃院予定）。',
      'ほかの回で選定済みのため、今回の選定の対象に含めていません。',
    ])
    expect(told({ otherRound: 'declined', override: exclude, beds: 50 }).sentences[2]).toBe(
      '次のすべてを満たすと、選定の対象になります：①除外を取り消す　②辞退の後に病院が改めて回答するか、県が指定する。',
    )
    expect(of('1', [candidate('1', { override: exclude })]).sentences[1]).toBe(
      '除外を取り消すと、選定の対象になります。',
    )
  })
})

test('hospitals of one name are told apart by their codes', () => {
  const all = ['1', '2', '3'].map((code) => candidate(code, { name: '中央病院' }))
  expect(of('3', all).sentences[1]).toContain('中央病院（2、第2位）')
})

test('every sentence of every hospital is whole, and none is said twice', () => {
  const any = fc.oneof(contests, snapshots(SMALL), snapshots(MEDIUM), moved(snapshots(SMALL)))
  fc.assert(
    fc.property(any, (taken) => {
      const reading = readingOf(taken)
      for (const { code } of taken.candidates) {
        const { summary, sentences } = explanationTexts(explain(reading, code), reading)
        const all = [...sentences, summary].join('')
        expect(all).not.toMatch(/undefined|null|NaN|Infinity|（）|、、|。。|-\d/)
        for (const sentence of sentences) expect(sentence).toMatch(/^[^。]+。$/)
        expect(new Set(sentences).size).toBe(sentences.length)
        expect(summary).toMatch(/^([^。]+。)+$/)
      }
    }),
  )
})
