import { readingOf } from '../../src/domain/selection/reading.ts'
import { select } from '../../src/domain/selection/select.ts'
import { parseSnapshot } from '../../src/domain/selection/snapshot.ts'
import { stabilityOf } from '../../src/domain/selection/stability.ts'
import { decide } from './engine.ts'
import { canonical, type Input, type Json } from './form.ts'
import { timesSelected } from './runs.ts'

/** What the program's engine says otherwise than the second one: in words, null where they agree to the last byte. */
export function disagreement(input: Input): string | null {
  const parsed = parseSnapshot(JSON.parse(JSON.stringify(input)))
  if (!parsed.ok) return `refused: ${JSON.stringify(parsed.problems)}`
  const [ours, theirs] = [canonical(select(parsed.snapshot) as unknown as Json), canonical(decide(input))]
  if (ours === theirs) return null
  const at = [...ours].findIndex((char, index) => char !== theirs[index])
  return `at ${at}: program …${ours.slice(Math.max(0, at - 120), at + 60)}… second …${theirs.slice(Math.max(0, at - 120), at + 60)}…`
}

/** The same of the runs of the stability: in how many of them each eligible hospital is selected. */
export function stabilityDisagreement(input: Input): string | null {
  const parsed = parseSnapshot(JSON.parse(JSON.stringify(input)))
  if (!parsed.ok) return `refused: ${JSON.stringify(parsed.problems)}`
  const { runs, hospitals } = stabilityOf(readingOf(parsed.snapshot, select(parsed.snapshot)))
  const second = timesSelected(input)
  if (runs !== second.runs) return `program ${runs} runs, second ${second.runs}`
  const different = [...second.times].find(([code, times]) => hospitals.get(code)?.selected !== times)
  if (different) return `${different}: program ${hospitals.get(different[0])?.selected}`
  return hospitals.size === second.times.size ? null : 'not the same hospitals'
}

/** The paths at which the program refuses a snapshot. */
export function refusedAt(input: Input): string[] {
  const parsed = parseSnapshot(JSON.parse(JSON.stringify(input)))
  return parsed.ok ? [] : parsed.problems.map(({ path }) => path)
}
