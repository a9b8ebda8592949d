import type { Stores } from '../db/stores.ts'
import type { Hospital } from '../domain/master/hospital.ts'
import {
  type FilingMapping,
  type FilingRule,
  filingKey,
  PUBLIC_FACT_IDS,
  type PublicFactId,
  type PublicFacts,
  publicFactsOf,
} from '../domain/master/public-facts.ts'
import { type Band, bandIndexOf, bandLabel, NO_BAND } from '../domain/selection/bands.ts'
import { compareText } from '../domain/text/text-order.ts'

/** What the filings of every hospital show, by its key; hospitals of which they show nothing are not in it. */
export function publicFactsOfMaster(
  { filingMappings }: Pick<Stores, 'filingMappings'>,
  hospitals: readonly Hospital[],
  mapping: FilingMapping = filingMappings.current().mapping,
): Map<string, PublicFacts> {
  const keys = new Set(mapping.map(({ name }) => filingKey(name)))
  const isMapped = remembered((name) => keys.has(filingKey(name)))
  const filing = hospitals.flatMap(({ key, filings }) => {
    const mapped = filings.filter(({ name }) => isMapped(name))
    return mapped.length > 0 ? [{ key, filings: mapped }] : []
  })
  // Most masters have no filings: their lists' days are then never asked for.
  const days = filing.length === 0 ? new Map<string, string>() : filingMappings.listDays()
  return new Map(
    filing.flatMap(({ key, filings }) => {
      const facts = publicFactsOf(filings, mapping, days.get(key) ?? null)
      return facts ? [[key, facts] as const] : []
    }),
  )
}

/** A hospital has files by the hundred, and all hospitals the same: each name is folded once. */
function remembered(is: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>()
  return (name) => {
    const found = known.get(name) ?? is(name)
    known.set(name, found)
    return found
  }
}

/** What a mapping would come to. */
export interface FilingsAhead {
  hospitals: number
  /** Hospitals of which any filing is known: nothing is known of the others. */
  withFilings: number
  rules: RuleAhead[]
  bands: FactCounts[]
  total: FactCounts
}

interface RuleAhead {
  rule: FilingRule
  /** Hospitals with a filing of this name, and of those the ones of which it shows something. */
  filed: number
  inForce: number
  /** Names like it in the master, where nobody has filed this one. */
  similar: string[]
}

/** How many hospitals of a band get which fact, and how many any. */
interface FactCounts {
  label: string
  hospitals: number
  any: number
  facts: Record<PublicFactId, number>
}

export function filingsAhead(
  stores: Pick<Stores, 'filingMappings' | 'hospitals' | 'policies'>,
  mapping: FilingMapping,
): FilingsAhead {
  const hospitals = stores.hospitals.operating()
  const { bands } = stores.policies.current().policy
  const factsOf = publicFactsOfMaster(stores, hospitals, mapping)
  const bandOf = ({ beds }: Hospital) => bandIndexOf(bands, beds)
  const counted = (label: string, some: readonly Hospital[]): FactCounts => {
    const known = some.flatMap(({ key }) => factsOf.get(key) ?? [])
    const having = (fact: PublicFactId) => known.filter((facts) => facts[fact] === true).length
    return {
      label,
      hospitals: some.length,
      any: known.length,
      facts: Object.fromEntries(PUBLIC_FACT_IDS.map((fact) => [fact, having(fact)])) as FactCounts['facts'],
    }
  }
  const outside = hospitals.filter((hospital) => bandOf(hospital) < 0)
  return {
    hospitals: hospitals.length,
    withFilings: hospitals.filter(({ filings }) => filings.length > 0).length,
    rules: mapping.map((rule) => ruleAhead(stores, hospitals, rule)),
    bands: [
      ...bands.map((band: Band, index) =>
        counted(
          bandLabel(band),
          hospitals.filter((hospital) => bandOf(hospital) === index),
        ),
      ),
      ...(outside.length > 0 ? [counted(NO_BAND.label, outside)] : []),
    ],
    total: counted('計', hospitals),
  }
}

function ruleAhead(
  stores: Pick<Stores, 'filingMappings'>,
  hospitals: readonly Hospital[],
  rule: FilingRule,
): RuleAhead {
  const key = filingKey(rule.name)
  const isThis = remembered((name) => filingKey(name) === key)
  const filed = hospitals.filter(({ filings }) => filings.some(({ name }) => isThis(name)))
  return {
    rule,
    filed: filed.length,
    inForce: publicFactsOfMaster(stores, filed, [rule]).size,
    similar: filed.length > 0 ? [] : similarNames(hospitals, key),
  }
}

const MOST_SIMILAR = 5
/** So many characters of a name say what it is about. */
const STEM = 4

function similarNames(hospitals: readonly Hospital[], key: string): string[] {
  const stem = key.slice(0, STEM)
  if (stem.length < 2) return []
  const names = new Set(hospitals.flatMap(({ filings }) => filings.map(({ name }) => name)))
  return [...names]
    .filter((name) => filingKey(name).includes(stem))
    .sort(compareText)
    .slice(0, MOST_SIMILAR)
}
