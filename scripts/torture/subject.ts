import { seededRandom } from '../../src/demo/random.ts'

/** One way in which the program is treated badly. */
export interface Subject {
  /** As `--only` names it. */
  name: string
  /** As the table says it. */
  title: string
  /** So many, unless `--rounds` says otherwise. */
  rounds: number
  run(options: SubjectOptions): Promise<Outcome>
}

export interface SubjectOptions {
  rounds: number
  seed: number
  /** A line for whoever waits. */
  say(line: string): void
}

export interface Outcome {
  /** What was counted and measured, in the order of the table. */
  figures: readonly (readonly [what: string, figure: string | number])[]
  /** What did not hold, each with how it comes again; none where all is well. */
  faults: readonly string[]
}

/** A number that goes with a seed and what it is for, so that two subjects draw differently. */
export function randomFor(seed: number, purpose: string) {
  let mixed = seed >>> 0
  for (const character of purpose) mixed = (Math.imul(mixed, 31) + character.codePointAt(0)!) >>> 0
  return seededRandom(mixed)
}

/** No more than a table can hold. */
export class Faults {
  readonly #found: string[] = []
  #more = 0

  add(fault: string): void {
    if (this.#found.length < MOST_SHOWN) this.#found.push(fault)
    else this.#more += 1
  }

  check(holds: boolean, fault: () => string): void {
    if (!holds) this.add(fault())
  }

  get all(): string[] {
    return this.#more > 0 ? [...this.#found, `and ${this.#more} more`] : [...this.#found]
  }
}

const MOST_SHOWN = 40
