import type { SeatProblem } from '../allotment.ts'
import { bandLabel } from '../policy.ts'
import type { Snapshot } from '../snapshot.ts'

/** A problem that keeps a round from being confirmed, with what to do. */
export function problemText({ band, over }: SeatProblem, { policy }: Snapshot): string {
  const label = bandLabel(policy.bands.find(({ id }) => id === band)!)
  return `${label}の区分で、県の指定が支援枠を${over}病院超えています。指定を取り消すか、枠を見直してください。`
}
