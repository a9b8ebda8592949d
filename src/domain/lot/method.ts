import type { Choice } from '../text/choice.ts'

/**
 * くじの方法: what the seed that orders equal hospitals is made of. `receipts`: of the くじ番号 of every answer by the web.
 * `announced`: of a public source that was named before the deadline. `text`: of the text that the policy has, as it was
 * before there were lots: a seed that is typed can be tried until the order pleases.
 */
export const LOT_METHOD_IDS = ['receipts', 'announced', 'text'] as const
export type LotMethod = (typeof LOT_METHOD_IDS)[number]

export const LOT_METHODS: readonly Choice<LotMethod>[] = [
  { id: 'receipts', label: '受付票のくじ番号による' },
  { id: 'announced', label: '公表される結果による' },
  { id: 'text', label: '選定基準の文字列による' },
]

/** Where nobody has chosen one. */
export const DEFAULT_LOT_METHOD: LotMethod = 'receipts'

/** Whether the seed is drawn, and not typed. */
export function isDrawn(method: LotMethod): boolean {
  return method !== 'text'
}
