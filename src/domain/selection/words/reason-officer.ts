import { amendmentsOf } from '../amendment.ts'
import { explain } from '../explain/explain.ts'
import type { AmendedReading, Reading } from '../reading.ts'
import type { HospitalResult } from '../result.ts'
import { withoutStop } from './decision.ts'
import { explanationTexts } from './sentences.ts'

/** What is known beside the selection. */
export interface Beside {
  /** 初回選定で選定済みのため: which other round keeps a hospital out. */
  leftOut?: (code: string) => string | undefined
  /** What was said before anybody declined: it still holds of a hospital that was in no ranking. */
  before?: ((code: string) => { officer: string }) | null
}

/** Why a hospital is where it is, to an officer: the outcome first, then each sentence on its line. */
export function officerReason(reading: AmendedReading, code: string, { leftOut, before }: Beside): string {
  const { first, amended } = reading
  const since = sinceThen(reading, code)
  const isRanked = first.row(code).eligible
  if (!isRanked && before) return before(code).officer
  const { summary, sentences } = explanationTexts(explain(first, code), first, leftOut?.(code))
  return [
    ...since,
    summary,
    ...sentences.slice(saysMore(first.row(code), first) ? 0 : 1).filter((sentence) => sentence !== summary),
    ...(isRanked && amended.amendments.length > 0
      ? [`${since.length > 0 ? 'これらのほかは' : '以上は'}、辞退を反映する前の選定についての説明です。`]
      : []),
  ]
    .map(onOneLine)
    .join('\n')
}

/** Of a hospital that is ranked the first sentence says what the summary says, but for these. */
function saysMore({ basis, eligible, bandRank, band: id }: HospitalResult, { band }: Reading): boolean {
  return !eligible || basis === 'designated' || (basis === 'rank' && bandRank! > band(id)!.seats)
}

/** What declines have made of it. */
function sinceThen({ amended, row: rowOf, first, name }: AmendedReading, code: string): string[] {
  const amendments = amendmentsOf(amended)
  const decline = amendments.find((each) => each.code === code)
  if (decline) {
    const { kind, reason, promoted } = decline
    if (kind) return [`${withoutStop(reason)}です。`]
    const instead = promoted === null ? '' : `${name(promoted)}が繰り上がっています。`
    return [`辞退の申出がありました（理由：${withoutStop(reason)}）。${instead}`]
  }
  const row = rowOf(code)
  if (row.basis !== 'promoted') return []
  const from = amendments.find(({ promoted }) => promoted === code)!
  return [
    `${name(from.code)}の辞退に伴い、補欠第${first.row(code).waitlistPosition}位から繰り上げて選定しています（支援順位 第${row.order}位）。`,
  ]
}

/** What an officer typed may have several lines. */
function onOneLine(sentence: string): string {
  return sentence.replaceAll('\n', '　')
}
