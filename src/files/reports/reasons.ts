import { entriesOf } from '../../domain/record/register.ts'
import type { AmendedRow } from '../../domain/selection/amendment.ts'
import { scoreText } from '../../domain/selection/words/decision.ts'
import type { Reasons } from '../../domain/selection/words/reasons.ts'
import type { Column } from '../table/csv.ts'
import type { MinistryFacts } from './ministry.ts'

/** One hospital of a selection, with why it is where it is for each of its readers. */
export interface ReasonRow {
  row: AmendedRow
  name: string
  medicalCode: string | null
  region: string
  band: string
  decision: string
  basis: string | null
  score: string
  reasons: Reasons
}

/** 選定, then 補欠 by band, then all others: every hospital once. None where no reasons were frozen. */
export function reasonRows({ reading, register, reasons }: MinistryFacts): ReasonRow[] {
  if (!reasons) return []
  const entries = entriesOf(register)
  const { texts, bandLabel, name, snapshot } = reading
  const bands = snapshot.policy.bands.map(({ id }) => id)
  const place = ({ order, decision, band }: AmendedRow): number => {
    if (order !== null) return order
    return reading.rows.length + (decision === 'waitlisted' ? bands.indexOf(band!) : bands.length)
  }
  return reading.rows
    .toSorted((a, b) => place(a) - place(b))
    .map((row) => ({
      row,
      name: name(row.code),
      medicalCode: entries.get(row.code)!.hospital.medicalCode,
      region: row.region,
      band: bandLabel(row.band),
      decision: texts.decision(row),
      basis: texts.basis(row),
      score: scoreText(row.score),
      reasons: reasons(row.code),
    }))
}

/** 病院ごとの理由: internal as a whole, since one of its columns is. */
export const REASON_COLUMNS: readonly Column<ReasonRow>[] = [
  { header: '支援順位', value: ({ row }) => row.order },
  { header: '医療機関コード', value: ({ medicalCode }) => medicalCode },
  { header: '医療機関名', value: ({ name }) => name },
  { header: '二次医療圏', value: ({ region }) => region },
  { header: '病床規模区分', value: ({ band }) => band },
  { header: '判定', value: ({ decision }) => decision },
  { header: '選定区分', value: ({ basis }) => basis },
  { header: '点数', value: ({ row }) => row.score / 100 },
  { header: '理由（内部用）', value: ({ reasons }) => reasons.officer },
  { header: '理由（病院に伝えるもの）', value: ({ reasons }) => reasons.hospital },
  { header: '点数の説明（病院に伝えるもの）', value: ({ reasons }) => reasons.points },
  { header: '選定理由（厚生労働省への報告）', value: ({ reasons }) => reasons.ministry },
]
