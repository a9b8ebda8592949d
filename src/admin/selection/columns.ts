import type { Hospital } from '../../domain/master/hospital.ts'
import { CRITERIA, type Policy } from '../../domain/selection/policy.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import { DECISIONS, type HospitalResult } from '../../domain/selection/result.ts'
import { weightsOf } from '../../domain/selection/score.ts'
import type { Stability } from '../../domain/selection/stability.ts'
import { scoreText } from '../../domain/selection/words/decision.ts'
import { flipsSummary, stabilityMark } from '../../domain/selection/words/stability.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { hospitalLink, link, type Part, tag } from '../list/cell.ts'
import type { Column } from '../list/table.ts'
import { BAR_WIDTH, scoreBars } from '../score-bars.ts'

/** One hospital of the draft as a table shows it. */
export interface SelectionRow {
  row: HospitalResult
  /** Put before the row above it, or behind the one below; null where there is none. */
  up: string | null
  down: string | null
}

/**
 * The ranking. It has scores and weaknesses in it: every row of a file says that it is internal.
 * @param stability null where it is not known
 */
export function rankingColumns(
  reading: Reading,
  hospitals: readonly Hospital[],
  stability: Stability | null,
): Column<SelectionRow>[] {
  const { candidate, name, bandLabel, texts, move } = reading
  const medicalCodes = new Map(hospitals.map(({ key, medicalCode }) => [key, medicalCode]))
  const markOf = ({ row }: SelectionRow) => stability && stabilityMark(stability, row.code)
  const naturalRank = ({ row }: SelectionRow) => (move(row.code) ? reading.naturalRank(row.code) : null)
  return [
    { header: '順位', value: ({ row }) => row.rank, number: 'place', look: 'number' },
    { header: '区分内順位', value: ({ row }) => row.bandRank, number: 'place' },
    { header: '医療機関コード', value: ({ row }) => medicalCodes.get(row.code) ?? null },
    {
      header: '医療機関名',
      label: '病院',
      value: ({ row }) => name(row.code),
      cell: ({ row }) => hospitalLink(row.code, name(row.code)),
      look: 'name',
    },
    { header: '二次医療圏', label: '医療圏', value: ({ row }) => row.region, look: 'keep' },
    { header: '病床規模区分', value: ({ row }) => bandLabel(row.band), look: 'keep' },
    { header: '許可病床数', label: '病床数', value: ({ row }) => candidate(row.code).beds, look: 'number' },
    {
      header: '点数',
      value: ({ row }) => row.score / 100,
      number: 'points',
      cell: ({ row }) => scoreText(row.score),
      look: 'number',
    },
    barColumn(reading),
    ...criterionColumns(reading.snapshot.policy),
    {
      header: '判定',
      value: ({ row }) => labelOf(DECISIONS, row.decision),
      cell: ({ row }) => tag(row.decision === 'selected' ? 'ok' : 'muted', texts.decision(row)),
    },
    { header: '支援順位', value: ({ row }) => row.order, number: 'place' },
    { header: '補欠順位', value: ({ row }) => row.waitlistPosition, number: 'place' },
    { header: '選定区分', value: ({ row }) => texts.basis(row) },
    whyColumn(reading),
    {
      header: '安定性',
      value: (each) => markOf(each)?.percent ?? null,
      cell: (each) => {
        const mark = markOf(each)
        return mark ? [{ kind: 'stability', mark }] : []
      },
    },
    { header: '点数による順位', value: naturalRank, number: 'place' },
    {
      header: '順位を変更した理由',
      value: (each) => (naturalRank(each) === null ? null : move(each.row.code)!.reason),
    },
    { header: '取扱い', value: () => '内部資料' },
    {
      header: '変更',
      cell: ({ row, up, down }) => [
        ...(up ? [link('↑', up, { says: `${name(row.code)}を上へ`, title: '一つ上へ' })] : []),
        ...(down ? [link('↓', down, { says: `${name(row.code)}を下へ`, title: '一つ下へ' })] : []),
      ],
      look: 'shift',
    },
  ]
}

/** Why a hospital is out, in a table of those alone. */
export function reasonColumn({ texts }: Reading): Column<SelectionRow> {
  return { header: '理由', cell: ({ row }) => texts.why(row), look: 'why' }
}

/** How often a hospital on the line is selected, and which criterion alone decides about it. */
export function lineColumns(stability: Stability): Column<SelectionRow>[] {
  return [
    {
      header: '選定された割合',
      cell: ({ row }) => {
        const mark = stabilityMark(stability, row.code)
        return mark ? { kind: 'stability', mark: { ...mark, isOnTheLine: false } } : []
      },
      look: 'keep',
    },
    {
      header: '1つの観点の配点だけで判定が変わる場合',
      cell: ({ row }) => flipsSummary(stability.hospitals.get(row.code)!.flips),
      look: 'why',
    },
  ]
}

/** Below the last selected hospital of a band: 20～99床の選定はここまで（23病院）. */
export function cutBelow({ rows, bands, bandLabel }: Reading): (row: SelectionRow) => string | null {
  const cuts = new Map(
    bands.flatMap(({ id, selected }): [code: string, text: string][] => {
      const last = rows.findLast(({ band, decision }) => band === id && decision === 'selected')
      return last ? [[last.code, `${bandLabel(id)}の選定はここまで（${selected}病院）`]] : []
    }),
  )
  return ({ row }) => cuts.get(row.code) ?? null
}

/** The criteria that count, as they head their columns. */
export function criterionHeaders(policy: Policy): string[] {
  return criterionColumns(policy).map(({ header }) => header)
}

function criterionColumns({ criteria }: Policy): Column<SelectionRow>[] {
  return weightsOf(criteria).map(([id, points]) => {
    const [label, note] = [labelOf(CRITERIA, id), `（配点${points}）`]
    return {
      header: label + note,
      label,
      note,
      headLook: 'criterion',
      value: ({ row }) => (points * row.values[id]) / 100,
      number: 'points',
      cell: ({ row }) => scoreText(points * row.values[id]),
      look: 'number',
    }
  })
}

/** The points as a picture, to be heard as 救急医療 15.00点、災害医療 15.00点. */
function barColumn({ snapshot, highestScore }: Reading): Column<SelectionRow> {
  const { criteria } = snapshot.policy
  const barOf = scoreBars(criteria, highestScore)
  const textOf = ({ values }: HospitalResult) =>
    weightsOf(criteria)
      .filter(([id]) => values[id] > 0)
      .map(([id, points]) => `${labelOf(CRITERIA, id)} ${scoreText(points * values[id])}点`)
      .join('、')
  return {
    header: '点数の内訳',
    cell: ({ row }) => {
      const bar = barOf(row.values)
      return bar.length === 0 ? [] : [{ kind: 'bar', bar, width: BAR_WIDTH, text: textOf(row) }]
    },
  }
}

function whyColumn({ texts, move, naturalRank }: Reading): Column<SelectionRow> {
  return {
    header: '根拠',
    value: ({ row }) => texts.why(row),
    cell: ({ row }) => {
      const [basis, moved, natural] = [texts.basis(row), move(row.code), naturalRank(row.code)]
      const text = basis ? `${basis}：${texts.why(row)}` : texts.why(row)
      const reason: Part = { kind: 'text', text }
      if (!moved || natural === null) return [reason]
      return [reason, { kind: 'note', tag: '順位を変更', text: `点数では${natural}位。${moved.reason}` }]
    },
    look: 'why why--balanced',
  }
}
