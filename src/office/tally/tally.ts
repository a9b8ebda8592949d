import type { Stores } from '../../db/stores.ts'
import type { Emr, Intent } from '../../domain/answer/choices.ts'
import { type Band, bandIndexOf, bandLabel, NO_BAND } from '../../domain/selection/bands.ts'
import { type IneligibleReason, ineligibleReasons } from '../../domain/selection/eligibility.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { type SubmissionRow, submissionRows } from '../answers/rows.ts'
import type { Draft } from '../draft/draft.ts'
import { regionOrder } from '../region-order.ts'
import { type QuestionTally, questionTallies } from './further.ts'

/** Hospitals of one kind, and of them those with an answer that counts. */
export interface RateLine {
  /** As an address has it. */
  id: string
  label: string
  hospitals: number
  answered: number
}

export interface ConsentLine {
  id: string
  label: string
  answers: number
  consented: number
  /** Of those the ones whose GMIS answers are taken in. */
  kept: number
}

/** The survey in numbers. Each is counted by itself: none is a sum of others. */
export interface Tally {
  /** Answers that count. Null stands for any. */
  answers: (emr: Emr | null, intent: Intent | null) => number
  /** Of these the ones of closed hospitals, which are not asked any more. */
  closed: number
  regions: RateLine[]
  bands: RateLine[]
  hospitals: RateLine
  /** Of a region and a band. */
  rate: (region: string, band: string) => Omit<RateLine, 'id' | 'label'>
  consents: ConsentLine[]
  consent: ConsentLine
  /** What was answered to the further questions of this edition. */
  questions: QuestionTally[]
  eligible: number
  reasons: { id: IneligibleReason; label: string; count: number }[]
}

export function tallyOf(stores: Stores, draft: Draft, prefectureCode: string): Tally {
  const current = submissionRows(stores).filter(({ submission }) => submission.state === 'current')
  const answering = new Set(current.map(({ submission }) => submission.hospitalCode))
  const { bands } = draft.policy
  const bandOf = (beds: number) => bandId(bands, beds)
  const hospitals = draft.hospitals.map(({ key, region, beds }) => ({
    region,
    band: bandOf(beds),
    isAnswered: answering.has(key),
  }))
  const rate = ratesOf(hospitals)
  const regions = regionsOf(draft, prefectureCode)
  const bandLines = bandsOf(bands, [...hospitals.map(({ band }) => band), ...current.map(bandOfAnswer)])
  const kept = new Set(stores.gmis.all().keys())
  const rows = draft.reading.rows
  return {
    answers: (emr, intent) => current.filter(isAnswer(emr, intent)).length,
    closed: current.filter(({ hospital }) => hospital?.isClosed).length,
    regions: regions.map((region) => ({
      id: region,
      label: region,
      ...rate(region, null),
    })),
    bands: bandLines.map((band) => ({ ...band, ...rate(null, band.id) })),
    hospitals: { id: '', label: '計', ...rate(null, null) },
    rate,
    consents: bandLines.map((band) => ({
      ...band,
      ...consentOf(
        current.filter((row) => bandOfAnswer(row) === band.id),
        kept,
      ),
    })),
    consent: { id: '', label: '計', ...consentOf(current, kept) },
    questions: questionTallies(
      stores.questions.all(),
      current.map(({ submission }) => submission.answers),
    ),
    eligible: rows.filter(({ decision }) => decision !== 'ineligible').length,
    reasons: ineligibleReasons(draft.reading.place).map((reason) => ({
      ...reason,
      count: rows.filter((row) => row.reason === reason.id).length,
    })),
  }
}

interface Asked {
  region: string
  band: string
  isAnswered: boolean
}

/** Of a region, a band, both or all: each counted by itself, in one look at every hospital. Null stands for any. */
function ratesOf(hospitals: readonly Asked[]) {
  const counts = new Map<string, { hospitals: number; answered: number }>()
  const keyOf = (region: string | null, band: string | null) => JSON.stringify([region, band])
  for (const { region, band, isAnswered } of hospitals)
    for (const key of [keyOf(region, band), keyOf(region, null), keyOf(null, band), keyOf(null, null)]) {
      const { hospitals: asked, answered } = counts.get(key) ?? { hospitals: 0, answered: 0 }
      counts.set(key, { hospitals: asked + 1, answered: answered + (isAnswered ? 1 : 0) })
    }
  return (region: string | null, band: string | null) =>
    counts.get(keyOf(region, band)) ?? { hospitals: 0, answered: 0 }
}

function isAnswer(emr: Emr | null, intent: Intent | null) {
  return ({ submission: { answers } }: SubmissionRow) =>
    (emr === null || answers.emr === emr) && (intent === null || answers.intent === intent)
}

function consentOf(rows: readonly SubmissionRow[], kept: ReadonlySet<string>) {
  const consented = rows.filter(({ submission }) => submission.answers.gmisConsent)
  return {
    answers: rows.length,
    consented: consented.length,
    kept: consented.filter(({ hospital }) => kept.has(hospital!.key)).length,
  }
}

/** In the prefecture's own order; also those that no hospital lies in. */
function regionsOf({ hospitals }: Draft, prefectureCode: string): string[] {
  const names = [...shippedGeography(prefectureCode).regions, ...hospitals.map(({ region }) => region)]
  return [...new Set(names)].sort(regionOrder(prefectureCode))
}

/** 区分外 only where something lies in it. */
function bandsOf(bands: readonly Band[], used: readonly string[]): { id: string; label: string }[] {
  const own = bands.map((band) => ({ id: band.id, label: bandLabel(band) }))
  return used.includes(NO_BAND.id) ? [...own, NO_BAND] : own
}

function bandId(bands: readonly Band[], beds: number): string {
  return bands[bandIndexOf(bands, beds)]?.id ?? NO_BAND.id
}

function bandOfAnswer({ band }: SubmissionRow): string {
  return band?.id ?? NO_BAND.id
}
