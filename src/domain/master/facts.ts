import type { Hospital } from './hospital.ts'
import { BED_TYPE_IDS } from './hospital.ts'
import type { OpenCells } from './open-cells.ts'
import { sameValue } from './same-value.ts'
import { COUNTING_FACTS, type CountingFact, FACT_IDS, type Fact, type Source } from './source.ts'

/** What is stated of one fact: the fields of a hospital that go with it. */
export type FactValue = Partial<
  Pick<Hospital, 'beds' | 'bedsByType' | 'region' | 'functions' | 'name' | 'address'>
>

/** What a source says of a hospital, as of a day (yyyy-mm-dd). */
export interface Statement {
  fact: Fact
  source: Source
  day: string
  value: FactValue
}

/** What an officer has settled: it stays until another officer, or the same, settles it again. */
export interface FactChoice {
  fact: Fact
  /** Null where the newest counts again. */
  source: Source | null
}

/** Where a file comes from. */
export interface Origin {
  source: Source
  /** The day as of which it speaks, yyyy-mm-dd. */
  day: string
}

/** Why a fact of a file is kept beside what counts, and does not take its place. */
export interface HeldFact {
  key: string
  fact: Fact
  why: 'chosen' | 'newer'
  counts: FactValue
  stated: FactValue
}

export function factValue(hospital: Hospital, fact: Fact): FactValue {
  if (fact === 'beds') return { beds: hospital.beds, bedsByType: hospital.bedsByType }
  return { [fact]: hospital[fact] }
}

/** Beds agree where their sum does: the band hangs on that alone. */
export function agree(fact: Fact, a: FactValue, b: FactValue): boolean {
  return fact === 'beds' ? a.beds === b.beds : sameValue(sorted(a[fact]), sorted(b[fact]))
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort() : value
}

/** The facts that a row of a file says something about. */
export function statedFacts(fields: readonly (keyof Hospital)[], open: OpenCells | undefined): Fact[] {
  return FACT_IDS.filter((fact) => {
    if (!fields.includes(fact)) return false
    if (!open) return true
    const isOpen = (cell: Parameters<OpenCells['blank']['has']>[0]) =>
      open.blank.has(cell) || open.cut.has(cell) || open.absent.has(cell)
    return fact === 'beds' ? !['beds' as const, ...BED_TYPE_IDS].every(isOpen) : !isOpen(fact)
  })
}

/**
 * What a file may not overwrite: what an officer has chosen, and what was said as of a later day. Both stay beside
 * each other as statements.
 *
 * @param after as the file would have it
 * @param known what is stated of the hospital so far, the newest of each source and fact
 */
export function heldFacts(
  before: Hospital,
  after: Hospital,
  { day }: Origin,
  known: { statements: readonly Statement[]; choices: readonly FactChoice[] },
): { hospital: Hospital; held: HeldFact[] } {
  const held = FACT_IDS.flatMap((fact): HeldFact[] => {
    const [counts, stated] = [factValue(before, fact), factValue(after, fact)]
    if (isSameFact(counts, stated)) return []
    const choice = known.choices.find((each) => each.fact === fact)
    const isChosen = choice !== undefined && choice.source !== null
    const isOlder = known.statements.some(
      (each) => each.fact === fact && each.day > day && agree(fact, each.value, counts),
    )
    if (!isChosen && !isOlder) return []
    return [{ key: before.key, fact, why: isChosen ? 'chosen' : 'newer', counts, stated }]
  })
  const kept = Object.assign({}, ...held.map(({ counts }) => counts)) as FactValue
  return { hospital: { ...after, ...kept }, held }
}

/** Of 許可病床数 the 病床種別 too. */
export function isSameFact(a: FactValue, b: FactValue): boolean {
  return (Object.keys(a) as (keyof FactValue)[]).every((field) => sameValue(a[field], b[field]))
}

/** A fact of one hospital on which its sources do not agree. */
export interface Difference {
  fact: CountingFact
  /** The newest of each source, the newest first. */
  statements: Statement[]
  /** What an officer has settled; null where nobody has. */
  choice: FactChoice | null
  /** Whether the settled source has said something else since. */
  isMoved: boolean
}

/** Where sources differ in what counts: 許可病床数, 二次医療圏, 医療機能. */
export function differences(
  hospital: Hospital,
  known: { statements: readonly Statement[]; choices: readonly FactChoice[] },
): Difference[] {
  return COUNTING_FACTS.flatMap((fact) => {
    const statements = known.statements
      .filter((each) => each.fact === fact)
      .toSorted((a, b) => (a.day < b.day ? 1 : -1))
    const counts = factValue(hospital, fact)
    if (statements.every(({ value }) => agree(fact, value, counts))) return []
    const own = known.choices.find((each) => each.fact === fact)
    const choice = own && own.source !== null ? own : null
    const chosen = statements.find(({ source }) => source === choice?.source)
    const isMoved = chosen !== undefined && !agree(fact, chosen.value, counts)
    return [{ fact, statements, choice, isMoved }]
  })
}
