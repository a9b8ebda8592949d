import { isProxy } from '../../domain/answer/choices.ts'
import type { SubmissionRow } from './rows.ts'

/** More than come by themselves within two minutes of the last evening. */
export const LARGE_BURST = 10
const BURST = 60_000

/** How many of other hospitals came by the open form within a minute of each: two ends that move along the time. */
export function burstIn(rows: readonly SubmissionRow[]): (row: SubmissionRow) => number {
  const came = rows
    .filter(({ submission: { isMatched, channel } }) => !isMatched && !isProxy(channel))
    .toSorted((a, b) => timeOf(a) - timeOf(b))
  const counts = new Map<number, number>()
  const within = new Map<string | undefined, number>()
  let [first, next, all] = [0, 0, 0]
  const count = (row: SubmissionRow, by: 1 | -1) => {
    all += by
    within.set(row.hospital?.key, (within.get(row.hospital?.key) ?? 0) + by)
  }
  for (const row of came) {
    for (; next < came.length && timeOf(came[next]!) <= timeOf(row) + BURST; next += 1) count(came[next]!, 1)
    for (; timeOf(came[first]!) < timeOf(row) - BURST; first += 1) count(came[first]!, -1)
    counts.set(row.submission.id, all - within.get(row.hospital?.key)!)
  }
  return ({ submission }) => counts.get(submission.id) ?? 0
}

function timeOf({ submission }: SubmissionRow): number {
  return submission.createdAt.getTime()
}
