import { entriesOf } from '../../domain/record/register.ts'
import { type AmendedRow, amendmentsOf } from '../../domain/selection/amendment.ts'
import { CRITERIA, type CriterionId, type Policy } from '../../domain/selection/policy.ts'
import { scoreText } from '../../domain/selection/words/decision.ts'
import type { Reasons } from '../../domain/selection/words/reasons.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { FrozenRound } from './frozen.ts'

/** One hospital of a frozen selection, in words. */
export interface RoundLine {
  /** The hospital's key. */
  code: string
  /** 医療機関コード as it was known then; null where it was not. */
  medicalCode: string | null
  name: string
  region: string
  band: string
  beds: number
  /** 支援順位; null without a seat. */
  order: number | null
  waitlistPosition: number | null
  score: string
  /** 選定区分; null without a seat. */
  basis: string | null
  why: string
  /** The same as the ministry is told it, with what the hospital does. */
  statement: string
  /** Null in an edition that was frozen before there were any. */
  reasons: Reasons | null
  /** What mostly speaks for it, in words that may be told: 救急医療、災害医療. Weaknesses are none of them. */
  merits: string
}

export interface RoundLines {
  /** In the order of support. */
  selected: RoundLine[]
  /** By band, then by their places. */
  waitlisted: RoundLine[]
  /** In the order in which they declined, each with who moved up. */
  declined: (RoundLine & { promoted: string | null })[]
  /** Waited, but had a seat of another round when one came free. */
  passedOver: RoundLine[]
  /** By the prefecture's own decision, not those whom another round has left out. */
  excluded: RoundLine[]
}

type Decided = Pick<FrozenRound, 'reading' | 'register' | 'reasons'>

export function roundLines({ reading, register, reasons }: Decided): RoundLines {
  const { amended, snapshot } = reading
  const line = lineOf({ reading, register, reasons })
  const amendments = amendmentsOf(amended)
  const bands = snapshot.policy.bands.map(({ id }) => id)
  const isWaiting = ({ decision }: AmendedRow) => decision === 'waitlisted'
  return {
    selected: reading.rows
      .filter(({ decision }) => decision === 'selected')
      .sort((a, b) => a.order! - b.order!)
      .map(line),
    waitlisted: bands.flatMap((id) =>
      reading.rows.filter((row) => row.band === id && isWaiting(row)).map(line),
    ),
    declined: amendments
      .filter(({ kind }) => kind === undefined)
      .map(({ code, promoted }) => ({
        ...line(reading.row(code)),
        promoted: promoted === null ? null : reading.name(promoted),
      })),
    passedOver: amendments
      .filter(({ kind }) => kind === 'passed-over')
      .map(({ code }) => line(reading.row(code))),
    excluded: register.entries.flatMap(({ hospital: { code }, override }) => {
      const row = reading.row(code)
      return override?.kind === 'exclude' && row.reason === 'excluded' ? [line(row)] : []
    }),
  }
}

function lineOf({
  reading: { snapshot, candidate, bandLabel, texts },
  register,
  reasons: reasonsOf,
}: Decided): (row: AmendedRow) => RoundLine {
  const entries = entriesOf(register)
  return (row) => {
    const reasons = reasonsOf?.(row.code) ?? null
    return {
      code: row.code,
      medicalCode: entries.get(row.code)!.hospital.medicalCode,
      name: candidate(row.code).name,
      region: row.region,
      band: bandLabel(row.band),
      beds: candidate(row.code).beds,
      order: row.order,
      waitlistPosition: row.waitlistPosition,
      score: scoreText(row.score),
      basis: texts.basis(row),
      why: texts.why(row),
      statement: reasons?.ministry ?? texts.statement(row),
      reasons,
      merits: meritsOf(row, snapshot.policy),
    }
  }
}

/** The hospital's part in regional care; inspection results and the state of its systems are internal. */
const PUBLIC_CRITERIA: readonly CriterionId[] = [
  'emergency',
  'disaster',
  'regionalSupport',
  'perinatal',
  'remote',
  'infectious',
  'regionShare',
  'soleEmergency',
]
/** Less than a fifth of a criterion's points is nothing that speaks for a hospital. */
const LEAST_VALUE = 20
const MOST_MERITS = 3

function meritsOf({ values }: AmendedRow, { criteria }: Policy): string {
  return PUBLIC_CRITERIA.map((id) => ({ id, value: values[id], earned: values[id] * (criteria[id] ?? 0) }))
    .filter(({ value, earned }) => value >= LEAST_VALUE && earned > 0)
    .sort((a, b) => b.earned - a.earned)
    .slice(0, MOST_MERITS)
    .map(({ id }) => labelOf(CRITERIA, id))
    .join('、')
}
