import type { KnownFacts, StoredStatement } from '../../db/hospital-facts.ts'
import type { Stores } from '../../db/stores.ts'
import { agree, type Difference, differences, factValue } from '../../domain/master/facts.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { COUNTING_FACTS, type CountingFact, SOURCES, type Source } from '../../domain/master/source.ts'
import type { Band } from '../../domain/selection/bands.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText, dayText } from '../../domain/text/dates.ts'
import { officerNames } from '../officer-names.ts'
import { bandText, FACT_LABELS, factText } from './changed-cells.ts'

/** A hospital about which its sources differ in something that counts. */
export interface DifferingHospital {
  hospital: Hospital
  difference: Difference
  /** The bands that its beds would lie in, where they are several. */
  bands: string[]
}

/**
 * In the order of the master; closed hospitals differ from nothing.
 * @param operating where they are read already
 */
export function differingHospitals(
  stores: Stores,
  operating: readonly Hospital[] = stores.hospitals.operating(),
): DifferingHospital[] {
  const facts = stores.hospitals.facts()
  const { bands } = stores.policies.current().policy
  return operating.flatMap((hospital) => {
    const known = facts.get(hospital.key)
    if (!known) return []
    return differences(hospital, known).map((difference) => ({
      hospital,
      difference,
      bands: bandsOf(hospital, difference, bands),
    }))
  })
}

/** What of the master waits for an officer: rows that may be of known hospitals, and sources that differ. */
export function masterWaiting(
  stores: Stores,
  operating: readonly Hospital[],
): { matches: number; differences: number } {
  const isOpen = ({ difference: { choice, isMoved } }: DifferingHospital) => choice === null || isMoved
  return {
    matches: stores.hospitalMatches.waiting().length,
    differences: differingHospitals(stores, operating).filter(isOpen).length,
  }
}

function bandsOf(hospital: Hospital, { fact, statements }: Difference, bands: readonly Band[]): string[] {
  if (fact !== 'beds') return []
  const beds = [hospital.beds, ...statements.map(({ value }) => value.beds ?? 0)]
  const texts = [...new Set(beds.map((count) => bandText(bands, count)))]
  return texts.length > 1 ? texts : []
}

/** What counts of a hospital, and where it comes from. */
export interface SourcedLine {
  fact: CountingFact
  label: string
  text: string
  /** 届出受理医療機関名簿、令和7年10月1日（水）現在; '' where nobody has stated it. */
  from: string
  /** What other sources say. */
  others: string[]
  /** 出典を選択済み：… */
  choice: string
  /** Something may be chosen. */
  isDiffering: boolean
  bands: string[]
}

export function sourcedLines(stores: Stores, hospital: Hospital): SourcedLine[] {
  const known = stores.hospitals.factsOf(hospital.key)
  const { bands } = stores.policies.current().policy
  const nameOf = officerNames(stores)
  const differing = new Map(differences(hospital, known).map((each) => [each.fact, each]))
  return COUNTING_FACTS.map((fact) => {
    const counts = factValue(hospital, fact)
    const difference = differing.get(fact)
    const stated = statementsOf(known, fact)
    const own = countingStatement(known, fact, hospital)
    const choice = known.choices.find((each) => each.fact === fact && each.source !== null)
    const others = stated.filter((each) => each !== own)
    return {
      fact,
      label: FACT_LABELS[fact],
      text: factText(fact, counts),
      from: own ? sourceText(own) : '',
      others: others.map((each) =>
        agree(fact, each.value, counts)
          ? `${sourceText(each)}も同じ`
          : `${sourceText(each)}：${factText(fact, each.value)}`,
      ),
      choice: choice
        ? `${nameOf(choice.actor)}、${dateTimeText(choice.at)}${choice.reason ? `「${choice.reason}」` : ''}`
        : '',
      isDiffering: difference !== undefined,
      bands: difference ? bandsOf(hospital, difference, bands) : [],
    }
  })
}

/** The newest day first. */
export function statementsOf({ statements }: KnownFacts, fact: CountingFact): StoredStatement[] {
  return statements.filter((each) => each.fact === fact).toSorted((a, b) => (a.day < b.day ? 1 : -1))
}

/** Whose word counts: the chosen source's, else the newest that says what counts. */
export function countingStatement(
  known: KnownFacts,
  fact: CountingFact,
  hospital: Hospital,
): StoredStatement | null {
  const stated = statementsOf(known, fact)
  const chosen = known.choices.find((each) => each.fact === fact)?.source ?? null
  const counts = factValue(hospital, fact)
  const saying = stated.filter(({ value }) => agree(fact, value, counts))
  return saying.find(({ source }) => source === chosen) ?? saying[0] ?? null
}

export function sourceText({ source, day }: { source: Source; day: string }): string {
  return `${labelOf(SOURCES, source)}（${dayText(day)}現在）`
}
