import { setTimeout as pause } from 'node:timers/promises'
import { OFFICE } from '../../scripts/torture/load.ts'
import { Officer } from '../../scripts/torture/survey.ts'
import { COUNTRY, PREFECTURE, type Size } from '../hospitals.ts'
import type { Done } from './job.ts'
import { sampleJourney } from './journey.ts'
import { type Program, startServer } from './program.ts'
import type { Figure, Measuring, Row } from './row.ts'
import { percentile } from './statistics.ts'
import { generatedFile } from './survey-files.ts'

const ANSWERS = 1_000
const GOAL_P99 = 100
const OFFICERS = ['tanto', 'kacho', 'admin']
/** Milliseconds from one page or file of an officer to the next. */
const OFFICERS_PACE = 1_000
const STEPS = ['form', '確認', 'sending', 'receipt']

/** As in the last hour of a survey, and sixty times as fast as the whole nation's. */
export const minute: Row = {
  name: 'minute',
  lines: [PREFECTURE, COUNTRY].map(lineOf),
  async measure(measuring) {
    const figures: Figure[] = []
    for (const size of [PREFECTURE, COUNTRY]) figures.push(await oneMinute(size, measuring))
    return figures
  },
}

function lineOf({ hospitals }: Size): string {
  const rows = hospitals.toLocaleString('en-US')
  return `${ANSWERS.toLocaleString('en-US')} answers in a minute at ${rows} hospitals, ${OFFICERS.length} officers reading and exporting`
}

async function oneMinute(size: Size, { load, seconds, say }: Measuring): Promise<Figure> {
  using file = await generatedFile(size)
  await using program = await startServer(file.databasePath)
  const { job } = await sampleJourney(program.origin, file, 'br')
  const officers = await Promise.all(OFFICERS.map((login) => new Officer(program, login).signIn()))
  const length = Math.min(60, seconds * 10)
  const rate = ANSWERS / 60
  const until = performance.now() + length * 1_000
  const [done, ...seen] = await Promise.all([
    load.run({
      ...job,
      origin: program.origin,
      connections: 60,
      seconds: length,
      rate,
      atMost: Math.round(rate * length),
    }),
    ...officers.map((officer, index) => atWork(officer, index, until)),
  ])
  const failures = [...done.failures, ...seen.flatMap((each) => each.failures)]
  for (const failure of failures) say(failure)
  const p99 = percentile(done.steps.flat(), 0.99)
  return {
    what: lineOf(size),
    against: '–',
    goal: `no error, p99 < ${GOAL_P99} ms`,
    figure: wordsOf(done, seen, p99, failures.length, program),
    isMet: failures.length === 0 && done.failed === 0 && p99 < GOAL_P99,
  }
}

interface Seen {
  asked: number
  /** The slowest of its pages, and of its files. */
  slowest: { pages: number; files: number }
  failures: string[]
}

async function atWork(officer: Officer, index: number, until: number): Promise<Seen> {
  const seen: Seen = { asked: 0, slowest: { pages: 0, files: 0 }, failures: [] }
  for (let turn = index * 6; performance.now() < until; turn += 1) {
    const path = OFFICE[turn % OFFICE.length]!
    const began = performance.now()
    const reply = await officer.get(path)
    if (reply?.status !== 200) seen.failures.push(`${path}: ${reply?.status}`)
    const kind = path.includes('.') ? 'files' : 'pages'
    seen.slowest[kind] = Math.max(seen.slowest[kind], performance.now() - began)
    seen.asked += 1
    await pause(Math.max(0, began + OFFICERS_PACE - performance.now()))
  }
  return seen
}

function wordsOf(done: Done, seen: readonly Seen[], p99: number, errors: number, program: Program): string {
  const ms = (values: readonly number[]) => `${Math.max(0, ...values).toFixed(0)} ms`
  const slowest = STEPS.map((step, index) => `${step} ${ms(done.steps[index]!)}`)
  const office = seen.reduce((sum, { asked }) => sum + asked, 0)
  return [
    `${done.count} answers in ${done.seconds.toFixed(0)} s, ${errors + done.failed} errors`,
    `p99 ${p99.toFixed(0)} ms`,
    `slowest: ${slowest.join(', ')}`,
    `${office} pages and files of the office: slowest page ${ms(seen.map(({ slowest }) => slowest.pages))}, file ${ms(seen.map(({ slowest }) => slowest.files))}`,
    `${(program.rss() / 1e6).toFixed(0)} MB`,
  ].join('; ')
}
