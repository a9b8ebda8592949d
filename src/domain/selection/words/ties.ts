import type { Separation } from '../explain/contest.ts'
import type { TieBreak } from '../policy.ts'

/**
 * 点数と許可病床数が同じ病院の間では、抽選により順位を決めています。
 * @returns '' where the points, or a move by hand, put one above the other
 */
export function tieSentence(by: Separation['by'], tieBreak: readonly TieBreak[]): string {
  if (by === 'score' || by === 'moved') return ''
  const before = tieBreak.slice(0, by === 'code' ? tieBreak.length : tieBreak.indexOf(by))
  const same = ['点数', ...before.map((key) => TIED[key])].join('と')
  return `${same}が同じ病院の間では、${TIES[by]}により順位を決めています。`
}

const TIED: Record<TieBreak, string> = {
  beds: '許可病床数',
  submittedAt: '回答の時刻',
  lottery: '抽選の結果',
}
const TIES: Record<TieBreak | 'code', string> = {
  beds: '許可病床数の多い順',
  submittedAt: '回答の早い順',
  lottery: '抽選',
  code: '医療機関コードの順',
}
