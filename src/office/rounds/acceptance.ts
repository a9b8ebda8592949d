import type { AcceptanceAnswer, AcceptanceRequest } from '../../db/acceptance.ts'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import { type FrozenReader, frozenRoundReader } from './frozen.ts'
import { type RoundLine, roundLines } from './lines.ts'

/** What a selected hospital has said to its seat by now. */
export type AcceptanceState = 'unanswered' | 'accepted' | 'declined'

export interface HospitalAcceptance {
  line: RoundLine
  state: AcceptanceState
  /** Null where it has said nothing. */
  answer: AcceptanceAnswer | null
}

/** 受諾確認 of a round as it stands. */
export interface RoundAcceptance {
  /** Null where nobody was asked, or is no more. */
  request: AcceptanceRequest | null
  isOpen: boolean
  /** The selected of the newest edition, in the order of support. */
  hospitals: HospitalAcceptance[]
}

export function roundAcceptance(stores: Stores, edition: ConfirmedEdition, now: Date): RoundAcceptance {
  const request = stores.acceptance.requestOf(edition.number)
  const { selected } = roundLines(frozenRoundReader(stores)(edition))
  const answerOf = answerReader(stores, edition.number)
  return {
    request,
    isOpen: isOpen(request, now),
    hospitals: selected.map((line) => {
      const answer = answerOf(line.code)
      return { line, state: answer?.answer ?? 'unanswered', answer }
    }),
  }
}

/** Who was asked and has not accepted, where a round is being asked at all. */
export function unconfirmed({ request, hospitals }: RoundAcceptance): HospitalAcceptance[] {
  return request === null ? [] : hospitals.filter(({ state }) => state !== 'accepted')
}

/** What a hospital's receipt says of it. */
export interface AskedHospital {
  round: number
  closesAt: Date
  isOpen: boolean
  answer: AcceptanceAnswer | null
  /** It has declined, and its seat is given back. */
  isGivenBack: boolean
  /** What came before it counts no more. */
  countsFrom: Date | null
}

/** @returns null where the hospital is not asked, or this answer is not the one that counts */
export function askedHospital(
  stores: Stores,
  { state, hospitalCode }: Submission,
  now: Date,
): AskedHospital | null {
  if (state !== 'current' || hospitalCode === null) return null
  const frozenOf = frozenRoundReader(stores)
  for (const edition of stores.editions.newest().toReversed()) {
    const request = stores.acceptance.requestOf(edition.number)
    if (!request?.closesAt) continue
    const answer = answerReader(stores, edition.number)(hospitalCode)
    const isSelected = selects(frozenOf, edition, hospitalCode)
    if (!isSelected && answer?.answer !== 'declined') continue
    return {
      round: edition.number,
      closesAt: request.closesAt,
      isOpen: isOpen(request, now),
      answer,
      isGivenBack: !isSelected,
      countsFrom: declinesCountFrom(stores, edition.number),
    }
  }
  return null
}

/** The last answer of each hospital that counts. A decline that doing the round anew took back does not. */
export function answerReader(stores: Stores, round: number): (hospital: string) => AcceptanceAnswer | null {
  const since = declinesCountFrom(stores, round)
  const answers = stores.acceptance.answers(round)
  return (hospital) => {
    const last = answers.findLast(({ hospitalCode }) => hospitalCode === hospital)
    if (!last) return null
    return last.answer === 'accepted' || since === null || last.recordedAt > since ? last : null
  }
}

function declinesCountFrom({ editions }: Stores, round: number): Date | null {
  return editions.ofRound(round).findLast(({ kind }) => kind === 'reopened')?.settled.at ?? null
}

function isOpen(request: AcceptanceRequest | null, now: Date): boolean {
  return request?.closesAt ? now < request.closesAt : false
}

function selects(frozenOf: FrozenReader, edition: ConfirmedEdition, code: string): boolean {
  return frozenOf(edition).reading.rows.some((row) => row.code === code && row.decision === 'selected')
}
