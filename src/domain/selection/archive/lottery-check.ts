import { lotteryDifference } from '../../lot/difference.ts'
import { type Lottery, lotterySchema } from '../../lot/lottery.ts'
import type { Archive } from './archive.ts'
import type { Difference } from './first-difference.ts'
import { frozenFile } from './frozen-file.ts'
import { registerIn } from './register-check.ts'

/**
 * The draw: its seed, computed again from what was drawn, is the one that the hospitals were ordered by; where it is not, the
 * changed line is looked for.
 */
export function drawDifference({ files, snapshot }: Pick<Archive, 'files' | 'snapshot'>): Difference | null {
  const found = frozenFile<Lottery>(files, 'lottery.json', lotterySchema)
  if (!found || 'difference' in found) return found?.difference ?? null
  const { content: lottery, path } = found.file
  const difference = lotteryDifference(lottery, { seed: snapshot.policy.lotterySeed, lots: lotsIn(files) })
  if (!difference) return null
  return { ...difference, path: [...path, ...difference.path], about: aboutDraw(lottery, difference.path) }
}

/** くじ番号 by 受付番号, of the answers that the register has one of. */
function lotsIn(files: Archive['files']): Map<string, string> {
  const entries = registerIn(files)?.entries ?? []
  return new Map(
    entries.flatMap(({ number, lot }): [string, string][] =>
      number && lot !== undefined ? [[number, lot]] : [],
    ),
  )
}

function aboutDraw(lottery: Lottery, [part, index]: (string | number)[]): string {
  const line = lottery.method === 'receipts' && typeof index === 'number' ? lottery.list[index] : undefined
  if (part === 'list')
    return line ? `受付番号${line.number}のくじ番号です。` : 'くじ番号の一覧から、回答が抜けています。'
  if (part === 'source' || part === 'value') return '抽選に用いた結果です。'
  return '抽選に用いる文字列が、抽選の記録から計算したものと異なります。'
}
