import { CRITERIA, type Policy } from '../../domain/selection/policy.ts'
import { DECISIONS, type HospitalResult } from '../../domain/selection/result.ts'
import { weightsOf } from '../../domain/selection/score.ts'
import type { Stability } from '../../domain/selection/stability.ts'
import { flipsSummary, stabilityMark } from '../../domain/selection/words/stability.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { hospitalLink, link, type Part, tag } from '../list/cell.ts'
import type { Column } from '../list/table.ts'
import { BAR_WIDTH } from '../score-bars.ts'
import type { SelectionLine } from './selection-lines.ts'

/** One hospital of the draft: its line in words, and the figures behind it. */
export interface SelectionRow {
  row: HospitalResult
  line: SelectionLine
  medicalCode: string | null
  /** Put before the row above it, or behind the one below; null where there is none. */
  up: string | null
  down: string | null
}

/** The ranking. It has scores and weaknesses in it: every row of a file says that it is internal. */
export function rankingColumns({ criteria }: Policy): Column<SelectionRow>[] {
  return [
    { header: '順位', value: ({ row }) => row.rank, look: 'number' },
    { header: '区分内順位', value: ({ row }) => row.bandRank },
    { header: '医療機関コード', value: ({ medicalCode }) => medicalCode },
    {
      header: '医療機関名',
      label: '病院',
      value: ({ line }) => line.name,
      cell: ({ line }) => hospitalLink(line.code, line.name),
      look: 'name',
    },
    { header: '二次医療圏', label: '医療圏', value: ({ row }) => row.region, look: 'keep' },
    { header: '病床規模区分', value: ({ line }) => line.band, look: 'keep' },
    { header: '許可病床数', label: '病床数', value: ({ line }) => line.beds, look: 'number' },
    { header: '点数', value: ({ row }) => row.score / 100, cell: ({ line }) => line.score, look: 'number' },
    { header: '点数の内訳', cell: barCell },
    ...criterionColumns(criteria),
    {
      header: '判定',
      value: ({ row }) => labelOf(DECISIONS, row.decision),
      cell: ({ line }) => tag(line.decision === 'selected' ? 'ok' : 'muted', line.decisionText),
    },
    { header: '支援順位', value: ({ row }) => row.order },
    { header: '補欠順位', value: ({ row }) => row.waitlistPosition },
    { header: '選定区分', value: ({ line }) => line.basis },
    { header: '根拠', value: ({ line }) => line.why, cell: whyCell, look: 'why why--balanced' },
    { header: '安定性', value: ({ line }) => line.stability?.percent ?? null, cell: stabilityCell },
    { header: '点数による順位', value: ({ line }) => line.move?.naturalRank ?? null },
    { header: '順位を変更した理由', value: ({ line }) => line.move?.reason ?? null },
    { header: '取扱い', value: () => '内部資料' },
    { header: '変更', cell: shiftCell, look: 'shift' },
  ]
}

/** The criteria that count, as they head their columns. */
export function criterionHeaders({ criteria }: Policy): string[] {
  return criterionColumns(criteria).map(({ header }) => header)
}

export const reasonColumn: Column<SelectionRow> = {
  header: '理由',
  cell: ({ line }) => line.why,
  look: 'why',
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

function criterionColumns(criteria: Policy['criteria']): Column<SelectionRow>[] {
  return weightsOf(criteria).map(([id, points], index) => {
    const [label, note] = [labelOf(CRITERIA, id), `（配点${points}）`]
    return {
      header: label + note,
      label,
      note,
      headLook: 'criterion',
      value: ({ row }) => (points * row.values[id]) / 100,
      cell: ({ line }) => line.points[index]!,
      look: 'number',
    }
  })
}

function barCell({ line: { bar, barText } }: SelectionRow): Part[] {
  return bar.length === 0 ? [] : [{ kind: 'bar', bar, width: BAR_WIDTH, text: barText }]
}

function whyCell({ line: { basis, why, move } }: SelectionRow): Part[] {
  const reason: Part = { kind: 'text', text: basis ? `${basis}：${why}` : why }
  if (!move) return [reason]
  const text = `点数では${move.naturalRank}位。${move.reason}`
  return [reason, { kind: 'note', tag: '順位を変更', text }]
}

function stabilityCell({ line: { stability } }: SelectionRow): Part[] {
  return stability ? [{ kind: 'stability', mark: stability }] : []
}

function shiftCell({ line: { name }, up, down }: SelectionRow): Part[] {
  return [
    ...(up ? [link('↑', up, { says: `${name}を上へ`, title: '一つ上へ' })] : []),
    ...(down ? [link('↓', down, { says: `${name}を下へ`, title: '一つ下へ' })] : []),
  ]
}
