import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'
import { parseSnapshot } from '../../../src/domain/selection/snapshot.ts'
import { changed, validSnapshot } from './archive/changed-snapshot.ts'
import { candidate, submission } from './builders.ts'

function problemsOf(input: unknown) {
  const parsed = parseSnapshot(input)
  return parsed.ok ? [] : parsed.problems
}

const band = (changes: object) => ({ id: 'x', min: 0, max: 10, seats: 1, ...changes })
const consentless = submission({ gmisConsent: false })
const links = { id: 'links', label: '数', kind: 'number', points: 1, zeroAt: 0, fullAt: 9 }
const map = {
  id: 'map',
  label: '図',
  kind: 'choice',
  points: 1,
  options: [{ id: 'yes', label: 'あり', value: 1 }],
}
const QUESTIONS = ['policy', 'questions']
const filed = { offlineBackup: true, bcp: null, networkControl: null, source: '届出', asOf: '2025-10-01' }
test.each<[string, (string | number)[], unknown, RegExp]>([
  ['policy.earlierSupport', ['policy', 'earlierSupport'], 'yes', /「ignore」「exclude」のいずれか/],
  ['policy.questions', QUESTIONS, 'links', /配列/],
  ['policy.questions[0].id', QUESTIONS, [{ ...links, id: 'Links' }], /英小文字/],
  ['policy.questions[0].id', QUESTIONS, [{ ...links, id: 'a'.repeat(33) }], /32文字以内/],
  ['policy.questions[1].id', QUESTIONS, [links, { ...map, id: 'links' }], /「links」が重複/],
  ['policy.questions[0].label', QUESTIONS, [{ ...links, label: undefined }], /必須の項目/],
  ['policy.questions[0].kind', QUESTIONS, [{ ...links, kind: 'text' }], /「number」「choice」のいずれか/],
  ['policy.questions[0].points', QUESTIONS, [{ ...links, points: 1001 }], /1000以下の整数/],
  ['policy.questions[0].zeroAt', QUESTIONS, [{ ...links, zeroAt: -1 }], /0以上の整数/],
  ['policy.questions[0].fullAt', QUESTIONS, [{ ...links, fullAt: 1e9 }], /999999999以下/],
  ['policy.questions[0].fullAt', QUESTIONS, [{ ...links, fullAt: 0 }], /同じです/],
  ['policy.questions[0].options', QUESTIONS, [{ ...links, options: [] }], /定められていません/],
  [
    'policy.questions[0].options[0].value',
    QUESTIONS,
    [{ ...map, options: [{ ...map.options[0], value: 101 }] }],
    /100以下/,
  ],
  [
    'policy.questions[0].options[0].eligible',
    QUESTIONS,
    [{ ...map, options: [{ ...map.options[0], eligible: 'no' }] }],
    /true または false/,
  ],
  [
    'policy.questions[0].options[0].label',
    QUESTIONS,
    [{ ...map, options: [{ id: 'yes', value: 1 }] }],
    /必須の項目/,
  ],
  [
    'policy.questions[0].options[1].id',
    QUESTIONS,
    [{ ...map, options: [map.options[0], map.options[0]] }],
    /「yes」が重複/,
  ],
  [
    'candidates[0].publicFacts.asOf',
    ['candidates', 0, 'publicFacts'],
    { ...filed, asOf: '2025-02-30' },
    /YYYY-MM-DD/,
  ],
  [
    'candidates[0].publicFacts.bcp',
    ['candidates', 0, 'publicFacts'],
    { ...filed, bcp: undefined },
    /必須の項目/,
  ],
  [
    'candidates[0].publicFacts.more',
    ['candidates', 0, 'publicFacts'],
    { ...filed, more: 1 },
    /定められていません/,
  ],
  ['candidates[0].supportedIn', ['candidates', 0, 'supportedIn'], '', /空にはできません/],
  ['candidates[0].submission.extra', ['candidates', 0, 'submission', 'extra'], [], /回答の組/],
  [
    'candidates[0].submission.extra.links',
    ['candidates', 0, 'submission', 'extra'],
    { links: 1 },
    /policy\.questions にありません/,
  ],
  ['format', ['format'], 'kakuho.snapshot/2', /「kakuho\.snapshot\/1」と指定/],
  ['round', ['round'], 0, /1以上の整数/],
  ['takenAt', ['takenAt'], '2024-03-19T00:00:00+09:00', /UTC の日時/],
  ['takenAt', ['takenAt'], '2024-02-30T00:00:00Z', /UTC の日時/],
  ['takenAt', ['takenAt'], '2024-03-19T00:00:00.0001Z', /UTC の日時/],
  ['extra', ['extra'], 1, /定められていません/],
  ['policy', ['policy'], undefined, /必須の項目/],
  ['policy.extra', ['policy', 'extra'], 1, /定められていません/],
  ['policy.supportPeriodEnd', ['policy', 'supportPeriodEnd'], '2025-13', /YYYY-MM/],
  ['policy.bands', ['policy', 'bands'], {}, /配列/],
  ['policy.bands[0].extra', ['policy', 'bands', 0, 'extra'], 1, /定められていません/],
  ['policy.bands[0].seats', ['policy', 'bands', 0, 'seats'], -1, /0以上の整数/],
  ['policy.bands[0].seats', ['policy', 'bands', 0, 'seats'], 1.5, /整数で指定/],
  ['policy.bands[0].seats', ['policy', 'bands', 0, 'seats'], 1e9, /999999999以下/],
  ['policy.bands[0].max', ['policy', 'bands', 0, 'max'], 19, /上限（19）が下限（20）より小さく/],
  ['policy.bands[1].min', ['policy', 'bands', 0, 'max'], 100, /重なっているか、順序が逆/],
  ['policy.bands[1].min', ['policy', 'bands', 0, 'max'], null, /重なっているか、順序が逆/],
  ['policy.bands[1].id', ['policy', 'bands', 1, 'id'], '20-99', /「20-99」が重複/],
  ['policy.bands[1].min', ['policy', 'bands'], [band({ min: 5 }), band({ id: 'y', max: 4 })], /順序が逆/],
  ['policy.bands[0].id', ['policy', 'bands', 0, 'id'], '', /空にはできません/],
  ['policy.regionFloor', ['policy', 'regionFloor'], -1, /0以上の整数/],
  ['policy.shortfall', ['policy', 'shortfall'], 'keep', /「leave」「redistribute」のいずれか/],
  ['policy.unknownValue', ['policy', 'unknownValue'], 101, /100以下の整数/],
  ['policy.criteria.fame', ['policy', 'criteria', 'fame'], 1, /定められていません/],
  ['policy.criteria.bcp', ['policy', 'criteria', 'bcp'], 1001, /1000以下の整数/],
  ['policy.criteria.bcp', ['policy', 'criteria', 'bcp'], 0.5, /整数で指定/],
  ['policy.tieBreak', ['policy', 'tieBreak'], ['beds', 'beds'], /同じ項目が2回/],
  ['policy.tieBreak[0]', ['policy', 'tieBreak'], ['name'], /いずれか/],
  ['policy.lotterySeed', ['policy', 'lotterySeed'], 7, /文字列で指定/],
  ['candidates[0].extra', ['candidates', 0, 'extra'], 1, /定められていません/],
  ['candidates[1].code', ['candidates', 1, 'code'], '1', /「1」が candidates\[0\] と重複/],
  ['candidates[0].name', ['candidates', 0, 'name'], undefined, /必須の項目/],
  ['candidates[0].region', ['candidates', 0, 'region'], '', /空にはできません/],
  ['candidates[0].region', ['candidates', 0, 'region'], '\ud842', /文字として扱えない/],
  ['candidates[0].beds', ['candidates', 0, 'beds'], '50', /整数で指定/],
  ['candidates[0].functions[0]', ['candidates', 0, 'functions'], ['dentist'], /いずれか/],
  ['candidates[0].inspection', ['candidates', 0, 'inspection'], 'bad', /「insufficient」「good」「unknown」/],
  ['candidates[0].submission.emr', ['candidates', 0, 'submission', 'emr'], 'yes', /「full」「partial」/],
  [
    'candidates[0].submission.emrPlannedMonth',
    ['candidates', 0, 'submission', 'emrPlannedMonth'],
    '2024-09',
    /planned/,
  ],
  [
    'candidates[0].submission.gmisConsent',
    ['candidates', 0, 'submission', 'gmisConsent'],
    'yes',
    /true または false/,
  ],
  ['candidates[0].submission.contact', ['candidates', 0, 'submission', 'contact'], 'x', /定められていません/],
  ['candidates[0].gmis', ['candidates', 0, 'submission'], null, /同意した病院/],
  ['candidates[0].gmis', ['candidates', 0, 'submission'], consentless, /同意した病院/],
  ['candidates[0].gmis.bcp', ['candidates', 0, 'gmis', 'bcp'], undefined, /必須の項目/],
  ['candidates[1].override.reason', ['candidates', 1, 'override', 'reason'], undefined, /必須の項目/],
  ['candidates[1].override.reason', ['candidates', 1, 'override', 'reason'], '', /理由を記入/],
  ['candidates[1].override.reason', ['candidates', 1, 'override', 'reason'], '　 ', /理由を記入/],
  [
    'candidates[1].override.kind',
    ['candidates', 1, 'override', 'kind'],
    'prefer',
    /「designate」「exclude」/,
  ],
])('%s', (field, path, value, message) => {
  expect(problemsOf(changed(path, value))).toEqual([{ path: field, message: expect.stringMatching(message) }])
})

