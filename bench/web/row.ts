import type { Load } from './load.ts'

/** One line of the table in docs/performance.md. */
export interface Figure {
  what: string
  /** What it is held against, measured in the same run; '' where the goal is a figure of its own. */
  against: string
  goal: string
  figure: string
  /** Null where nothing was promised. */
  isMet: boolean | null
}

/** What every row is given to measure with. */
export interface Measuring {
  load: Load
  /** Of one round of one candidate. */
  seconds: number
  /** How often the candidates take turns. */
  rounds: number
  say: (line: string) => void
}

/** Some lines of the table that are measured together: `npm run bench:web -- --only NAME`. */
export interface Row {
  name: string
  /** The first columns of its figures, as the document has them: by these a test finds that none is missing. */
  lines: readonly string[]
  measure: (measuring: Measuring) => Promise<Figure[]>
}
