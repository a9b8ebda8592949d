import { CRITERIA, type Policy } from '../../domain/selection/policy.ts'
import { DECISIONS, type HospitalResult } from '../../domain/selection/result.ts'
import { weightsOf } from '../../domain/selection/score.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { Column } from '../../files/table/csv.ts'
import type { SelectionLine } from './selection-lines.ts'

/** One hospital of the draft: its line in words, and the figures behind it. */
export interface SelectionRow {
  row: HospitalResult
  line: SelectionLine
}

/** The ranking as a file. It has scores and weaknesses in it: every row says that it is internal. */
export function selectionColumns({ criteria }: Policy): Column<SelectionRow>[] {
  return [
    { header: '順位', value: ({ row }) => row.rank },
    { header: '区分内順位', value: ({ row }) => row.bandRank },
    { header: '医療機関コード', value: ({ row }) => row.code },
    { header: '医療機関名', value: ({ line }) => line.name },
    { header: '二次医療圏', value: ({ row }) => row.region },
    { header: '病床規模区分', value: ({ line }) => line.band },
    { header: '許可病床数', value: ({ line }) => line.beds },
    { header: '点数', value: ({ row }) => row.score / 100 },
    ...weightsOf(criteria).map(([id, points]) => ({
      header: `${labelOf(CRITERIA, id)}（配点${points}）`,
      value: ({ row }: SelectionRow) => (points * row.values[id]) / 100,
    })),
    { header: '判定', value: ({ row }) => labelOf(DECISIONS, row.decision) },
    { header: '支援順位', value: ({ row }) => row.order },
    { header: '補欠順位', value: ({ row }) => row.waitlistPosition },
    { header: '選定区分', value: ({ line }) => line.basis },
    { header: '根拠', value: ({ line }) => line.why },
    { header: '安定性', value: ({ line }) => line.stability?.percent ?? null },
    { header: '点数による順位', value: ({ line }) => line.move?.naturalRank ?? null },
    { header: '順位を変更した理由', value: ({ line }) => line.move?.reason ?? null },
    { header: '取扱い', value: () => '内部資料' },
  ]
}
