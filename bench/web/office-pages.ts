import { Officer } from '../../scripts/torture/survey.ts'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { openSurvey } from '../../src/open-survey.ts'
import { changeFacts, eligibleCodes } from '../generated-survey.ts'
import { COUNTRY, generatedSnapshot, PREFECTURE, type Size } from '../hospitals.ts'
import { timed } from './measured.ts'
import { startServer } from './program.ts'
import type { Figure, Row } from './row.ts'
import { generatedFile } from './survey-files.ts'

const SIZES = [PREFECTURE, COUNTRY] as const
const TIMES_AS_MANY = COUNTRY.hospitals / PREFECTURE.hospitals
/** Milliseconds at each size. */
const GOALS = { steady: [20, 80], changed: [40, 150] } as const
const HOSPITAL_GOALS = { steady: [40, 40], changed: [40, 150] } as const

const PAGES = [
  { name: '/admin', path: () => '/admin', goals: GOALS },
  { name: '/admin/selection', path: () => '/admin/selection', goals: GOALS },
  { name: '/admin/submissions', path: () => '/admin/submissions', goals: GOALS },
  { name: '/admin/hospitals', path: () => '/admin/hospitals', goals: GOALS },
  { name: '/admin/nonrespondents', path: () => '/admin/nonrespondents', goals: GOALS },
  {
    name: "a hospital's page",
    path: (hospital: string) => `/admin/hospitals/${hospital}`,
    goals: HOSPITAL_GOALS,
  },
]

/** From an officer's request to the last byte, one at a time. */
export const officePages: Row = {
  name: 'office-pages',
  lines: PAGES.flatMap(({ name }) => [steadyLine(name), changedLine(name)]),
  async measure({ say }) {
    await using prefecture = await officeOf(PREFECTURE)
    await using country = await officeOf(COUNTRY)
    const offices = [prefecture, country]
    const figures: Figure[] = []
    for (const { name, path, goals } of PAGES) {
      const views = offices.map((office) => () => office.get(path(office.hospital)))
      const steady = await worked(offices, () => timed(views))
      const afterChange = offices.map(({ changeFacts }, index) => ({
        before: changeFacts,
        work: views[index]!,
      }))
      const changed = await worked(offices, () => timed(afterChange, { times: 7 }))
      figures.push(
        figureOf(steadyLine(name), steady, goals.steady),
        figureOf(changedLine(name), changed, goals.changed),
      )
      say(
        figures
          .slice(-2)
          .map(({ what, figure }) => `${what}: ${figure}`)
          .join('; '),
      )
    }
    return figures
  },
}

function steadyLine(page: string): string {
  return `${page} at ${sizes()} hospitals`
}

function changedLine(page: string): string {
  return `${page}, the first view after a fact changed`
}

function sizes(): string {
  return SIZES.map(({ hospitals }) => hospitals.toLocaleString('en-US')).join(' and ')
}

interface Worked {
  times: number[]
  /** Milliseconds of CPU for a view, of each office's server. */
  cpu: number[]
}

async function worked(offices: readonly Office[], time: () => Promise<number[]>): Promise<Worked> {
  const before = offices.map(({ effort }) => effort())
  const times = await time()
  const cpu = offices.map(({ effort }, index) => {
    const after = effort()
    return (after.cpuMs - before[index]!.cpuMs) / (after.views - before[index]!.views)
  })
  return { times, cpu }
}

function figureOf(what: string, { times, cpu }: Worked, goals: readonly number[]): Figure {
  const [small, large] = times as [number, number]
  const growth = large / small
  return {
    what,
    against: 'each other',
    goal: `at most linear (${TIMES_AS_MANY.toFixed(0)} ×), ≤ ${goals.join(' / ')} ms`,
    figure: `${small.toFixed(1)} / ${large.toFixed(1)} ms, ${growth.toFixed(1)} × (CPU ${cpu.map((ms) => ms.toFixed(0)).join(' / ')} ms)`,
    isMet: growth <= TIMES_AS_MANY && times.every((ms, index) => ms <= goals[index]!),
  }
}

type Office = Awaited<ReturnType<typeof officeOf>>

/** A server over so many hospitals, before it an officer who is logged in, beside it somebody else who changes facts. */
async function officeOf(size: Size) {
  const file = await generatedFile(size)
  const program = await startServer(file.databasePath)
  const officer = await new Officer(program, 'tanto').signIn()
  const { database } = openSurvey({ databasePath: file.databasePath }, { mayCreate: false })
  const stores: Stores = openStores(database.db, () => new Date())
  const [hospital, other] = eligibleCodes(generatedSnapshot(size).candidates) as [string, string]
  let views = 0
  return {
    hospital,
    effort: () => ({ cpuMs: program.cpuMs(), views }),
    changeFacts: () => changeFacts(stores, other),
    async get(path: string): Promise<void> {
      const reply = await officer.get(path)
      if (reply?.status !== 200) throw new Error(`${path}: ${reply?.status}`)
      views += 1
    },
    async [Symbol.asyncDispose]() {
      database.close()
      await program[Symbol.asyncDispose]()
      file[Symbol.dispose]()
    },
  }
}
