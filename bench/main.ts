/**
 * How long parts of the program take within one process: runs every `*.bench.ts` beside it and prints a table each: `npm run bench`,
 * or `npm run bench -- selection`. The program as a whole, from outside, is `npm run bench:web` (web/main.ts).
 * Milliseconds differ between machines; the ratios compare the cases of one run with its first one, and differ
 * far less.
 */
import { readdirSync } from 'node:fs'
import { Bench } from 'tinybench'

export interface BenchCase {
  /** Unique within its file. */
  name: string
  /** Milliseconds that the median is meant to stay below, on one core. */
  goal?: number
  run: () => unknown
}

if (import.meta.main) {
  const wanted = process.argv[2] ?? ''
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.bench.ts'))
  for (const file of files.filter((name) => name.includes(wanted)).sort()) await runFile(file)
}

/** What a file may export beside its cases. */
interface BenchFile {
  cases: BenchCase[]
  /** Of each case at the least, where one takes seconds. */
  iterations?: number
  /** Said below the table: what else was measured while the cases ran. */
  notes?: () => string[]
}

async function runFile(file: string): Promise<void> {
  const { cases, iterations, notes }: BenchFile = await import(`./${file}`)
  const rounds = iterations === undefined ? {} : { iterations, warmupIterations: 1 }
  const bench = new Bench({ time: 1500, warmupTime: 500, throws: true, ...rounds })
  for (const { name, run } of cases) bench.add(name, run)
  await bench.run()
  const first = latencyOf(bench.tasks[0]!).p50
  console.log(`\n${line(file, 'median ms', 'p99 ms', 'goal ms', 'ratio')}`)
  for (const [index, { name, goal }] of cases.entries()) {
    const { p50, p99 } = latencyOf(bench.tasks[index]!)
    const judged = goal === undefined ? '' : `${p50 <= goal ? '' : '! '}${goal}`
    console.log(line(name, p50.toFixed(2), p99.toFixed(2), judged, (p50 / first).toFixed(2)))
  }
  for (const note of notes?.() ?? []) console.log(note)
}

function latencyOf({ result }: Bench['tasks'][number]) {
  if (result.state !== 'completed') throw new Error(`not measured: ${result.state}`)
  return result.latency
}

function line(name: string, ...figures: string[]): string {
  return name.padEnd(56) + figures.map((figure) => figure.padStart(11)).join('')
}
