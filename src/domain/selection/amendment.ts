import { z } from 'zod'
import type { Prefecture } from '../survey/prefecture.ts'
import type { Choice } from '../text/choice.ts'
import { eachCodeOnce, nameSchema, textSchema } from '../validation/field-schemas.ts'
import { japaneseMessage, type Problem, problemsOf } from '../validation/problems.ts'
import { type Basis, basesOf } from './allotment.ts'
import {
  type BandResult,
  DECISIONS,
  type Decision,
  type HospitalResult,
  type RegionResult,
  type SelectionResult,
} from './result.ts'

/** In /1 a decline has no kind: what ends as `PASSED_OVER` is one of a hospital that was passed over. */
const FORMAT_1 = 'kakuho.amended-result/1'
const FORMAT_2 = 'kakuho.amended-result/2'
type AmendedFormat = typeof FORMAT_1 | typeof FORMAT_2

/** The end of a reason for which the program itself passes a hospital over. Since /2 it is read as words only. */
const PASSED_OVER = '（繰上げの対象外）'

type AmendedDecision = Decision | 'declined'
export const AMENDED_DECISIONS: readonly Choice<AmendedDecision>[] = [
  ...DECISIONS,
  { id: 'declined', label: '辞退' },
]

export type AmendedBasis = Basis | 'promoted'
export function amendedBasesOf(place: Prefecture): readonly Choice<AmendedBasis>[] {
  return [...basesOf(place), { id: 'promoted', label: '補欠からの繰上げ' }]
}

const declineSchema = z.strictObject({
  code: nameSchema,
  reason: textSchema.refine(
    (reason) => reason.trim() !== '',
    '辞退の理由がありません。理由を記入してください。',
  ),
})

/** As archives of before have them, which know no kind. */
export const declinesSchema1 = declinesOf(declineSchema)
export const declinesSchema = declinesOf(
  z.strictObject({ ...declineSchema.shape, kind: z.literal('passed-over').exactOptional() }),
)

/**
 * A hospital that gives its seat, or its place on the waiting list, back after the selection was confirmed. With a kind
 * it is none that declined, but one that is passed over when a seat comes free: it has one of another round, or has
 * declined one. The record keeps it among the declines, as it gives up its place like those.
 */
export type Decline = z.infer<typeof declinesSchema>[number]

function declinesOf<Item extends z.ZodType<{ code: string }>>(item: Item) {
  return z.array(item).superRefine(eachCodeOnce('declines', '辞退は1病院につき1件にしてください。'))
}

/** @param reason 追加選定（第2回）で選定済み */
export function passedOver(code: string, reason: string): Decline {
  return { code, reason: `${reason}${PASSED_OVER}`, kind: 'passed-over' }
}

type Amendment = Decline & { promoted: string | null }

export interface AmendedRow extends Omit<HospitalResult, 'decision' | 'basis'> {
  decision: AmendedDecision
  basis: AmendedBasis | null
}

export interface AmendedResult {
  format: AmendedFormat
  snapshotSha256: string
  /** In the order of the first result. */
  results: AmendedRow[]
  bands: BandResult[]
  regions: RegionResult[]
  problems: SelectionResult['problems']
  /** In the order in which they declined, each with who moved up in its place. */
  amendments: Amendment[]
}

/** Everyone who declined or was passed over, told apart in the files of before too. */
export function amendmentsOf({
  format,
  amendments,
}: Pick<AmendedResult, 'format' | 'amendments'>): Amendment[] {
  if (format !== FORMAT_1) return amendments
  return amendments.map((each) =>
    each.reason.endsWith(PASSED_OVER) ? { ...each, kind: 'passed-over' } : each,
  )
}

/** The list from which a result was amended: a longer one begins with it. */
export function declinesIn(amended: Pick<AmendedResult, 'format' | 'amendments'>): Decline[] {
  return amendmentsOf(amended).map(({ promoted: _, ...decline }) => decline)
}

