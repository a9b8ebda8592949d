import { setTimeout as pause } from 'node:timers/promises'
import { sampleJourney } from './journey.ts'
import { faultless } from './load.ts'
import { startServer } from './program.ts'
import type { Row } from './row.ts'
import { demoFile } from './survey-files.ts'

const LINES = ['memory at rest', 'memory after the load'] as const
const GOALS = [120, 180] as const

/** As the kernel counts the process: 225 hospitals, then as many journeys as go through, at once. */
export const memory: Row = {
  name: 'memory',
  lines: LINES,
  async measure({ load, seconds }) {
    using file = await demoFile()
    await using program = await startServer(file.databasePath)
    await pause(3_000)
    const atRest = program.rss()
    const { job } = await sampleJourney(program.origin, file, 'br')
    const { origin } = program
    const done = faultless(await load.run({ ...job, origin, seconds: seconds * 3 }))
    const figures = [
      { bytes: atRest, words: '' },
      { bytes: program.rss(), words: ` (${done.count.toLocaleString('en-US')} journeys)` },
    ]
    return figures.map(({ bytes, words }, index) => ({
      what: LINES[index]!,
      against: '',
      goal: `≤ ${GOALS[index]} MB RSS`,
      figure: `${(bytes / 1e6).toFixed(0)} MB${words}`,
      isMet: bytes <= GOALS[index]! * 1e6,
    }))
  },
}
