import { type Prefecture, prefectureOf } from '../survey/prefecture.ts'
import type { AmendedResult, AmendedRow } from './amendment.ts'
import { type Band, bandLabel as labelOfBand, NO_BAND } from './bands.ts'
import { type BandBoard, type BandLine, boardOf } from './board.ts'
import { type Contest, contestOf } from './explain/contest.ts'
import { type LotEffect, lotEffect } from './explain/lots.ts'
import type { Move } from './moves.ts'
import type { BandResult, HospitalResult, SelectionResult } from './result.ts'
import { select } from './select.ts'
import type { Candidate, Snapshot } from './snapshot.ts'
import { amendedTexts } from './words/amended.ts'
import { type DecisionTexts, selectionTexts } from './words/decision.ts'

/**
 * A selection as it is read: its hospitals and their lines by the hospital's key (a snapshot calls it `code`), and what
 * is said of them. Made once for each selection; pages, files and explanations all look things up here.
 */
export interface Reading<Row extends AmendedRow = HospitalResult> {
  snapshot: Snapshot
  /** As first selected, before anybody declined. */
  result: SelectionResult
  /** Whose decisions the words speak of. */
  place: Prefecture
  /** A line a hospital: in rank order, then the ineligible by code. */
  rows: readonly Row[]
  /** Of any hospital, in hundredths of a point. */
  highestScore: number
  /** How every band was filled. */
  bands: readonly BandResult[]
  /** 枠 / 選定対象 / 選定 / 補欠 / 過不足. Who declined is neither selected nor waiting. */
  board(): BandBoard
  texts: DecisionTexts<Row>
  /** @throws RangeError on a hospital that is not in the snapshot, as `name` and `row` do */
  candidate(code: string): Candidate
  name(code: string): string
  row(code: string): Row
  /** Null for a hospital whose beds lie in none. */
  band(id: string | null): Band | null
  /** 20～99床; 区分外 for a hospital whose beds lie in no band. */
  bandLabel(id: string | null): string
  /** The hospital's move by hand, whether it has an effect or not. */
  move(code: string): Move | null
  /** 1..n by points and tie-break alone, before any move by hand; null for one in no ranking. */
  naturalRank(code: string): number | null
  /** What an explanation looks back at: worked out when first asked for. */
  contest(): Contest
  /** What the lot decides: worked out when first asked for. */
  lots(): LotEffect
}

/** Whose selection it is is in no snapshot. */
const NOT_NAMED = prefectureOf('')

/**
 * @param result of the snapshot, where it is at hand
 * @param place whose decisions the words speak of
 */
export function readingOf(
  snapshot: Snapshot,
  result: SelectionResult = select(snapshot),
  place: Prefecture = NOT_NAMED,
): Reading {
  const { policy, candidates, moves } = snapshot
  const candidate = lookUp(candidates)
  const bands = new Map(policy.bands.map((band) => [band.id, band]))
  const moved = new Map(moves?.map((move) => [move.code, move]))
  const contest = once(() => contestOf(snapshot))
  const naturalRanks = once(
    () => new Map(contest().natural.map(({ entrant }, place) => [entrant.candidate.code, place + 1])),
  )
  const band = (id: string | null) => bands.get(id ?? '') ?? null
  const bandLabel = (id: string | null) => {
    const found = band(id)
    return found ? labelOfBand(found) : NO_BAND.label
  }
  const known = {
    snapshot,
    result,
    place,
    candidate,
    band,
    move: (code: string) => moved.get(code) ?? null,
  }
  return {
    ...known,
    rows: result.results,
    highestScore: result.results.reduce((highest, { score }) => Math.max(highest, score), 0),
    bands: result.bands,
    board: () => boardOf(countedBands(result.bands, result.results, bandLabel)),
    texts: selectionTexts(known),
    name: (code) => candidate(code).name,
    row: lookUp(result.results),
    bandLabel,
    naturalRank: (code) => naturalRanks().get(code) ?? null,
    contest,
    lots: once(() => lotEffect(contest())),
  }
}

/** A selection after some hospitals declined. */
export interface AmendedReading extends Reading<AmendedRow> {
  first: Reading
  amended: AmendedResult
}

/** @param first the selection that the amended one started from */
export function amendedReading(first: Reading, amended: AmendedResult): AmendedReading {
  return {
    ...first,
    first,
    amended,
    rows: amended.results,
    bands: amended.bands,
    board: () => boardOf(countedBands(amended.bands, amended.results, first.bandLabel)),
    texts: amendedTexts(first, amended),
    row: lookUp(amended.results),
  }
}

function countedBands(
  bands: readonly BandResult[],
  rows: readonly AmendedRow[],
  bandLabel: (id: string) => string,
): Omit<BandLine, 'balance'>[] {
  return bands.map(({ id, seats, selected }) => {
    const waitlisted = rows.filter(({ band, decision }) => band === id && decision === 'waitlisted').length
    return { id, label: bandLabel(id), seats, eligible: selected + waitlisted, selected, waitlisted }
  })
}

function lookUp<Item extends { code: string }>(items: readonly Item[]): (code: string) => Item {
  const known = new Map(items.map((item) => [item.code, item]))
  return (code) => {
    const item = known.get(code)
    if (!item) throw new RangeError(`no hospital ${code}`)
    return item
  }
}

function once<Value>(compute: () => Value): () => Value {
  let known: { value: Value } | null = null
  return () => {
    known ??= { value: compute() }
    return known.value
  }
}
