import { z } from 'zod'
import { GMIS_FACT_IDS, type GmisFacts } from '../survey/gmis-mapping.ts'
import type { Choice } from '../text/choice.ts'
import { letterDayText } from '../text/dates.ts'
import type { Filing } from './filings.ts'
import { wordKey } from './same-text.ts'

/** What a hospital has in place, as its 施設基準 filings show: the same three facts that the GMIS survey asks for. */
export const PUBLIC_FACT_IDS = GMIS_FACT_IDS
export type PublicFactId = (typeof PUBLIC_FACT_IDS)[number]
export const PUBLIC_FACTS: readonly Choice<PublicFactId>[] = [
  { id: 'offlineBackup', label: 'オフライン・バックアップ' },
  { id: 'bcp', label: 'サイバー攻撃を想定したBCPの策定' },
  { id: 'networkControl', label: '外部接続点の管理' },
]

/** True where a filing shows it. A filing that was not made says nothing: null, never false. */
export interface PublicFacts extends Record<PublicFactId, true | null> {
  /** 施設基準の届出（診療録管理体制加算1） */
  source: string
  /** The day on which the filings stood, `YYYY-MM-DD`. */
  asOf: string
}

/** What one filing shows, as long as the fee schedule asks for it. */
export interface FilingRule {
  /** 受理届出名称, as the bureau's list has it. Width, spaces and kana do not matter. */
  name: string
  facts: readonly PublicFactId[]
  /** First and last day on which a standing filing shows it, `YYYY-MM-DD`; null without an end on that side. */
  from: string | null
  until: string | null
}

/** 届出と対策の対応付け: the fee schedule changes every other year, and with it what a filing shows. */
export type FilingMapping = readonly FilingRule[]

/**
 * By the fee schedule of 2024 診療録管理体制加算1 needs backups of which some are offline, and a BCP that is drilled every
 * year. The schedule of 2026 takes both out of it.
 */
export const DEFAULT_FILING_MAPPING: FilingMapping = [
  { name: '診療録管理体制加算1', facts: ['offlineBackup', 'bcp'], from: '2024-06-01', until: '2026-05-31' },
]

/**
 * @param asOf the day of the list that the filings stand in; null where nobody knows it: then the day since which the filing
 *   itself holds
 * @returns null where no filing shows anything
 */
export function publicFactsOf(
  filings: readonly Filing[],
  mapping: FilingMapping,
  asOf: string | null,
): PublicFacts | null {
  const shown = filings.flatMap((filing) => {
    const day = asOf ?? filing.from
    const facts = day === null ? [] : factsShown(mapping, filing.name, day)
    return facts.length === 0 ? [] : [{ name: filing.name, day: day!, facts }]
  })
  if (shown.length === 0) return null
  const shows = (fact: PublicFactId) => (shown.some(({ facts }) => facts.includes(fact)) ? true : null)
  return {
    offlineBackup: shows('offlineBackup'),
    bcp: shows('bcp'),
    networkControl: shows('networkControl'),
    source: `${FILED}（${[...new Set(shown.map(({ name }) => plainName(name)))].join('、')}）`,
    // Of several without a list's day the earliest: no more is said than all of them bear.
    asOf: shown.map(({ day }) => day).reduce((earliest, day) => (day < earliest ? day : earliest)),
  }
}

const FILED = '施設基準の届出'

function factsShown(mapping: FilingMapping, name: string, day: string): PublicFactId[] {
  const key = filingKey(name)
  const rules = mapping.filter((rule) => filingKey(rule.name) === key && isInForce(rule, day))
  return PUBLIC_FACT_IDS.filter((fact) => rules.some(({ facts }) => facts.includes(fact)))
}

function isInForce({ from, until }: FilingRule, day: string): boolean {
  return (from === null || from <= day) && (until === null || day <= until)
}

/** By what two spellings of a filing's name are one: 診療録管理体制加算１ and 診療録管理体制加算1. */
export function filingKey(name: string): string {
  return wordKey(name)
}

/** With the digits of a text: 診療録管理体制加算1. */
function plainName(name: string): string {
  return name.replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
}

type CountedFrom = 'gmis' | 'public' | 'unknown'

/**
 * What a weakness is scored by: the hospital's own answer in the GMIS survey where there is one, else the public fact where
 * there is one.
 */
export function countedFrom(
  fact: PublicFactId,
  gmis: GmisFacts | null,
  facts: Partial<Record<PublicFactId, boolean | null>> | null | undefined,
): CountedFrom {
  if ((gmis?.[fact] ?? null) !== null) return 'gmis'
  return (facts?.[fact] ?? null) === null ? 'unknown' : 'public'
}

export const LONGEST_FILING = 100
export const MOST_RULES = 30

const dayOrNull = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .nullable()
const MAPPING = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(LONGEST_FILING),
      facts: z.array(z.enum(PUBLIC_FACT_IDS)).min(1),
      from: dayOrNull,
      until: dayOrNull,
    }),
  )
  .max(MOST_RULES)

/** As it is stored. @throws where it is none */
export function filingMappingOf(stored: unknown): FilingMapping {
  return MAPPING.parse(stored)
}

/** 「診療録管理体制加算1」…オフライン・バックアップ（令和6年6月1日から令和8年5月31日まで） */
export function filingRuleText(rule: FilingRule): string {
  const facts = PUBLIC_FACTS.filter(({ id }) => rule.facts.includes(id)).map(({ label }) => label)
  return `「${rule.name}」→${facts.join('、')}（${periodText(rule)}）`
}

function periodText({ from, until }: FilingRule): string {
  const parts = [from && `${letterDayText(from)}から`, until && `${letterDayText(until)}まで`].filter(Boolean)
  return parts.join('') || '期間の定めなし'
}
