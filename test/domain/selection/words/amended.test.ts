import { expect, test } from 'vitest'
import { amend, type Decline, passedOver } from '../../../../src/domain/selection/amendment.ts'
import { amendedReading, readingOf } from '../../../../src/domain/selection/reading.ts'
import { select } from '../../../../src/domain/selection/select.ts'
import { amendedTexts } from '../../../../src/domain/selection/words/amended.ts'
import { bands, candidate, snapshot } from '../builders.ts'

const TAKEN = snapshot(
  ['1', '2', '3', '4'].map((code) => candidate(code)),
  { criteria: {}, tieBreak: [], regionFloor: 0, bands: bands(1, 1) },
)
const RESULT = select(TAKEN)

function linesAfter(...declines: Decline[]): string[] {
  const outcome = amend(RESULT, declines)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  const { texts } = amendedReading(readingOf(TAKEN, RESULT), outcome.amended)
  return outcome.amended.results.map((row) =>
    [row.code, texts.decision(row), texts.basis(row) ?? '-', texts.why(row)].join('／'),
  )
}

test('without a decline the texts are those of the selection', () => {
  const { texts } = readingOf(TAKEN, RESULT)
  expect(linesAfter()).toEqual(
    RESULT.results.map((row) =>
      [row.code, texts.decision(row), texts.basis(row) ?? '-', texts.why(row)].join('／'),
    ),
  )
})

test('who declined, who moved up and who was passed over each have their own words', () => {
  const lines = linesAfter(passedOver('2', '追加選定（第2回）で選定済み'), {
    code: '1',
    reason: '更新時期と重なるため',
  })
  expect(lines).toEqual([
    '1／辞退／-／辞退の申出：更新時期と重なるため',
    '2／繰上げの対象外／-／追加選定（第2回）で選定済み（繰上げの対象外）',
    expect.stringMatching(
      /^3／選定／補欠からの繰上げ／.*の区分で補欠第2位。選定された病院の辞退に伴う繰上げ$/,
    ),
    expect.stringMatching(/^4／補欠第3位／-／/),
  ])
})

test('a reason that somebody typed marks nobody, whatever it ends with', () => {
  const [line] = linesAfter({ code: '1', reason: '院長から電話で申出（繰上げの対象外）' })
  expect(line).toBe('1／辞退／-／辞退の申出：院長から電話で申出（繰上げの対象外）')
})

test('the full stop of a typed reason is left to the sentence that it stands in', () => {
  expect(linesAfter({ code: '1', reason: '院長から電話。文書は後日。' })[0]).toBe(
    '1／辞退／-／辞退の申出：院長から電話。文書は後日',
  )
})

test('in a file of before there is nothing but the reason to go by', () => {
  const amendments = [{ code: '1', reason: '初回選定で選定済み（繰上げの対象外）', promoted: null }]
  const texts = amendedTexts(readingOf(TAKEN, RESULT), { format: 'kakuho.amended-result/1', amendments })
  const declined = { ...RESULT.results[0]!, decision: 'declined', basis: null } as const
  expect([texts.decision(declined), texts.why(declined)]).toEqual([
    '繰上げの対象外',
    '初回選定で選定済み（繰上げの対象外）',
  ])
})
