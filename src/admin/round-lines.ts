import { amendedTexts } from '../domain/amended-texts.ts'
import { bandLabel } from '../domain/policy.ts'
import type { AmendedRow } from '../domain/selection/amendment.ts'
import { scoreText } from '../domain/selection-texts.ts'
import type { FrozenRound } from './frozen-round.ts'

/** One hospital of a frozen selection, in words. */
export interface RoundLine {
  code: string
  name: string
  region: string
  band: string
  beds: number
  /** 支援順位; null without a seat. */
  order: number | null
  waitlistPosition: number | null
  score: string
  /** 選定区分; null without a seat. */
  basis: string | null
  why: string
}

export interface RoundLines {
  /** In the order of support. */
  selected: RoundLine[]
  /** By band, then by their places. */
  waitlisted: RoundLine[]
  /** In the order in which they declined, each with who moved up. */
  declined: (RoundLine & { promoted: string | null })[]
  /** By the prefecture's own decision, not those whom another round has left out. */
  excluded: RoundLine[]
}

export function roundLines(frozen: FrozenRound): RoundLines {
  const { amended, snapshot, register } = frozen
  const line = lineOf(frozen)
  const rows = new Map(amended.results.map((row) => [row.code, row]))
  const names = new Map(snapshot.candidates.map(({ code, name }) => [code, name]))
  const bands = snapshot.policy.bands.map(({ id }) => id)
  const isWaiting = ({ decision }: AmendedRow) => decision === 'waitlisted'
  return {
    selected: amended.results
      .filter(({ decision }) => decision === 'selected')
      .sort((a, b) => a.order! - b.order!)
      .map(line),
    waitlisted: bands.flatMap((id) =>
      amended.results.filter((row) => row.band === id && isWaiting(row)).map(line),
    ),
    declined: amended.amendments.map(({ code, promoted }) => ({
      ...line(rows.get(code)!),
      promoted: promoted === null ? null : names.get(promoted)!,
    })),
    excluded: register.entries.flatMap(({ hospital: { code }, override }) => {
      const row = rows.get(code)!
      return override?.kind === 'exclude' && row.reason === 'excluded' ? [line(row)] : []
    }),
  }
}

function lineOf({ snapshot, result, amended }: FrozenRound): (row: AmendedRow) => RoundLine {
  const candidates = new Map(snapshot.candidates.map((candidate) => [candidate.code, candidate]))
  const bands = new Map(snapshot.policy.bands.map((band) => [band.id, bandLabel(band)]))
  const texts = amendedTexts(snapshot, result, amended)
  return (row) => ({
    code: row.code,
    name: candidates.get(row.code)!.name,
    region: row.region,
    band: bands.get(row.band ?? '') ?? '区分外',
    beds: candidates.get(row.code)!.beds,
    order: row.order,
    waitlistPosition: row.waitlistPosition,
    score: scoreText(row.score),
    basis: texts.basis(row),
    why: texts.why(row),
  })
}
