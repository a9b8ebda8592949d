import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { files } from './files/files.ts'
import { fuzz } from './fuzz/fuzz.ts'
import { kill } from './kill/kill.ts'
import { load } from './load.ts'
import { restore } from './restore.ts'
import { stop } from './stop.ts'
import type { Outcome, Subject } from './subject.ts'
import { disk, lock } from './unavailable.ts'

/**
 * Treats the program badly and says what became of it: `npm run torture`, or
 * `npm run torture -- --only fuzz --rounds 1000 --seed 7`.
 */
const SUBJECTS: readonly Subject[] = [kill, stop, restore, disk, lock, fuzz, files, load]

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string' },
    seed: { type: 'string', default: '20261126' },
    /** Puts the table into docs/reliability.md. */
    write: { type: 'boolean', default: false },
  },
})
const chosen = SUBJECTS.filter(
  ({ name }) => values.only === undefined || values.only.split(',').includes(name),
)
if (chosen.length === 0) throw new Error(`--only takes ${SUBJECTS.map(({ name }) => name).join(', ')}`)
const seed = Number(values.seed)

const lines: string[] = []
for (const subject of chosen) {
  const rounds = values.rounds === undefined ? subject.rounds : Number(values.rounds)
  process.stderr.write(`${subject.name}: --rounds ${rounds} --seed ${seed}\n`)
  const started = performance.now()
  const outcome = await subject.run({ rounds, seed, say: (line) => process.stderr.write(`  ${line}\n`) })
  lines.push(line(subject, outcome, (performance.now() - started) / 1_000))
  for (const fault of outcome.faults) process.stdout.write(`FAULT ${subject.name}: ${fault}\n`)
  if (outcome.faults.length > 0) process.exitCode = 1
}
const date = new Date().toISOString().slice(0, 10)
const machine = `${date}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, node ${process.version}, seed ${seed}`
const table = `${machine}\n\n| what | figures | faults | s |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`
process.stdout.write(`\n${table}`)
if (values.write) {
  const path = resolve(import.meta.dirname, '../../docs/reliability.md')
  const between = /(?<=<!-- figures -->\n)[\s\S]*(?=<!-- end of figures -->)/
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(between, () => table),
  )
}

function line({ title }: Subject, { figures, faults }: Outcome, seconds: number): string {
  const said = figures.map(([what, figure]) => `${what} ${figure.toLocaleString('en-US')}`).join('; ')
  return `| ${title} | ${said} | ${faults.length} | ${seconds.toFixed(0)} |`
}
