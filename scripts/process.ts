import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a process takes, as Linux counts it. */
export interface Taken {
  /** Bytes: all that is in memory, and the same with what several processes share divided among them. */
  rss: number
  pss: number
  /** Milliseconds of one core since its start. */
  cpuMs: number
}

export function takenBy(pids: readonly number[]): Taken {
  const each = pids.map((pid) => {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const bytes = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0) * 1024
    return { rss: bytes('Rss'), pss: bytes('Pss'), cpuMs: cpuMsOf(pid) }
  })
  const sum = (of: keyof Taken) => each.reduce((total, one) => total + one[of], 0)
  return { rss: sum('rss'), pss: sum('pss'), cpuMs: sum('cpuMs') }
}

/** A process and those that it has started. */
export function withChildren(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return [pid, ...children.split(' ').filter(Boolean).map(Number)]
}

/** The clock of the kernel, by which it counts in /proc: a hundred ticks a second on every Linux. */
const TICK_MS = 10

/** Milliseconds that all threads of a process have worked since its start. */
export function cpuMsOf(pid: number): number {
  // The name stands in brackets, and may hold blanks.
  const [, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const fields = rest!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** Bytes of a file, or of all that lies in a folder. */
export function bytesOf(path: string): number {
  if (!existsSync(path)) return 0
  if (!statSync(path).isDirectory()) return statSync(path).size
  return readdirSync(path).reduce((total, name) => total + bytesOf(join(path, name)), 0)
}
