import { parseArgs } from 'node:util'
import { table } from './document.ts'
import { openLoad } from './load.ts'
import { SERVER } from './program.ts'
import type { Figure } from './row.ts'
import { ROWS } from './rows.ts'

/**
 * The program as it runs in production, held against what the same machine can do at all: `npm run bench:web`, or
 * `npm run bench:web -- --only survey,journey --seconds 5`. Ratios are of candidates that took turns in one run.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '3' },
  },
})
const wanted = values.only?.split(',')
const names = ROWS.map(({ name }) => name)
const unknown = wanted?.find((name) => !names.includes(name))
if (unknown !== undefined) throw new Error(`--only takes ${names.join(', ')}`)

const load = openLoad()
const say = (line: string) => void process.stderr.write(`  ${line}\n`)
const measuring = { load, seconds: Number(values.seconds), rounds: Number(values.rounds), say }
const figures: Figure[] = []
say(SERVER)
for (const row of ROWS.filter(({ name }) => wanted?.includes(name) ?? true)) {
  process.stderr.write(`${row.name}\n`)
  figures.push(...(await row.measure(measuring)))
}
load.end()
process.stdout.write(`\n${table(figures)}\n`)
