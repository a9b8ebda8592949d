import { setTimeout as pause } from 'node:timers/promises'
import { Officer } from '../../scripts/torture/survey.ts'
import { COUNTRY } from '../hospitals.ts'
import { startServer } from './program.ts'
import type { Row } from './row.ts'
import { percentile } from './statistics.ts'
import { generatedFile } from './survey-files.ts'

const LINE = 'stability at 8,200: the longest wait for a public page meanwhile'
const GOAL = 100
/** Of the public page, in a second. */
const RATE = 50

/** An officer has it worked out, while hospitals open the first page. */
export const stability: Row = {
  name: 'stability',
  lines: [LINE],
  async measure({ load, say }) {
    using file = await generatedFile(COUNTRY)
    await using program = await startServer(file.databasePath)
    const officer = await new Officer(program, 'tanto').signIn()
    // What everybody's pages and the draft are made of is there; what is measured is the stability alone.
    await officer.get('/admin/selection')
    const step = { method: 'GET', path: '/qa', headers: {}, status: 200, atLeast: 1 } as const
    const job = { origin: program.origin, steps: [step], connections: 20, rate: RATE }
    const quiet = await load.run({ ...job, seconds: 3 })
    const [meanwhile, took] = await Promise.all([load.run({ ...job, seconds: 12 }), workedOut(officer)])
    say(`worked out after ${took.toFixed(0)} ms`)
    const longest = Math.max(...meanwhile.rounds)
    const p99 = percentile(meanwhile.rounds, 0.99)
    return [
      {
        what: LINE,
        against: 'the same with nothing else to do',
        goal: `in a worker: no page waits (< ${GOAL} ms)`,
        figure: `${longest.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (else ${Math.max(...quiet.rounds).toFixed(0)} ms; the officer's page after ${(took / 1_000).toFixed(1)} s)`,
        isMet: meanwhile.failed === 0 && longest < GOAL,
      },
    ]
  },
}

/** The officer asks for it, and for the page that waits until it is there, where the first one leads by itself. */
async function workedOut(officer: Officer): Promise<number> {
  await pause(1_000)
  const began = performance.now()
  for (const address of ['/admin/selection?stability=show', '/admin/selection?stability=show&wait=yes']) {
    const reply = await officer.get(address)
    if (reply?.status !== 200) throw new Error(`stability: ${reply?.status}`)
  }
  return performance.now() - began
}
