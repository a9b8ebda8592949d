import { lotteryDifference } from '../../lot/difference.ts'
import { isDrawnSeed, type Lottery, lotterySchema } from '../../lot/lottery.ts'
import type { Archive } from './archive.ts'
import { type Difference, shown } from './first-difference.ts'
import { frozenFile, missingFile } from './frozen-file.ts'
import { registerIn } from './register-check.ts'

/**
 * The draw: its seed, computed again from what was drawn, is the one that the hospitals were ordered by; where it is not, the
 * changed line is looked for.
 */
export function drawDifference({ files, snapshot }: Pick<Archive, 'files' | 'snapshot'>): Difference | null {
  const found = frozenFile<Lottery>(files, 'lottery.json', lotterySchema)
  const seed = snapshot.policy.lotterySeed
  if (!found) return isDrawnSeed(seed) ? missingFile(files, 'lottery.json', NO_DRAW) : null
  if ('difference' in found) return found.difference
  const { content: lottery, path } = found.file
  const difference = lotteryDifference(lottery, { seed, lots: lotsIn(files) })
  if (!difference) return copiedLotDifference(lottery, files)
  return { ...difference, path: [...path, ...difference.path], about: aboutDraw(lottery, difference.path) }
}

const NO_DRAW =
  '病院の順位は、抽選により定められた文字列によっていますが、抽選の記録（lottery.json）がありません。'

/** Where the list is right, the register's copy of a number may not be. */
function copiedLotDifference(lottery: Lottery, files: Archive['files']): Difference | null {
  if (lottery.method !== 'receipts') return null
  const listed = new Map(lottery.list.map(({ number, lot }) => [number, lot]))
  const register = files.findIndex(({ name }) => name === 'register.json')
  for (const [index, { number, lot }] of (registerIn(files)?.entries ?? []).entries()) {
    const known = number === null ? undefined : listed.get(number)
    if (lot === undefined || lot === known) continue
    const path = ['files', register, 'content', 'entries', index, 'lot']
    return { path, expected: shown(known), found: shown(lot), about: `受付番号${number}のくじ番号です。` }
  }
  return null
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