test('what is no object at all', () => {
  expect(problemsOf(null)).toEqual([{ path: 'snapshot', message: expect.stringMatching(/オブジェクト/) }])
  expect(problemsOf([])).toEqual([{ path: 'snapshot', message: expect.stringMatching(/オブジェクト/) }])
})

test('keys that JavaScript hides', () => {
  const criteria = JSON.parse('{"__proto__": 5, "bcp": 5}')
  const hidden = { ...validSnapshot(), policy: { ...DEFAULT_POLICY, criteria } }
  expect(problemsOf(hidden)).toEqual([
    { path: 'policy.criteria.__proto__', message: expect.stringMatching(/定められていません/) },
  ])
})

test('every wrong field at once, each in Japanese', () => {
  const input = { ...validSnapshot(), round: 'x', a: 1, b: 2, candidates: [{ ...candidate('1'), beds: -1 }] }
  const problems = problemsOf(input)
  expect(problems.map(({ path }) => path).sort()).toEqual(['a', 'b', 'candidates[0].beds', 'round'])
  for (const { message } of problems) expect(message).toMatch(/^[^a-z]+。$/)
})

describe('answers to further questions', () => {
  const asking = (extra: object) => extraOfFirst(changed(QUESTIONS, [links, map]), extra)

  test.each<[string, object, RegExp]>([
    ['links', { links: -1 }, /整数/],
    ['links', { links: 1.5 }, /整数/],
    ['links', { links: 1e9 }, /整数/],
    ['links', { links: '3' }, /整数/],
    ['map', { map: 'no' }, /（yes）/],
    ['map', { map: 7 }, /（yes）/],
    ['other', { other: 'yes' }, /policy\.questions にありません/],
    ['__proto__', JSON.parse('{"__proto__":1}'), /policy\.questions にありません/],
    ['constructor', { constructor: 1 }, /policy\.questions にありません/],
  ])('that do not fit are refused by their path: %s %j', (id, extra, message) => {
    expect(problemsOf(asking(extra))).toEqual([
      { path: `candidates[0].submission.extra.${id}`, message: expect.stringMatching(message) },
    ])
  })

  test('that are null, and what else says nothing, read as their absence', () => {
    const bare = parseSnapshot(validSnapshot())
    const said = [
      [['policy', 'earlierSupport'], null],
      [['policy', 'earlierSupport'], 'ignore'],
      [QUESTIONS, null],
      [QUESTIONS, []],
      [['candidates', 0, 'publicFacts'], null],
      [['candidates', 0, 'publicFacts'], {}],
      [['candidates', 0, 'supportedIn'], null],
      [['candidates', 0, 'submission', 'extra'], null],
      [['candidates', 0, 'submission', 'extra'], {}],
    ] as const
    for (const [path, nothing] of said) expect(parseSnapshot(changed([...path], nothing))).toEqual(bare)
    expect(parseSnapshot(asking({ links: null, map: 'yes' }))).toEqual(parseSnapshot(asking({ map: 'yes' })))
  })
})

function extraOfFirst(snapshot: unknown, extra: object): unknown {
  const { candidates, ...rest } = snapshot as ReturnType<typeof validSnapshot>
  const [first, ...others] = candidates
  return { ...rest, candidates: [{ ...first, submission: { ...first!.submission, extra } }, ...others] }
}
