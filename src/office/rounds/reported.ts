import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Report } from '../../db/reports.ts'
import type { Stores } from '../../db/stores.ts'

/** The last report of a round that was recorded as sent. */
interface ReportedRound {
  report: Report
  /** Of the round, as it was reported. */
  edition: number
}

/** @param reports all that are recorded, the first one first */
export function reportedRound(reports: readonly Report[], round: number): ReportedRound | null {
  const report = reports.findLast(
    ({ editions, isTakenBack }) => !isTakenBack && editions.some(({ number }) => number === round),
  )
  if (!report) return null
  return { report, edition: report.editions.find(({ number }) => number === round)!.edition }
}

/** How a round stands to the ministry. `outdated`: another edition was confirmed since, and has to take its place. */
export type ReportState = 'unreported' | 'reported' | 'outdated'

export function reportState(stores: Stores, { number, edition }: ConfirmedEdition): ReportState {
  const reported = reportedRound(stores.reports.all(), number)
  if (!reported) return 'unreported'
  return reported.edition === edition ? 'reported' : 'outdated'
}
