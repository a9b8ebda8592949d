import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Job, Step } from './job.ts'
import { hospitalNames, sampleJourney } from './journey.ts'
import { startScript, startServer } from './program.ts'
import type { Row } from './row.ts'
import { demoFile } from './survey-files.ts'
import { compared, inTurns } from './turns.ts'

const LINE = 'durable journey, 20 connections, beside a forms engine'
const AGAINST = '@defra/forms-engine-plugin with the same questions; keeps nothing'
const GOAL = 10
const PEERS = resolve(import.meta.dirname, '../peers')

/** Needs `npm ci --ignore-scripts --prefix bench/peers`, which nothing else does. */
export const peer: Row = {
  name: 'peer',
  lines: [LINE],
  async measure(measuring) {
    const line = { what: LINE, against: AGAINST, goal: `≥ ${GOAL} ×` }
    if (!existsSync(join(PEERS, 'node_modules')))
      return [
        { ...line, figure: 'not measured: `npm ci --ignore-scripts --prefix bench/peers`', isMet: null },
      ]
    using file = await demoFile()
    await using ours = await startServer(file.databasePath)
    const { job } = await sampleJourney(ours.origin, file, 'identity')
    const hospitals = hospitalNames(file)
    const list = join(file.databasePath, '../hospitals.json')
    writeFileSync(list, JSON.stringify(hospitals))
    await using theirs = await startScript('../peers/forms-engine.js', {
      args: [list],
      path: '/survey/questions',
      log: `${list}.log`,
    })
    const contenders = [
      { name: LINE, program: ours, job },
      { name: 'forms engine', program: theirs, job: engineJob(hospitals.length) },
    ]
    const [mine, other] = await inTurns(measuring, contenders)
    const { ratio, words } = compared(mine!, other!)
    return [{ ...line, figure: words.replace(' ', ' × '), isMet: ratio >= GOAL }]
  },
}

/** Sent as a cookie and in each form, so that it counts as the form's own. */
const CRUMB = 'aCrumbOfTheBenchmarkThatIsLongEnough0123456'

/** Its questions, its summary, the sending and what it says then: each redirect is followed. */
function engineJob(hospitals: number): Omit<Job, 'seconds' | 'origin'> {
  const headers = { 'accept-encoding': 'identity' }
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
  const answers = {
    department: '医療情報管理室',
    contactName: '架空 花子',
    phone: '099-000-0000',
    email: 'somu@demo-1.example.jp',
    emr: 'c0',
    plannedMonth: '',
    intent: 'c0',
    consent: 'true',
    correction: '',
    remarks: '診療への影響が少ない土曜日の午後を希望します。',
    action: 'validate',
    crumb: CRUMB,
  }
  const get = { method: 'GET', headers, status: 200, atLeast: 4_000 } as const
  const post = { method: 'POST', headers: form, status: 303, atLeast: 0 } as const
  const steps: Step[] = [
    { ...get, path: '/survey/questions' },
    { ...post, path: '/survey/questions', body: `hospital={hospital}&${new URLSearchParams(answers)}` },
    { ...get, path: null },
    { ...post, path: '/survey/summary', body: `action=send&crumb=${CRUMB}` },
    { ...get, path: null },
  ]
  return {
    steps,
    connections: 20,
    hospitals: Array.from({ length: hospitals }, (_, index) => `h${index}`),
    cookie: `crumb=${CRUMB}`,
  }
}
