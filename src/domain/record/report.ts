import type { Choice } from '../text/choice.ts'
import { roundLabel } from './round.ts'

/** How the 支援順位 of several rounds stand in one report. */
export const NUMBERING_IDS = ['per-round', 'continuous'] as const
export type Numbering = (typeof NUMBERING_IDS)[number]
export const NUMBERINGS: readonly Choice<Numbering>[] = [
  { id: 'continuous', label: '通し番号（初回選定の最後の順位の次から続ける）' },
  { id: 'per-round', label: '回ごとに1から付ける' },
]

/** How a report is sent to the ministry. */
export const REPORT_WAY_IDS = ['mail', 'system', 'post', 'other'] as const
type ReportWay = (typeof REPORT_WAY_IDS)[number]
export const REPORT_WAYS: readonly Choice<ReportWay>[] = [
  { id: 'mail', label: '電子メール' },
  { id: 'system', label: '国のシステムへの登録' },
  { id: 'post', label: '郵送' },
  { id: 'other', label: 'その他（補足に記入）' },
]

/** 初回選定と追加選定（第2回） */
export function roundsLabel(rounds: readonly number[]): string {
  return rounds.map(roundLabel).join('と')
}
