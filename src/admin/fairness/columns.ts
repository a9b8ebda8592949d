import {
  type Fairness,
  type FairnessCounts,
  type FairnessGroup,
  type FairnessPartId,
  shareDifference,
  shareOf,
} from '../../domain/selection/fairness.ts'
import { differenceText, FAIRNESS_LABELS, shareText } from '../../domain/selection/words/fairness.ts'
import { grouped } from '../../domain/text/grouped.ts'
import type { Column } from '../list/table.ts'

/** A line of a table; the total of all hospitals ends each. */
interface FairnessLine extends FairnessGroup {
  part: FairnessPartId
}

const TOTAL = '全体'

export function fairnessLines({ parts, total }: Fairness): FairnessLine[] {
  return parts.flatMap(({ id, groups }) =>
    groups.length === 0 ? [] : [...groups, { label: TOTAL, ...total }].map((each) => ({ part: id, ...each })),
  )
}

/** Of the files. The page's tables have a share below its number, and stand each under its own heading. */
export function fairnessColumns(total: FairnessCounts): Column<FairnessLine>[] {
  return [
    { header: '表', value: ({ part }) => FAIRNESS_LABELS[part] },
    { header: '区分', value: ({ label }) => label, look: 'name' },
    ...COUNTED.flatMap(([label, key]) => sharedColumns(label, key, total)),
    ...DIFFERENCES.map(([label, of]) => differenceColumn(label, of, total)),
  ]
}

const COUNTED: readonly (readonly [label: string, key: keyof FairnessCounts])[] = [
  ['全病院', 'all'],
  ['回答', 'answered'],
  ['選定対象', 'eligible'],
  ['選定', 'selected'],
]
const DIFFERENCES: readonly (readonly [label: string, of: 'eligible' | 'all'])[] = [
  ['選定と選定対象の差', 'eligible'],
  ['選定と全病院の差', 'all'],
]
const POINTS = '（ポイント）'

/** Of the page, by their headers. */
export const ON_PAGE = [
  '区分',
  ...COUNTED.map(([label]) => label),
  ...DIFFERENCES.map(([label]) => label + POINTS),
]

function sharedColumns(
  label: string,
  key: keyof FairnessCounts,
  total: FairnessCounts,
): Column<FairnessLine>[] {
  return [
    {
      header: label,
      value: (line) => line[key],
      cell: (line) => [
        { kind: 'text', text: grouped(line[key]) },
        { kind: 'small', text: shareText(line[key], total[key]) },
      ],
      look: 'number',
    },
    { header: `${label}の割合（％）`, value: (line) => tenths(shareOf(line[key], total[key])) },
  ]
}

function differenceColumn(
  label: string,
  of: 'eligible' | 'all',
  total: FairnessCounts,
): Column<FairnessLine> {
  const differenceOf = (line: FairnessLine) =>
    line.label === TOTAL ? null : shareDifference(line, total, of)
  return {
    header: label + POINTS,
    label,
    note: POINTS,
    value: (line) => tenths(differenceOf(line)),
    cell: (line) => {
      const difference = differenceOf(line)
      return difference === null ? '－' : differenceText(difference)
    },
    look: 'number',
  }
}

function tenths(value: number | null): number | null {
  return value === null ? null : value / 10
}
