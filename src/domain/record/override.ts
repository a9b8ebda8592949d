import type { Prefecture } from '../survey/prefecture.ts'

/** 県の判断: what the prefecture decides about a hospital by itself. */
export const OVERRIDE_IDS = ['designate', 'exclude'] as const
export type OverrideKind = (typeof OVERRIDE_IDS)[number]

/** 府の指定, 府の判断による除外 */
export function overrideLabel(override: OverrideKind, { kind }: Prefecture): string {
  return override === 'designate' ? `${kind}の指定` : `${kind}の判断による除外`
}
