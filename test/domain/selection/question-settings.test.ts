import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FurtherQuestion } from '../../../src/domain/answer/further.ts'
import {
  countingQuestions,
  fittedPolicy,
  questionTextsOf,
  unfittedLabels,
  withQuestionsOf,
} from '../../../src/domain/selection/edition-questions.ts'
import { DEFAULT_POLICY, labelledPolicy, type Policy } from '../../../src/domain/selection/policy.ts'
import { policySettings, policyWith } from '../../../src/domain/selection/policy-settings.ts'
import type { PolicyQuestion } from '../../../src/domain/selection/questions.ts'
import { policyChanges } from '../../../src/domain/selection/words/policy-changes.ts'
import { aFurther, FOUR } from '../../support/further.ts'

const points = fc.nat(1000)
const limits = fc
  .uniqueArray(fc.nat(999_999_999), { minLength: 2, maxLength: 2 })
  .map(([zeroAt, fullAt]) => ({ zeroAt: zeroAt!, fullAt: fullAt! }))
const number = fc
  .tuple(points, limits)
  .map(([own, ends]) => ({ kind: 'number' as const, points: own, ...ends }))
const option = fc
  .tuple(fc.nat(100), fc.boolean())
  .map(([value, isOut]) => ({ value, ...(isOut && { eligible: false as const }) }))
const choice = fc.tuple(points, fc.array(option, { minLength: 1, maxLength: 4 })).map(([own, options]) => ({
  kind: 'choice' as const,
  points: own,
  options: options.map((each, index) => ({ id: `o${index + 1}`, ...each })),
}))
const questions: fc.Arbitrary<PolicyQuestion[]> = fc
  .array(fc.oneof(number, choice), { minLength: 1, maxLength: 10 })
  .map((each) => each.map((question, index) => ({ id: `q${index + 1}`, ...question })))

/** The edition that asks what a policy counts. */
function askedFor(counted: readonly PolicyQuestion[]): FurtherQuestion[] {
  return counted.map((question) =>
    aFurther({
      id: question.id,
      kind: question.kind,
      label: `質問${question.id}`,
      options:
        question.kind === 'choice'
          ? question.options.map(({ id }) => ({ id, label: `選択肢${id}`, isEnded: false }))
          : [],
    }),
  )
}

describe('a policy’s questions as settings', () => {
  test('any of them is what its own texts read as', () => {
    fc.assert(
      fc.property(questions, fc.boolean(), (counted, isExcluded) => {
        const policy: Policy = {
          ...DEFAULT_POLICY,
          questions: counted,
          ...(isExcluded && { earlierSupport: 'exclude' }),
        }
        const asked = askedFor(counted)
        const texts = policySettings(policy, asked)
        expect(policyWith({ ...DEFAULT_POLICY, questions: counted }, texts, asked)).toEqual({
          ok: true,
          policy,
        })
        expect(policyWith(policy, {}, asked)).toEqual({ ok: true, policy })
      }),
    )
  })

  test('what nobody has touched stays out of the policy, which keeps its bytes', () => {
    const texts = policySettings(DEFAULT_POLICY, FOUR)
    expect(texts).toMatchObject({
      'points.q.links': '0',
      'zeroAt.q.links': '',
      'value.q.map.yes': '0',
      'ineligible.q.map.no': 'no',
      earlierSupport: 'ignore',
    })
    expect(policyWith(DEFAULT_POLICY, {}, FOUR)).toEqual({ ok: true, policy: DEFAULT_POLICY })
  })

  test.each<[string, string, string]>([
    ['points.q.links', '1001', '1000以下の整数で指定してください。'],
    ['zeroAt.q.links', '-1', '整数で指定してください。'],
    ['fullAt.q.links', '0', '評価値が0になる数と100になる数が同じです。異なる数を指定してください。'],
    ['value.q.map.no', '101', '100以下の整数で指定してください。'],
    ['ineligible.q.map.no', 'maybe', 'yes（対象外）または no を指定してください。'],
    ['earlierSupport', 'all', '「ignore」「exclude」のいずれかを指定してください。'],
  ])('%s=%s is refused by its key', (key, text, message) => {
    const changes = { 'points.q.links': '1', 'zeroAt.q.links': '0', 'fullAt.q.links': '9', [key]: text }
    const outcome = policyWith(DEFAULT_POLICY, changes, FOUR)
    expect(outcome.ok ? [] : outcome.refusals).toEqual([{ key, message }])
  })
})

describe('the policy on the questions as they are asked today', () => {
  const policy: Policy = {
    ...DEFAULT_POLICY,
    questions: [
      { id: 'links', kind: 'number', points: 5, zeroAt: 0, fullAt: 9 },
      { id: 'map', kind: 'choice', points: 5, options: [{ id: 'yes', value: 40, eligible: false }] },
    ],
  }

  test('an option that came later is worth 0, and is to be looked at', () => {
    expect(fittedPolicy(policy, FOUR).questions![1]).toMatchObject({
      options: [
        { id: 'yes', value: 40, eligible: false },
        { id: 'no', value: 0 },
      ],
    })
    expect(unfittedLabels(policy, FOUR)).toEqual(['「ネットワーク構成図の有無」の選択肢「なし」'])
    expect(unfittedLabels(DEFAULT_POLICY, FOUR)).toEqual([])
  })

  test('a question that became another kind, or is none any more, is left out', () => {
    const asked = [aFurther({ id: 'links', kind: 'choice' })]
    expect(fittedPolicy(policy, asked).questions).toBeUndefined()
    expect(unfittedLabels(policy, asked)).toEqual(['「外部接続点の数」'])
    expect(fittedPolicy(DEFAULT_POLICY, asked)).toBe(DEFAULT_POLICY)
  })

  test('one that has ended counts on as long as the policy has it; a text never does', () => {
    const ended = FOUR.map((each) => ({ ...each, isEnded: true }))
    expect(countingQuestions(policy, ended).map(({ id }) => id)).toEqual(['links', 'map'])
    expect(countingQuestions({}, FOUR).map(({ id }) => id)).toEqual(['links', 'map', 'vendor'])
  })

  test('another policy in its place keeps what counted, at nothing and keeping nobody out', () => {
    const kept = withQuestionsOf({ ...DEFAULT_POLICY, questions: [] }, policy, FOUR).questions
    expect(kept).toEqual([
      { id: 'links', kind: 'number', points: 0, zeroAt: 0, fullAt: 9 },
      { id: 'map', kind: 'choice', points: 0, options: [{ id: 'yes', value: 40 }] },
    ])
    expect(withQuestionsOf(policy, policy, FOUR)).toBe(policy)
  })

  test('two of them say the same in words exactly where they are the same', () => {
    fc.assert(
      fc.property(questions, questions, (one, other) => {
        const [a, b] = [one, other].map((counted) => {
          const asked = askedFor(counted)
          return labelledPolicy({ ...DEFAULT_POLICY, questions: counted }, questionTextsOf(asked))
        })
        const isSame = JSON.stringify(one.map(told)) === JSON.stringify(other.map(told))
        expect(policyChanges(a!, b!).length === 0).toBe(isSame)
      }),
    )
  })
})

/** Of an option that keeps its hospital out the value decides nothing. */
function told(question: PolicyQuestion) {
  return question.kind === 'number'
    ? question
    : { ...question, options: question.options.map((each) => (each.eligible === false ? each.id : each)) }
}
