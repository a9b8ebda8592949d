import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { files } from './files/files.ts'
import { fuzz } from './fuzz/fuzz.ts'
import { kill } from './kill/kill.ts'
import { load } from './load.ts'
import { restore } from './restore.ts'
import { stop } from './stop.ts'
import type { Outcome, Subject, SubjectOptions } from './subject.ts'
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

/** Measured by what one thread works and not by the clock: they run beside what waits for other processes. */
const APART: ReadonlySet<string> = new Set(['fuzz', 'files'])

if (isMainThread) await tortured()
else await runHere(workerData as { name: string } & Pick<SubjectOptions, 'rounds' | 'seed'>)

async function tortured(): Promise<void> {
  const [apart, others] = [chosen.filter(isApart), chosen.filter((subject) => !isApart(subject))]
  const [first, ...rest] = others
  const lines = new Map<Subject, string>()
  const runAll = async (subjects: readonly Subject[]) => {
    for (const subject of subjects) lines.set(subject, await runOne(subject))
  }
  // Whatever else is measured by the clock has the machine to itself.
  await Promise.all([runAll(apart), first?.name === 'kill' ? runAll([first]) : undefined])
  await runAll(first?.name === 'kill' ? rest : others)
  report(chosen.map((subject) => lines.get(subject)!))
}

function isApart({ name }: Subject): boolean {
  return APART.has(name)
}

async function runOne(subject: Subject): Promise<string> {
  const rounds = values.rounds === undefined ? subject.rounds : Number(values.rounds)
  process.stderr.write(`${subject.name}: --rounds ${rounds} --seed ${seed}\n`)
  const started = performance.now()
  const say = (text: string) => process.stderr.write(`  ${subject.name}: ${text}\n`)
  const outcome = isApart(subject)
    ? await runInThread(subject, { rounds, seed, say })
    : await subject.run({ rounds, seed, say })
  for (const fault of outcome.faults) process.stdout.write(`FAULT ${subject.name}: ${fault}\n`)
  if (outcome.faults.length > 0) process.exitCode = 1
  return line(subject, outcome, (performance.now() - started) / 1_000)
}

function runInThread({ name }: Subject, { rounds, seed, say }: SubjectOptions): Promise<Outcome> {
  const thread = new Worker(new URL(import.meta.url), { workerData: { name, rounds, seed }, argv: [] })
  return new Promise((resolve, reject) => {
    thread.on('message', (message: string | Outcome) =>
      typeof message === 'string' ? say(message) : resolve(message),
    )
    thread.on('error', reject)
    thread.on('exit', (code) => reject(new Error(`${name} ended with ${code}`)))
  })
}

async function runHere({ name, rounds, seed }: { name: string; rounds: number; seed: number }) {
  const subject = SUBJECTS.find((each) => each.name === name)!
  const say = (text: string) => parentPort!.postMessage(text)
  parentPort!.postMessage(await subject.run({ rounds, seed, say }))
}

function report(lines: readonly string[]): void {
  const date = new Date().toISOString().slice(0, 10)
  const machine = `${date}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, node ${process.version}, seed ${seed}`
  const table = `${machine}\n\n| what | figures | faults | s |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`
  process.stdout.write(`\n${table}`)
  if (!values.write) return
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
