import type { Choice } from '../text/choice.ts'

/** Grounds on which a part of a document is not disclosed, in the order in which ordinances list them. */
export const GROUND_IDS = ['individual', 'corporate', 'safety', 'deliberation', 'operations'] as const
export type Ground = (typeof GROUND_IDS)[number]
export const GROUNDS: readonly Choice<Ground>[] = [
  { id: 'individual', label: '個人' },
  { id: 'corporate', label: '法人等' },
  { id: 'safety', label: '公共安全' },
  { id: 'deliberation', label: '審議検討' },
  { id: 'operations', label: '事務事業' },
]

/**
 * What each ground says where nobody has put in the words of the prefecture's own ordinance. No article is named: which
 * one it is differs from prefecture to prefecture.
 */
export const SHIPPED_WORDINGS: Readonly<Record<Ground, string>> = {
  individual:
    '個人に関する情報であり、特定の個人を識別することができるもの、又は公にすることにより個人の権利利益を害するおそれがあるもの',
  corporate:
    '法人その他の団体に関する情報であり、公にすることにより、その権利、競争上の地位その他正当な利益を害するおそれがあるもの',
  safety:
    '公にすることにより、病院へのサイバー攻撃その他の犯罪の予防、公共の安全と秩序の維持に支障を及ぼすおそれがあるもの',
  deliberation:
    '内部における審議、検討又は協議に関する情報であり、公にすることにより、率直な意見の交換又は意思決定の中立性が不当に損なわれるおそれがあるもの',
  operations:
    '事務又は事業に関する情報であり、公にすることにより、その適正な遂行に支障を及ぼすおそれがあるもの',
}

/** What stands in the place of what is not disclosed. Always the same, so that its length says nothing. */
export const REMOVED = '■■'

/** When a place is open though its column has grounds. */
export type Opening =
  /** Once the result of the round is shown: until then it is a matter of deliberation. */
  | { kind: 'published' }
  /** With one of these values, once the result is shown; every other value has the grounds. */
  | { kind: 'values'; values: readonly string[] }
  /** A hash over so many unknown values that nobody finds them by trying. */
  | { kind: 'hash' }
  /** A count of hospitals that points at none. */
  | { kind: 'count' }

/** How a column, or a place of a JSON file, is treated. */
export interface ColumnRule {
  /** The heading; of a JSON file the path: `candidates[].inspection`. */
  column: string
  /** None: open. */
  grounds: readonly Ground[]
  opening?: Opening
  /** Headings that differ from edition to edition and are one kind. */
  pattern?: RegExp
  /** Of a JSON file: whatever lies below is treated the same. */
  isWhole?: boolean
  /** Never open: whoever has it can act as somebody else. */
  isSecret?: boolean
  /** An officer has opened it: a sentence in it may still name somebody. */
  isOpened?: boolean
  /** Why, or what to look at before it is changed. */
  note?: string
}

/** A kind of file that the office holds or makes. */
export interface DocumentRules {
  /** As the file is called in addresses and archives, without what follows the dot where there are several. */
  id: string
  title: string
  /** The names under which it is kept, where it is one of a round's. */
  files: readonly string[]
  columns: readonly ColumnRule[]
  /** What is particular about it. */
  note?: string
}

/** What a column is called in: `open`, or the first of its grounds. */
export function classLabel({ grounds }: Pick<ColumnRule, 'grounds'>): string {
  return grounds.length === 0 ? '開示' : groundsLabel(grounds)
}

/** 公共安全・法人等 */
export function groundsLabel(grounds: readonly Ground[]): string {
  return grounds.map((ground) => GROUNDS.find(({ id }) => id === ground)!.label).join('・')
}

/** What an opening means, in words; '' where there is none. */
export function openingText(opening: Opening | undefined): string {
  switch (opening?.kind) {
    case 'published':
      return '病院への結果の表示を始めるまで'
    case 'values':
      return '選定された病院のほかは'
    case 'hash':
      return '病院の数が少ないときは'
    case 'count':
      return '1又は2があるときは'
    default:
      return ''
  }
}
