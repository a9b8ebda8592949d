import { bareRoute, startBare } from './bare-site.ts'
import type { Step } from './job.ts'
import { perSecond } from './load.ts'
import { startServer } from './program.ts'
import type { Figure, Measuring, Row } from './row.ts'
import { median, ratioOf } from './statistics.ts'
import { demoFile } from './survey-files.ts'
import { inTurns } from './turns.ts'

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
      for (const each of cases) figures.push(await measured(each, ours.origin, goal, measuring))
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

async function measured(each: Case, origin: string, goal: number, measuring: Measuring): Promise<Figure> {
  const { path, encoding } = each
  const headers = { 'accept-encoding': encoding }
  const route = await bareRoute(origin, path, { headers })
  await using bare = await startBare({ routes: [route] })
  const atLeast = Buffer.byteLength(route.base64, 'base64')
  const step: Step = { method: 'GET', path, headers, status: 200, atLeast }
  const job = { steps: [step], connections: CONNECTIONS }
  const [ours, theirs] = await inTurns(measuring, [
    [lineOf(each), { ...job, origin }],
    ['bare', { ...job, origin: bare.origin }],
  ])
  const rates = [ours!.map(perSecond), theirs!.map(perSecond)] as const
  const ratio = ratioOf(...rates)
  const [our, their] = rates.map((rate) => Math.round(median(rate)).toLocaleString('en-US'))
  return {
    what: lineOf(each),
    against: AGAINST,
    goal: `≥ ${goal}`,
    figure: `${ratio.toFixed(2)} (${our} of ${their}/s, ${atLeast.toLocaleString('en-US')} bytes)`,
    isMet: ratio >= goal,
  }
}
