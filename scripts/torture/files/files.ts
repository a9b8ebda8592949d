import { Faults, type Outcome, randomFor, type Subject, type SubjectOptions } from '../subject.ts'
import { mutationsFor } from './mutations.ts'
import { readers } from './readers.ts'

/** Good files changed in every way, before everybody who reads one. */
export const files: Subject = {
  name: 'files',
  title: 'mutated files into every reader',
  rounds: 10_000,
  run: (options) => mutated(options),
}

/** Milliseconds of one core, and bytes above what was there before, that a small file may need. */
const MOST_MS = 1_000
const MOST_BYTES = 300_000_000
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/

export async function mutated({ rounds, seed, say }: SubjectOptions): Promise<Outcome> {
  const faults = new Faults()
  const random = randomFor(seed, 'files')
  const all = await readers()
  const memory = process.memoryUsage().rss
  let [taken, slowest, highest] = [0, 0, 0]
  for (let round = 0; round < rounds; round += 1) {
    const reader = all[round % all.length]!
    const sample = reader.samples[Math.floor(round / all.length) % reader.samples.length]!
    const mutations = mutationsFor(sample)
    const kind = random.pick(Object.keys(mutations))
    const bytes = mutations[kind]!(sample, random)
    const what = `${reader.name}, ${kind}, round ${round} (seed ${seed})`
    const before = process.threadCpuUsage()
    try {
      const { ok, message } = reader.read(bytes)
      taken += ok ? 1 : 0
      faults.check(ok || JAPANESE.test(message), () => `${what}: refused without a word: ${message}`)
    } catch (error) {
      faults.add(`${what}: threw ${(error as Error).message}`)
    }
    const { user, system } = process.threadCpuUsage(before)
    const ms = (user + system) / 1_000
    slowest = Math.max(slowest, ms)
    faults.check(ms < MOST_MS, () => `${what}: ${ms.toFixed(0)} ms`)
    if (round % 100 === 0) highest = Math.max(highest, process.memoryUsage().rss - memory)
    if (round % 1_000 === 999) say(`${round + 1} of ${rounds}`)
  }
  faults.check(highest < MOST_BYTES, () => `${(highest / 1e6).toFixed(0)} MB more than before`)
  return {
    figures: [
      ['files', rounds],
      ['readers', all.length],
      ['still read', taken],
      ['slowest', `${slowest.toFixed(0)} ms`],
      ['memory above rest', `${(highest / 1e6).toFixed(0)} MB`],
    ],
    faults: faults.all,
  }
}
