import type { Stores } from '../../db/stores.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { ineligibleReasons } from '../../domain/selection/eligibility.ts'
import type { Reasons } from '../../domain/selection/words/reasons.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { frozenRoundReader } from './frozen.ts'
import { declinesOf } from './recorded-declines.ts'
import { decisiveVerdict, type Verdict, verdictReader } from './verdict.ts'

/** What can be confirmed of a hospital. */
export const CONFIRMED_KINDS = [
  { id: 'selected', label: '選定' },
  { id: 'waitlisted', label: '補欠' },
  { id: 'declined', label: '辞退' },
  { id: 'out', label: '対象外・除外' },
] as const

/** What is confirmed of a hospital, whatever the draft makes of it. */
export interface ConfirmedResult {
  kind: (typeof CONFIRMED_KINDS)[number]['id']
  /** 初回選定で選定, 初回選定の後に辞退, 追加選定（第2回）で補欠第1位, 初回選定で対象外 */
  text: string
  /** 支援順位 第3位, 未回答; '' where the text says it all. */
  detail: string
  /** Why, in the round's words. */
  why: string
  /** As they were frozen; null in an edition of before. */
  reasons: Reasons | null
  /** The round's page. */
  href: string
  /** With which it was selected: they say in which band its seat lies. Null without a seat. */
  seatBeds: number | null
}

/** Of every hospital that a confirmed round knows. */
export type ConfirmedResults = ReadonlyMap<string, ConfirmedResult>

/** @returns null as long as nothing is confirmed */
export function confirmedResults(stores: Stores): ConfirmedResults | null {
  const frozenOf = frozenRoundReader(stores)
  const declines = declinesOf(stores, frozenOf)
  const rounds = stores.editions.newest().map((edition) => {
    const frozen = frozenOf(edition)
    return { frozen, verdictOf: verdictReader(edition, frozen, declines) }
  })
  if (rounds.length === 0) return null
  const codes = new Set(rounds.flatMap(({ frozen }) => frozen.reading.rows.map(({ code }) => code)))
  return new Map(
    [...codes].flatMap((code) => {
      const result = resultOf(decisiveVerdict(rounds.map(({ verdictOf }) => verdictOf(code))))
      return result ? [[code, result]] : []
    }),
  )
}

/** What is confirmed of a hospital that holds a seat; null of any other. */
export function confirmedSeat(stores: Stores, hospital: string | null): ConfirmedResult | null {
  const result = hospital === null ? null : confirmedResults(stores)?.get(hospital)
  return result?.kind === 'selected' ? result : null
}

/** 初回選定で選定（支援順位 第3位） */
export function confirmedText({ text, detail }: ConfirmedResult): string {
  return detail === '' ? text : `${text}（${detail}）`
}

function resultOf(verdict: Verdict | undefined): ConfirmedResult | null {
  if (!verdict?.row) return null
  const { edition, frozen, row, hasDeclined } = verdict
  const round = roundLabel(edition.number)
  const { texts, place } = frozen.reading
  const reasons = frozen.reasons?.(row.code) ?? null
  const told = { why: texts.why(row), reasons, href: `/admin/rounds/${edition.number}` }
  if (row.decision === 'selected')
    return {
      kind: 'selected',
      text: `${round}で選定`,
      detail: `支援順位 第${row.order}位`,
      ...told,
      seatBeds: frozen.reading.candidate(row.code).beds,
    }
  const seatBeds = null
  if (hasDeclined) return { kind: 'declined', text: `${round}の後に辞退`, detail: '', ...told, seatBeds }
  const text = `${round}で${texts.decision(row)}`
  if (row.decision === 'waitlisted') return { kind: 'waitlisted', text, detail: '', ...told, seatBeds }
  const isOut = row.reason !== null && row.reason !== 'excluded'
  const detail = isOut ? labelOf(ineligibleReasons(place), row.reason!) : ''
  return { kind: 'out', text, detail, ...told, why: detail === '' ? told.why : '', seatBeds }
}
