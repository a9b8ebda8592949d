import { cpus, release, totalmem } from 'node:os'
import type { Figure } from './row.ts'

/** Between these the document holds what was measured last. */
const MARKS = ['<!-- bench:web -->\n', '<!-- end of bench:web -->'] as const

/** With what was measured, and with every other chapter as it was. @throws where the document has no such place */
export function withFigures(document: string, measured: string): string {
  const [from, to] = MARKS.map((mark) => document.indexOf(mark)) as [number, number]
  if (from < 0 || to < from) throw new Error(`the document has no ${MARKS.join(' … ').replaceAll('\n', '')}`)
  return `${document.slice(0, from + MARKS[0].length)}${measured}\n${document.slice(to)}`
}

/** What stands there: on which machine, when, and the table. */
export function figuresOf(document: string): string {
  const [from, to] = MARKS.map((mark) => document.indexOf(mark)) as [number, number]
  return document.slice(from + MARKS[0].length, to)
}

export function table(figures: readonly Figure[]): string {
  const lines = figures.map(({ what, against, goal, figure, isMet }) =>
    line(what, against || '–', goal, figure, verdict(isMet)),
  )
  return [
    line('what', 'against, in the same run', 'goal', 'figure', ''),
    line(...Array<string>(5).fill('---')),
    ...lines,
  ].join('\n')
}

/** The cells of the first column. */
export function linesIn(table: string): string[] {
  const cells = table.split('\n').flatMap((row) => /^\| (.*?) \|/.exec(row)?.[1] ?? [])
  return cells.filter((cell) => cell !== 'what' && cell !== '---')
}

function line(...cells: string[]): string {
  return `| ${cells.join(' | ')} |`
}

function verdict(isMet: boolean | null): string {
  if (isMet === null) return ''
  return isMet ? 'met' : '**missed**'
}

/** Cores, processor, memory, kernel and Node, the day, and how busy the machine was before: the figures are its. */
export function machine(now: Date, load: number): string {
  const [first] = cpus()
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`
  const busy = `load ${load.toFixed(1)} before`
  return [
    now.toISOString().slice(0, 10),
    `${cpus().length} × ${first?.model.trim() ?? 'unknown'}`,
    ...[memory, `Linux ${release()}`, `Node ${process.version}`, busy],
  ].join(', ')
}
