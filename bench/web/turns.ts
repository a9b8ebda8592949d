import type { Done, Job } from './job.ts'
import { faultless } from './load.ts'
import type { Measuring } from './row.ts'

/** The candidates one after the other, again and again, after one short turn each that counts for nothing. */
export async function inTurns(
  { load, seconds, rounds, say }: Measuring,
  candidates: readonly (readonly [name: string, job: Omit<Job, 'seconds'>])[],
): Promise<Done[][]> {
  const all: Done[][] = candidates.map(() => [])
  for (let turn = 0; turn <= rounds; turn += 1)
    for (const [index, [name, job]] of candidates.entries()) {
      const isWarmUp = turn === 0
      const done = faultless(await load.run({ ...job, seconds: isWarmUp ? Math.min(2, seconds) : seconds }))
      say(`${name}: ${(done.count / done.seconds).toFixed(0)} a second${isWarmUp ? ' (warm-up)' : ''}`)
      if (!isWarmUp) all[index]!.push(done)
    }
  return all
}
