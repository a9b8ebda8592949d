import { spawnSync } from 'node:child_process'
import { startServer } from './program.ts'
import type { Row } from './row.ts'
import { median } from './statistics.ts'
import { demoFile, emptyFile } from './survey-files.ts'

const LINES = [
  'start to first answer, empty',
  'start to first answer, 225 hospitals and their answers',
] as const
const GOAL = 600
const STARTS = 5

/** From the start of the process to the last byte of the first page. */
export const start: Row = {
  name: 'start',
  lines: LINES,
  async measure({ say }) {
    using empty = await emptyFile()
    using filled = await demoFile()
    const files = [empty, filled]
    const took: number[][] = files.map(() => [])
    const worked: number[][] = files.map(() => [])
    const nothing: number[] = []
    for (let turn = -1; turn < STARTS; turn += 1) {
      const began = performance.now()
      spawnSync(process.execPath, ['-e', '0'])
      const node = performance.now() - began
      if (turn >= 0) nothing.push(node)
      for (const [index, { databasePath }] of files.entries()) {
        await using program = await startServer(databasePath)
        if (turn < 0) continue
        took[index]!.push(program.startMs)
        worked[index]!.push(program.cpuMs())
        say(`${LINES[index]}: ${program.startMs.toFixed(0)} ms, node -e 0: ${node.toFixed(0)} ms`)
      }
    }
    const node = median(nothing)
    return files.map((_file, index) => {
      const ms = median(took[index]!)
      return {
        what: LINES[index]!,
        against: '`node -e 0`',
        goal: `≤ ${GOAL / 1_000} s`,
        figure: `${(ms / 1_000).toFixed(2)} s, ${(ms / node).toFixed(1)} × (CPU ${(median(worked[index]!) / 1_000).toFixed(2)} s; node ${(node / 1_000).toFixed(2)} s)`,
        isMet: ms <= GOAL,
      }
    })
  },
}
