import { bareRoute, startBare } from './bare-site.ts'
import type { Step } from './job.ts'
import { type Program, startServer } from './program.ts'
import type { Figure, Measuring, Row } from './row.ts'
import { demoFile } from './survey-files.ts'
import { compared, inTurns } from './turns.ts'

const ENCODINGS = ['identity', 'br'] as const
const CONNECTIONS = 20
const AGAINST = 'a bare Fastify route that sends the same bytes from memory'

export const survey: Row = pagesRow('survey', ['/survey'], 0.85)
export const startPages: Row = pagesRow('start-pages', ['/', '/qa'], 0.7)

function pagesRow(name: string, paths: readonly string[], goal: number): Row {
  const cases = paths.flatMap((path) => ENCODINGS.map((encoding) => ({ path, encoding })))
  return {
    name,
    lines: cases.map(lineOf),
    async measure(measuring) {
      using file = await demoFile()
      await using ours = await startServer(file.databasePath)
      const figures: Figure[] = []
      for (const each of cases) figures.push(await measured(each, ours, goal, measuring))
      return figures
    },
  }
}

interface Case {
  path: string
  encoding: (typeof ENCODINGS)[number]
}

function lineOf({ path, encoding }: Case): string {
  return `GET ${path} (225 hospitals), ${CONNECTIONS} connections, ${encoding}`
}

async function measured(each: Case, program: Program, goal: number, measuring: Measuring): Promise<Figure> {
  const { path, encoding } = each
  const headers = { 'accept-encoding': encoding }
  const route = await bareRoute(program.origin, path, { headers })
  await using bare = await startBare({ routes: [route] })
  const atLeast = Buffer.byteLength(route.base64, 'base64')
  const step: Step = { method: 'GET', path, headers, status: 200, atLeast }
  const job = { steps: [step], connections: CONNECTIONS }
  const [ours, theirs] = await inTurns(measuring, [
    { name: lineOf(each), program, job },
    { name: 'bare', program: bare, job },
  ])
  const { ratio, words } = compared(ours!, theirs!)
  return {
    what: lineOf(each),
    against: AGAINST,
    goal: `≥ ${goal}`,
    figure: `${words}, ${atLeast.toLocaleString('en-US')} bytes`,
    isMet: ratio >= goal,
  }
}
