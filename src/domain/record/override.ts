import type { Choice } from '../text/choice.ts'

/** 県の判断: what the prefecture decides about a hospital by itself. */
export const OVERRIDE_IDS = ['designate', 'exclude'] as const
export type OverrideKind = (typeof OVERRIDE_IDS)[number]
export const OVERRIDES: readonly Choice<OverrideKind>[] = [
  { id: 'designate', label: '県の指定' },
  { id: 'exclude', label: '対象外とする判断' },
]
