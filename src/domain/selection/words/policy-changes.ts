import { type Band, bandLabel, isDerivedBandId } from '../bands.ts'
import { CRITERIA, type SnapshotPolicy } from '../policy.ts'
import { policyRules } from './policy.ts'
import { questionChanges } from './policy-questions.ts'

/** One difference between two policies in words: 「救急医療」の配点：25 → 30 */
export interface PolicyChange {
  label: string
  before: string
  after: string
}

/** Empty where both decide alike in everything. */
export function policyChanges(before: SnapshotPolicy, after: SnapshotPolicy): PolicyChange[] {
  const rulesAfter = policyRules(after)
  const rules = policyRules(before).map(({ label, text }, index) => ({
    label,
    before: text,
    after: rulesAfter[index]!.text,
  }))
  const points = CRITERIA.map(({ id, label }) => ({
    label: `「${label}」の配点`,
    before: String(before.criteria[id] ?? 0),
    after: String(after.criteria[id] ?? 0),
  }))
  const questions = questionChanges(before.questions, after.questions)
  return [...bandChanges(before.bands, after.bands), ...points, ...questions, ...rules].filter(
    (change) => change.before !== change.after,
  )
}

/** A band is the same one where its limits are, or else where its name or its lower limit is. */
function bandChanges(before: readonly Band[], after: readonly Band[]): PolicyChange[] {
  const left = [...after]
  const changes = before.flatMap((band) => {
    const found = left.findIndex((other) => sameLimits(band, other))
    const at = found >= 0 ? found : left.findIndex(({ id, min }) => id === band.id || min === band.min)
    if (at < 0)
      return [{ label: `病床規模区分「${bandLabel(band)}」`, before: seatsText(band), after: 'なし' }]
    return changesOfBand(band, left.splice(at, 1)[0]!)
  })
  const added = left.map((band) => ({
    label: `病床規模区分「${bandLabel(band)}」`,
    before: 'なし',
    after: seatsText(band),
  }))
  return [...changes, ...added]
}

function changesOfBand(before: Band, after: Band): PolicyChange[] {
  const label = bandLabel(after)
  return [
    { label: '病床規模区分の範囲', before: bandLabel(before), after: label },
    { label: `${label}の枠`, before: `${before.seats}病院分`, after: `${after.seats}病院分` },
    // What files call a band is no word for an officer: that it changed is what there is to say.
    ...(before.id === after.id || (isDerivedBandId(before.id) && isDerivedBandId(after.id))
      ? []
      : [{ label: `${label}の区分の記号（ファイル用）`, before: '以前のもの', after: '新しいもの' }]),
  ]
}

function sameLimits(a: Band, b: Band): boolean {
  return a.min === b.min && a.max === b.max
}

function seatsText({ seats }: Band): string {
  return `枠${seats}病院分`
}
