import { type FurtherQuestion, numberText } from '../../domain/answer/further.ts'

/** A question in the words of the officers' pages. */
export function questionLines(questions: readonly FurtherQuestion[]): { label: string; text: string }[] {
  return questions.map((question) => ({
    label: question.label,
    text: [kindText(question), question.required ? '必須' : '任意', question.isEnded && '終了']
      .filter(Boolean)
      .join('、'),
  }))
}

/** What may be answered: あり／なし, 数字（か所）, 文章 */
export function kindText({ kind, unit, options }: FurtherQuestion): string {
  if (kind === 'text') return '文章'
  if (kind === 'number') return unit === '' ? '数字' : `数字（${unit}）`
  return options.map(({ label, isEnded }) => (isEnded ? `${label}（受付終了）` : label)).join('／')
}

/** How many hospitals' answers say something to it. */
export function answeredText(count: number): string {
  return count === 0 ? 'なし' : numberText(count, '件')
}
