import { NO_BAND } from '../../domain/selection/bands.ts'
import { ineligibleReasons } from '../../domain/selection/eligibility.ts'
import type { HospitalResult } from '../../domain/selection/result.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import { narrowed } from '../list/list.ts'
import { SELECTION, type SelectionList, type SelectionQuery } from './list.ts'

/** What the ranking can be narrowed by, each with how many hospitals are behind it. */
export interface Facet {
  label: string
  links: FacetLink[]
}

interface FacetLink {
  label: string
  count: number
  href: string
  isCurrent: boolean
}

/** How one choice of a facet changes the address, and which rows it then leads to. */
interface Choice {
  label: string
  changes: Partial<SelectionQuery>
  /** Those behind it that are ranked, or those that are not. */
  ranked: boolean
}

interface About {
  rows: readonly HospitalResult[]
  list: SelectionList
  query: SelectionQuery
  place: Prefecture
  hasStability: boolean
  /** Nobody can be selected: what is decided about the seats says nothing. */
  isFull: boolean
}

/** The other conditions stay as they are: the number of a link is that of the hospitals on the page behind it. */
export function selectionFacets(about: About): Facet[] {
  const { list, query } = about
  // Words are looked for once: no facet changes them.
  const rows = narrowed({ search: list.search, filters: [] }, about.rows, { ...query, sort: '' })
  const narrowing = { filters: list.filters }
  const ofQuery = ({ decision, reason }: SelectionQuery) => decision !== 'ineligible' && reason === ''
  const behind = (wanted: SelectionQuery, isRanked: boolean) =>
    narrowed(narrowing, rows, wanted).filter(({ rank }) => (rank !== null) === isRanked)
  const linkTo = ({ label, changes, ranked }: Choice, count?: number): FacetLink => {
    const wanted = { ...query, ...changes, page: 1, out: 1 }
    const isCurrent = Object.entries(changes).every(
      ([name, value]) => query[name as keyof SelectionQuery] === value,
    )
    const href = `${SELECTION.address(wanted)}#${ranked ? 'ranking' : 'ineligible'}`
    return { label, count: count ?? behind(wanted, ranked).length, href, isCurrent }
  }
  const facet = (label: string, choices: Choice[]): Facet => ({
    label,
    links: choices.map((choice) => linkTo(choice)),
  })
  const ranked = ofQuery(query)
  const named = (name: 'band' | 'region', label: string): Facet => {
    const { choices } = list.filters.find((each) => each.name === name)!
    // A country has 330 regions: all are counted at once, not each by a look at every hospital.
    const all = behind({ ...query, [name]: '' }, ranked)
    const counts = tally(all, (row) => row[name] ?? NO_BAND.id)
    const links = [
      linkTo({ label: 'すべて', changes: { [name]: '' }, ranked }, all.length),
      ...choices.map((choice) =>
        linkTo({ label: choice.label, changes: { [name]: choice.id }, ranked }, counts.get(choice.id) ?? 0),
      ),
    ]
    return {
      label,
      links: links.filter(({ count, isCurrent }, index) => index === 0 || count > 0 || isCurrent),
    }
  }
  return [
    named('band', '病床規模区分'),
    named('region', '二次医療圏'),
    ...(about.isFull ? [] : [facet('判定', DECIDED), ...attention(about, facet)]),
    ineligible(about, facet),
  ]
}

function tally<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1)
  return counts
}

const DECIDED: Choice[] = [
  { label: 'すべて', changes: { decision: '', reason: '' }, ranked: true },
  { label: '選定', changes: { decision: 'selected', reason: '' }, ranked: true },
  { label: '補欠', changes: { decision: 'waitlisted', reason: '' }, ranked: true },
]

function attention(
  { place, hasStability, query }: About,
  facet: (label: string, choices: Choice[]) => Facet,
): Facet[] {
  const anew = { decision: '', reason: '' } as const
  const choices: Choice[] = [
    ...(hasStability
      ? [{ label: '配点により変わる', changes: { stability: 'line' as const, ...anew }, ranked: true }]
      : []),
    { label: `${place.kind}の判断・順位の変更`, changes: { judged: 'yes', ...anew }, ranked: true },
  ]
  const { label, links } = facet('注意して見る', choices)
  // One that is chosen leads back to all.
  const back = links.map((link) =>
    link.isCurrent ? { ...link, href: `${SELECTION.address(without(query))}#ranking` } : link,
  )
  return [{ label, links: back }]
}

function without(query: SelectionQuery): SelectionQuery {
  return { ...query, stability: '', judged: '', page: 1, out: 1 }
}

function ineligible({ place }: About, facet: (label: string, choices: Choice[]) => Facet): Facet {
  const anew = { stability: '', judged: '' } as const
  const all: Choice = {
    label: 'すべて',
    changes: { decision: 'ineligible', reason: '', ...anew },
    ranked: false,
  }
  const reasons = ineligibleReasons(place).map(({ id, label }) => ({
    label,
    changes: { decision: '', reason: id, ...anew } as const,
    ranked: false,
  }))
  const { label, links } = facet('選定の対象にならない病院', [all, ...reasons])
  return {
    label,
    links: links.filter(({ count, isCurrent }, index) => index === 0 || count > 0 || isCurrent),
  }
}
