import type { Done, Job } from './job.ts'
import { faultless } from './load.ts'
import type { Program } from './program.ts'
import type { Measuring } from './row.ts'
import { median, ratioOf } from './statistics.ts'

/** What one candidate did in one of its turns, and what its process worked for it. */
export interface Turn extends Done {
  cpuMs: number
}

interface Contender {
  name: string
  program: Pick<Program, 'origin' | 'cpuMs'>
  job: Omit<Job, 'seconds' | 'origin'>
}

/** Rounds after which an engine has compiled what it runs; they do not count, and take no longer than these seconds. */
const WARM_UP = { atMost: 5_000, seconds: 10 }

/** One after the other, again and again, each as warm as it gets. */
export async function inTurns(
  { load, seconds, rounds, say }: Measuring,
  contenders: readonly Contender[],
): Promise<Turn[][]> {
  const take = async ({ name, program, job }: Contender, length: Pick<Job, 'seconds' | 'atMost'>) => {
    const before = program.cpuMs()
    const done = faultless(await load.run({ ...job, ...length, origin: program.origin }))
    const cpuMs = program.cpuMs() - before
    const words = `${perSecond(done).toFixed(0)} a second, ${(cpuMs / done.count).toFixed(3)} ms of CPU each`
    say(`${name}: ${words}${length === WARM_UP ? ' (warm-up)' : ''}`)
    return { ...done, cpuMs }
  }
  for (const contender of contenders) await take(contender, WARM_UP)
  const all: Turn[][] = contenders.map(() => [])
  for (let turn = 0; turn < rounds; turn += 1)
    for (const [index, contender] of contenders.entries())
      all[index]!.push(await take(contender, { seconds }))
  return all
}

function perSecond({ count, seconds }: Done): number {
  return count / seconds
}

/** How many times as much ours does as theirs, and the same by the time that the processes worked, in words. */
export function compared(ours: readonly Turn[], theirs: readonly Turn[]): { ratio: number; words: string } {
  const [our, their] = [ours.map(perSecond), theirs.map(perSecond)] as const
  const ratio = ratioOf(our, their)
  const work = (turns: readonly Turn[]) => turns.map(({ cpuMs, count }) => cpuMs / count)
  const byCpu = ratioOf(work(theirs), work(ours))
  const rates = [our, their].map((each) => Math.round(median(each)).toLocaleString('en-US'))
  return { ratio, words: `${ratio.toFixed(2)} (${rates.join(' of ')}/s; by CPU time ${byCpu.toFixed(2)})` }
}