/** Where a list without kinds is read the same by either rule it keeps the bytes that it always had. */
function formatOf(declines: readonly Decline[], found: unknown): AmendedFormat {
  if (declines.some(({ kind }) => kind !== undefined)) return FORMAT_2
  return found === FORMAT_1 || declines.every(({ reason }) => !reason.endsWith(PASSED_OVER))
    ? FORMAT_1
    : FORMAT_2
}

/**
 * A confirmed result after some hospitals declined, in the order in which they did. In the place of each selected one
 * the first of its band's waiting list moves up, with the next 支援順位 after the last; nobody does where
 * nobody waits. All other lines stay as the hospitals were told them: 支援順位 and 補欠順位 keep their gaps. So a
 * longer list of declines never changes what a shorter one said of anyone who did not decline since.
 * @param result of the round's first edition, never an amended one
 * @param declines all of them, the earlier editions' first
 * @param found the format in which the list was found: one of before stays what it was
 */
export function amend(
  result: SelectionResult,
  declines: readonly Decline[],
  found?: unknown,
): { ok: true; amended: AmendedResult } | { ok: false; problems: Problem[] } {
  const problems = declineProblems(result, declines)
  if (problems.length > 0) return { ok: false, problems }
  const rows = new Map(result.results.map((row): [string, AmendedRow] => [row.code, row]))
  let lastOrder = result.results.filter(({ order }) => order !== null).length
  const amendments = declines.map((decline) => {
    const row = rows.get(decline.code)!
    rows.set(row.code, { ...row, ...DECLINED })
    const [next] = waitingFor(row, rows.values())
    if (row.decision !== 'selected' || !next) return { ...decline, promoted: null }
    rows.set(next.code, { ...next, ...PROMOTED, order: ++lastOrder })
    return { ...decline, promoted: next.code }
  })
  const results = [...rows.values()]
  const { snapshotSha256, bands, regions } = result
  const ofBands = Map.groupBy(results, ({ band }) => band)
  const ofRegions = Map.groupBy(results, ({ region }) => region)
  return {
    ok: true,
    amended: {
      format: formatOf(declines, found),
      snapshotSha256,
      results,
      bands: bands.map((band) => recounted(band, band.seats, ofBands.get(band.id) ?? [])),
      regions: regions.map((region) => recounted(region, region.floor, ofRegions.get(region.id) ?? [])),
      problems: result.problems,
      amendments,
    },
  }
}

/**
 * Who waits for a hospital's seat, whoever comes first in front.
 * @param rows in rank order: so is each band's waiting list
 */
export function waitingFor({ band }: AmendedRow, rows: Iterable<AmendedRow>): AmendedRow[] {
  return [...rows].filter((row) => row.decision === 'waitlisted' && row.band === band)
}

const DECLINED = { decision: 'declined', basis: null, order: null, waitlistPosition: null } as const
const PROMOTED = { decision: 'selected', basis: 'promoted', waitlistPosition: null } as const

function declineProblems({ results }: SelectionResult, declines: readonly Decline[]): Problem[] {
  const parsed = declinesSchema.safeParse(declines, { error: japaneseMessage })
  if (!parsed.success)
    return problemsOf(parsed.error, '').map(({ path, message }) => ({ path: `declines${path}`, message }))
  const eligible = new Set(results.filter((row) => row.eligible).map(({ code }) => code))
  return declines.flatMap(({ code }, index) =>
    eligible.has(code)
      ? []
      : [
          {
            path: `declines[${index}].code`,
            message: `医療機関コード「${code}」の病院は、選定も補欠もされていません。選定または補欠の病院を指定してください。`,
          },
        ],
  )
}

function recounted<Tally extends { selected: number; shortfall: number }>(
  tally: Tally,
  due: number,
  rows: AmendedRow[],
): Tally {
  const selected = rows.filter(({ decision }) => decision === 'selected').length
  return { ...tally, selected, shortfall: Math.max(0, due - selected) }
}
