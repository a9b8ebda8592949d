import { scoreText } from '../../domain/selection/words/decision.ts'
import { rankingLineOf } from '../../domain/selection/words/ranking.ts'
import { type OrderLine, type OrderProblem, readOrderSheet } from '../../files/reports/order-sheet.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { planProblems } from '../../office/draft/order-plan.ts'
import { LARGEST_UPLOAD, type UploadedFile } from '../upload.ts'

/** The ranking as it goes out to be put into another order. */
export function orderLines({ snapshot, result }: Draft): OrderLine[] {
  const lineOf = rankingLineOf(snapshot, result)
  return result.results.flatMap((row) => {
    if (row.rank === null) return []
    const { code, name, region, band, beds, decisionText } = lineOf(row)
    const score = Number(scoreText(row.score))
    return [{ rank: row.rank, code, name, region, band, beds, score, decision: decisionText }]
  })
}

/** The order in the file that came back, if it is one of today's ranking. */
export async function readUploadedOrder(
  file: UploadedFile | null,
  draft: Draft,
): Promise<{ ok: true; codes: string[] } | { ok: false; problems: OrderProblem[] }> {
  if (!file) return refusal('順位表のファイルを選択してください。')
  if (file.isTooLarge) return refusal(TOO_LARGE)
  const read = await readOrderSheet(file.bytes)
  if (!read.ok) return read
  const problems = planProblems(draft, read.codes, read.rowOf)
  return problems.length > 0 ? { ok: false, problems } : read
}

const TOO_LARGE = `ファイルが大きすぎます。${LARGEST_UPLOAD / 1024 / 1024}MBまでのファイルを選択してください。`

function refusal(message: string): { ok: false; problems: OrderProblem[] } {
  return { ok: false, problems: [{ row: null, message }] }
}
