import { grouped } from '../../text/grouped.ts'
import type { SnapshotQuestion } from '../questions.ts'

/** What the 評価値 (0..100) of a further question measures, in a line for the officer. */
export function questionExplanation(question: SnapshotQuestion): string {
  return `${question.kind === 'choice' ? choiceText(question) : numberText(question)}回答がない場合は「不明な項目の評価値」を用います。`
}

function choiceText({ options }: Extract<SnapshotQuestion, { kind: 'choice' }>): string {
  const valued = options.filter(({ eligible }) => eligible !== false)
  const out = options.filter(({ eligible }) => eligible === false).map(({ label }) => `「${label}」`)
  const values = valued.map(({ label, value }) => `「${label}」は${value}`).join('、')
  return [
    values && `${values}です。`,
    out.length > 0 && `${out.join('、')}と回答した病院は、選定の対象としません。`,
  ]
    .filter(Boolean)
    .join('')
}

function numberText({ zeroAt, fullAt }: Extract<SnapshotQuestion, { kind: 'number' }>): string {
  const [none, all] = zeroAt < fullAt ? ['以下', '以上'] : ['以上', '以下']
  return `${grouped(zeroAt)}${none}は0、${grouped(fullAt)}${all}は100、その間は数に比例します（端数切捨て）。`
}

interface Difference {
  label: string
  before: string
  after: string
}

/** What two policies say otherwise of the further questions. */
export function questionChanges(
  before: readonly SnapshotQuestion[] = [],
  after: readonly SnapshotQuestion[] = [],
): Difference[] {
  const ids = [...new Set([...after, ...before].map(({ id }) => id))]
  const [old, now] = [before, after].map((questions) => new Map(questions.map((each) => [each.id, each])))
  return ids.flatMap((id) => {
    const label = (now!.get(id) ?? old!.get(id)!).label
    const [was, is] = [linesOf(old!.get(id)), linesOf(now!.get(id))]
    return [...new Set([...is.keys(), ...was.keys()])].map((name) => ({
      label: `「${label}」の${name}`,
      before: was.get(name) ?? NOT_SET,
      after: is.get(name) ?? NOT_SET,
    }))
  })
}

const NOT_SET = '定めなし'

/** What is set of one question, by what it is called. */
function linesOf(question: SnapshotQuestion | undefined): Map<string, string> {
  if (!question) return new Map([['配点', '0']])
  const points: [string, string] = ['配点', String(question.points)]
  if (question.kind === 'number')
    return new Map([
      points,
      [QUESTION_LABELS.zeroAt, grouped(question.zeroAt)],
      [QUESTION_LABELS.fullAt, grouped(question.fullAt)],
    ])
  return new Map([
    points,
    ...question.options.map(({ label, value, eligible }): [string, string] => [
      `選択肢「${label}」`,
      eligible === false ? '対象外' : `評価値${value}`,
    ]),
  ])
}

/** What the limits of a number are called wherever they are shown, typed or refused. */
export const QUESTION_LABELS = {
  zeroAt: '評価値が0になる数',
  fullAt: '評価値が100になる数',
} as const
