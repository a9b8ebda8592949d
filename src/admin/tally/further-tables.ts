import { furtherField, numberText } from '../../domain/answer/further.ts'
import { distinctLabels } from '../../domain/text/distinct.ts'
import { grouped } from '../../domain/text/grouped.ts'
import type { QuestionTally } from '../../office/tally/further.ts'
import { address, counted, share, type TallyTable } from './cells.ts'

/** A table for each further question that can be counted. @param all answers that count */
export function furtherTables(tallies: readonly QuestionTally[], all: number): TallyTable[] {
  const titles = distinctLabels(tallies.map(({ question }) => `質問：${question.shortLabel}`))
  return tallies.map((tally, index) => tableOf(tally, titles[index]!, all))
}

function tableOf(
  { question, lines, unanswered, spread }: QuestionTally,
  title: string,
  all: number,
): TallyTable {
  const narrowed = (value: string) =>
    address('/admin/submissions', { state: 'current', [furtherField(question.id)]: value })
  const row = (label: string, count: number, href: string, isTotal = false) => ({
    label,
    isTotal,
    cells: [counted(count, href), share(count, all)],
  })
  const isChoice = question.kind === 'choice'
  return {
    id: `question-${question.id}`,
    title,
    note: [
      `「${question.label}」。有効な回答の件数です。`,
      spread ? spreadText(spread, all - unanswered, question.unit) : '',
    ].join(''),
    rowHead: isChoice ? '選択肢' : question.shortLabel,
    columns: ['件数', '割合'],
    rows: [
      ...lines.map(({ id, label, count }) => row(label, count, narrowed(id))),
      row('回答なし', unanswered, narrowed('-')),
      row('計', all, address('/admin/submissions', { state: 'current' }), true),
    ],
  }
}

/** 最小2、中央値8、平均12.5、最大40か所です。 */
function spreadText(
  { least, middle, most, sum }: NonNullable<QuestionTally['spread']>,
  answers: number,
  unit: string,
): string {
  const average = grouped(Math.round((10 * sum) / answers) / 10)
  return `最小${numberText(least, unit)}、中央値${numberText(middle, unit)}、平均${average}${unit}、最大${numberText(most, unit)}です。`
}
