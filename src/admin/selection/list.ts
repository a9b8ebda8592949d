import type { Hospital } from '../../domain/master/hospital.ts'
import { INELIGIBLE_REASON_IDS, ineligibleReasons } from '../../domain/selection/eligibility.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import { DECISIONS, type HospitalResult } from '../../domain/selection/result.ts'
import type { Stability } from '../../domain/selection/stability.ts'
import { stabilityMark } from '../../domain/selection/words/stability.ts'
import { compareText } from '../../domain/text/text-order.ts'
import type { Draft } from '../../office/draft/draft.ts'
import { knownStability, stabilityDone, stabilityStanding } from '../../office/draft/stability.ts'
import { undrawnCodes } from '../../office/lot/in-force.ts'
import { bandFilter, type List, type ListFilter, narrowed, regionFilter } from '../list/list.ts'
import { anyText, listQuery, oneOf, pageNumber, type QueryOf, shownAs, sortBy } from '../list/query.ts'
import { fileColumns } from '../list/table.ts'
import { rankingColumns } from './columns.ts'

/** 選定対象, as the band board counts it. */
const ELIGIBLE = { id: 'eligible', label: '選定と補欠' } as const

export const SELECTION = listQuery('/admin/selection', {
  q: anyText,
  band: anyText,
  region: anyText,
  decision: oneOf([ELIGIBLE.id, ...DECISIONS.map(({ id }) => id)]),
  reason: oneOf(INELIGIBLE_REASON_IDS),
  /** `line`: only those that other points would decide otherwise. `show`: worked out though it takes long. */
  stability: oneOf(['line', 'show']),
  /** The page comes once that is worked out. */
  wait: oneOf(['yes']),
  /** Those about which an officer has decided something. */
  judged: oneOf(['yes']),
  /** By rank without it. */
  sort: sortBy(['name', 'points', 'beds'], ''),
  /** The points of each criterion in columns. */
  view: shownAs(['points']),
  page: pageNumber,
  /** Of the ineligible. */
  out: pageNumber,
})
export type SelectionQuery = QueryOf<typeof SELECTION>

/** How the draft's hospitals are looked for, narrowed and ordered. */
export type SelectionList = Required<
  Pick<List<HospitalResult, SelectionQuery>, 'query' | 'anchor' | 'filters' | 'search' | 'compare'>
>

/**
 * @param regions that may be chosen
 * @param stability null where it is not known: then it narrows nothing
 */
export function selectionList(
  draft: Pick<Draft, 'reading' | 'hospitals' | 'overrides' | 'moves'>,
  regions: readonly string[],
  stability: Stability | null,
): SelectionList {
  const { reading, hospitals } = draft
  const known = new Map(hospitals.map((hospital) => [hospital.key, hospital]))
  return {
    query: SELECTION,
    anchor: 'ranking',
    filters: filtersOf(draft, regions, stability),
    search: {
      placeholder: '病院名、コード',
      texts: ({ code }) => {
        const hospital = known.get(code)
        return [reading.name(code), hospital?.kana, hospital?.medicalCode, hospital?.naviiCode]
      },
    },
    compare: comparisons(reading, known),
  }
}

/** All pages of what the filter shows, as a file: the ranking, then the ineligible by code. */
export async function selectionFile(draft: Draft, query: SelectionQuery) {
  const { reading, hospitals } = draft
  const stability = knownStability(
    query.stability === '' ? stabilityStanding(reading) : await stabilityDone(reading),
  )
  return {
    columns: fileColumns(rankingColumns(reading, hospitals, stability, undrawnCodes(draft))),
    rows: narrowed(selectionList(draft, [], stability), reading.rows, query),
  }
}

/** Some of the runs select it and some do not. */
export function isOnTheLine(stability: Stability): (row: HospitalResult) => boolean {
  return ({ code }) => stabilityMark(stability, code)?.isOnTheLine === true
}

function filtersOf(
  { reading, overrides, moves }: Pick<Draft, 'reading' | 'overrides' | 'moves'>,
  regions: readonly string[],
  stability: Stability | null,
): ListFilter<HospitalResult, SelectionQuery>[] {
  const judged = new Set([...overrides, ...moves].map(({ hospitalCode }) => hospitalCode))
  return [
    bandFilter(reading.snapshot.policy.bands, ({ band }) => band),
    regionFilter(regions, ({ region }) => region),
    {
      name: 'decision',
      label: '判定',
      choices: [ELIGIBLE, ...DECISIONS],
      matches: ({ decision }, wanted) =>
        wanted === ELIGIBLE.id ? decision !== 'ineligible' : decision === wanted,
    },
    {
      name: 'reason',
      label: '理由',
      choices: ineligibleReasons(reading.place),
      matches: ({ reason }, wanted) => reason === wanted,
    },
    {
      name: 'stability',
      label: '配点を変えた場合',
      choices: [{ id: 'line', label: '配点により変わる' }],
      matches: (row, wanted) => wanted !== 'line' || !stability || isOnTheLine(stability)(row),
    },
    {
      name: 'judged',
      label: '判断・順位の変更',
      choices: [{ id: 'yes', label: 'あり' }],
      matches: ({ code }) => judged.has(code),
    },
  ]
}

type Comparison = (a: HospitalResult, b: HospitalResult) => number

function comparisons(
  { candidate, name }: Reading,
  known: ReadonlyMap<string, Hospital>,
): (key: string) => Comparison {
  const reading = ({ code }: HospitalResult) => known.get(code)?.kana || name(code)
  const by: Record<string, Comparison> = {
    name: (a, b) => compareText(reading(a), reading(b)),
    points: (a, b) => a.score - b.score,
    beds: (a, b) => candidate(a.code).beds - candidate(b.code).beds,
  }
  return (key) => by[key]!
}
