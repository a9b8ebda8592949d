import { expect, test } from 'vitest'
import { fieldLabel } from '../../../../src/admin/policy/field-errors.ts'
import { registerOf } from '../../../../src/domain/record/register.ts'
import { amend } from '../../../../src/domain/selection/amendment.ts'
import { DEFAULT_POLICY } from '../../../../src/domain/selection/policy.ts'
import { amendedReading, readingOf } from '../../../../src/domain/selection/reading.ts'
import { policyContents, policyLines, policyRules } from '../../../../src/domain/selection/words/policy.ts'
import { internalSheets } from '../../../../src/files/reports/internal-report.ts'
import { snapshot } from '../builders.ts'

const POLICY = {
  ...DEFAULT_POLICY,
  supportPeriodEnd: '2025-03',
  lotterySeed: '令和6年3月19日',
  regionFloor: 2,
  shortfall: 'redistribute' as const,
}
const RULES = [
  { label: '医療圏ごとに確保する病院数', text: '2病院以上' },
  { label: '枠に余りが出たとき', text: '余った枠をほかの病床規模区分に回す' },
  { label: '支援期間の終期（年月）', text: '令和7年3月' },
  { label: '不明な項目の評価値', text: '50（0～100のうち）' },
  { label: '同点のときの順位', text: '病床数の多い順、抽選' },
  { label: '抽選に用いる文字列', text: '「令和6年3月19日」' },
  { label: '過去の年度に支援を受けた病院', text: '過去に支援を受けた病院も対象とする' },
]

test('a rule is called and worded the same on its page, on a round’s page and in the internal workbook', () => {
  const taken = snapshot([], POLICY)
  const reading = readingOf(taken)
  const outcome = amend(reading.result, [])
  if (!outcome.ok) throw new Error('no decline is refused')
  const facts = { prefecture: '鹿児島県', ministryColumns: [], hospitals: [], submissions: [], overrides: [] }
  const register = registerOf(facts)
  expect(policyRules(POLICY)).toEqual(RULES)
  expect(policyContents(POLICY).rules).toEqual(RULES)
  expect(policyLines(3, taken, register).rules.slice(2)).toEqual(RULES)
  const sheet = internalSheets({
    reading: amendedReading(reading, outcome.amended),
    register,
    questions: [],
    reasons: null,
  }).at(-1)!
  expect(sheet.rows).toEqual(expect.arrayContaining(RULES.map(({ label, text }) => [label, text])))
})

test('a period without an end names none', () => {
  const rules = policyRules(DEFAULT_POLICY)
  expect(rules[2]!.text).toBe('未設定（導入予定の病院は、時期にかかわらず対象）')
})

test('its field in a form is called by the same name', () => {
  const labels = RULES.map(({ label }) => label)
  for (const name of ['regionFloor', 'shortfall', 'supportPeriodEnd', 'unknownValue', 'lotterySeed'])
    expect(labels).toContain(fieldLabel(name))
  expect(fieldLabel('tieBreak.0')).toBe('同点のときの順位（1番目）')
})
