import type { Choice } from '../text/choice.ts'

export const SOURCE_IDS = ['sheet', 'navii', 'bureau', 'hand'] as const
export type Source = (typeof SOURCE_IDS)[number]
/** Where the master has something from. */
export const SOURCES: readonly Choice<Source>[] = [
  { id: 'sheet', label: '病院台帳のシート' },
  { id: 'navii', label: '医療情報ネット' },
  { id: 'bureau', label: '届出受理医療機関名簿' },
  { id: 'hand', label: '担当者による登録' },
]

/** What of a hospital keeps its source and day; 病床種別 go with 許可病床数. */
export const FACT_IDS = ['beds', 'region', 'functions', 'name', 'address'] as const
export type Fact = (typeof FACT_IDS)[number]

/** What a hospital's band, its region's floor and its points hang on: where sources differ, an officer chooses. */
export const COUNTING_FACTS = ['beds', 'region', 'functions'] as const satisfies readonly Fact[]
export type CountingFact = (typeof COUNTING_FACTS)[number]
