import { once } from 'node:events'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fill } from '../../test/support/contents.ts'
import { fileFaults, recordFaults } from './invariants.ts'
import { Clerks } from './kill/clerks.ts'
import { Program } from './program.ts'
import { Faults, type Outcome, randomFor, type Subject } from './subject.ts'
import { filledFile, folderFor, hospitalKey, looking, Officer, openSurvey } from './survey.ts'

const HOSPITALS = 200
const CLERKS = 2
/** Every so many seconds the memory is looked at, after its garbage is gone. */
const EVERY = 5
/** Share of the time after which what is kept for speed is there. */
const WARM_UP = 1 / 3
/** Bytes that one answer may add: what is kept of it for the lists. */
const MOST_AN_ANSWER = 24_000
const MEGABYTE = 1_000_000
/** Bytes by which a heap moves on its own, whatever is kept. */
const NOISE = 3 * MEGABYTE

/** What an officer opens and saves again and again. */
export const OFFICE: readonly string[] = [
  ...[
    '/admin',
    '/admin/submissions',
    '/admin/submissions?q=%E6%9E%B6%E7%A9%BA',
    '/admin/hospitals',
    '/admin/selection',
    '/admin/nonrespondents',
  ],
  ...[
    '/admin/submissions.csv',
    '/admin/submissions.xlsx',
    '/admin/hospitals.csv',
    '/admin/hospitals.xlsx',
    '/admin/selection.xlsx',
    '/admin/selection/snapshot.json',
  ],
  ...[
    '/admin/selection/result.json',
    '/admin/tally',
    '/admin/fairness',
    '/admin/audit',
    '/admin/policy',
    '/admin/selection/reasons',
  ],
]

/** Hospitals answer while an officer reads and saves files. The rounds are seconds. */
export const load: Subject = {
  name: 'load',
  title: 'mixed load',
  rounds: 75,
  run: async ({ rounds: seconds, seed, say }): Promise<Outcome> => {
    const faults = new Faults()
    const folder = folderFor('load')
    const databasePath = folder.path('survey.db')
    try {
      await filledFile(databasePath, (stores) => {
        openSurvey(HOSPITALS)(stores)
        fill(stores, {
          answers: Array.from({ length: HOSPITALS / 2 }, (_, index) => ({ hospital: hospitalKey(index) })),
        })
      })
      const program = await Program.start({
        databasePath,
        script: resolve(import.meta.dirname, 'measured-server.ts'),
        nodeArguments: ['--expose-gc'],
      })
      const officer = await new Officer(program, 'tanto').signIn()
      const clerks = new Clerks(randomFor(seed, 'load'), HOSPITALS)
      const until = Date.now() + seconds * 1_000
      const isOver = () => Date.now() > until || program.isOver
      const [samples, office] = await Promise.all([
        watch(program, isOver, say),
        workInOffice(officer, isOver, faults),
        clerks.work(program, CLERKS, isOver),
      ])
      const answers = looking(databasePath, (db, stores) => {
        for (const fault of [...fileFaults(db), ...recordFaults(stores)]) faults.add(fault)
        return stores.submissions.all().length
      })
      for (const fault of clerks.refusals()) faults.add(fault)
      for (const fault of await clerks.openReceipts(program, 200)) faults.add(fault)
      await program.stop()
      const { slope, grown } = growthOf(samples)
      const kept = (answers - HOSPITALS / 2) * (1 - WARM_UP) * MOST_AN_ANSWER
      faults.check(
        grown < kept + NOISE,
        () => `the memory grows by ${(slope / MEGABYTE).toFixed(2)} MB a minute`,
      )
      return {
        figures: [
          ['seconds', seconds],
          [
            'answers, corrections, withdrawals',
            `${clerks.receipts}, ${clerks.corrections}, ${clerks.withdrawals}`,
          ],
          ['pages and files of the office', office],
          [
            'heap first, after the warm-up, last',
            samples.length === 0
              ? ''
              : [samples[0]!, samples[Math.floor(samples.length * WARM_UP)]!, samples.at(-1)!]
                  .map(({ heapUsed }) => `${(heapUsed / MEGABYTE).toFixed(1)} MB`)
                  .join(', '),
          ],
          ['rss last', `${((samples.at(-1)?.rss ?? 0) / MEGABYTE).toFixed(0)} MB`],
          ['slope after the warm-up', `${(slope / MEGABYTE).toFixed(2)} MB a minute`],
          [
            'of that for each answer',
            `${Math.round((slope * seconds) / 60 / Math.max(1, answers - HOSPITALS / 2))} bytes`,
          ],
        ],
        faults: faults.all,
      }
    } finally {
      folder.remove()
    }
  },
}

interface Sample {
  heapUsed: number
  rss: number
}

async function watch(
  program: Program,
  isOver: () => boolean,
  say: (line: string) => void,
): Promise<Sample[]> {
  const samples: Sample[] = []
  while (!isOver()) {
    await pause(EVERY * 1_000)
    const said = once(program.process, 'message', { signal: AbortSignal.timeout(30_000) })
    program.process.send('memory')
    const [sample] = (await said) as [Sample]
    samples.push(sample)
    say(`heap ${(sample.heapUsed / MEGABYTE).toFixed(1)} MB, rss ${(sample.rss / MEGABYTE).toFixed(0)} MB`)
  }
  return samples
}

async function workInOffice(officer: Officer, isOver: () => boolean, faults: Faults): Promise<number> {
  let asked = 0
  while (!isOver()) {
    const path = OFFICE[asked % OFFICE.length]!
    const reply = await officer.get(path)
    faults.check(reply?.status === 200, () => `${path}: ${reply?.status}`)
    asked += 1
  }
  return asked
}

/** After the warm-up, in bytes: a minute, and in all; by the median of the slopes between any two of the samples. */
function growthOf(samples: readonly Sample[]): { slope: number; grown: number } {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP)).map(({ heapUsed }) => heapUsed)
  const slopes = warm
    .flatMap((from, at) => warm.slice(at + 1).map((to, later) => (to - from) / (later + 1)))
    .toSorted((a, b) => a - b)
  const slope = slopes[Math.floor(slopes.length / 2)] ?? 0
  return { slope: (slope * 60) / EVERY, grown: slope * Math.max(0, warm.length - 1) }
}
