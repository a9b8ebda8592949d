import { readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { machine, table, withFigures } from './document.ts'
import { openLoad } from './load.ts'
import { ROOT, SERVER } from './program.ts'
import type { Figure, Row } from './row.ts'
import { ROWS } from './rows.ts'

/**
 * The program as it runs in production, held against what the same machine can do at all: `npm run bench:web`, or
 * `npm run bench:web -- --only survey,journey --seconds 5`. Ratios are of contenders that took turns in one run.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    /** Of one turn. Below 6 the minute is shorter as well. */
    seconds: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '3' },
    /** Puts the table into docs/performance.md: of all rows, so never with --only. */
    write: { type: 'boolean', default: false },
  },
})
const names = ROWS.map(({ name }) => name)
const wanted = values.only?.split(',') ?? names
const unknown = wanted.find((name) => !names.includes(name))
if (unknown !== undefined) throw new Error(`--only takes ${names.join(', ')}`)
if (values.write && values.only !== undefined) throw new Error('--write takes every row, and no --only')

const say = (line: string) => void process.stderr.write(`  ${line}\n`)
const about = `${machine(new Date(), loadavg()[0]!)}, ${relative(ROOT, SERVER)}`
say(about)
const load = openLoad()
const measuring = { load, seconds: Number(values.seconds), rounds: Number(values.rounds), say }
const figures: Figure[] = []
for (const row of ROWS.filter(({ name }) => wanted.includes(name))) {
  process.stderr.write(`${row.name}\n`)
  figures.push(...(await measuredLines(row)))
}
load.end()

const measured = `${about}\n\n${table(figures)}`
process.stdout.write(`\n${measured}\n`)
if (values.write) {
  const path = resolve(ROOT, 'docs/performance.md')
  writeFileSync(path, withFigures(readFileSync(path, 'utf8'), measured))
}

/** @throws where a row measures another line than it says that it has, as the document would then lack one */
async function measuredLines(row: Row): Promise<Figure[]> {
  const figures = await row.measure(measuring)
  const [has, says] = [figures.map(({ what }) => what), row.lines].map((lines) => JSON.stringify(lines))
  if (has !== says) throw new Error(`${row.name} has measured ${has} and not ${says}`)
  return figures
}
