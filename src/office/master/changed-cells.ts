import type { HospitalPart } from '../../domain/master/change.ts'
import type { FactValue } from '../../domain/master/facts.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import type { Fact } from '../../domain/master/source.ts'
import { type Band, bandIndexOf, bandLabel, NO_BAND } from '../../domain/selection/bands.ts'
import { hospitalSheetColumns } from '../../files/hospitals/sheet-columns.ts'
import { cellText } from '../../files/table/csv.ts'

/** One column of the hospital sheet, before and after. */
export interface ChangedCell {
  label: string
  before: string
  after: string
}

/** What a change did, by the columns of the hospital sheet. @param before null where the hospital was new */
export function changedCells(before: HospitalPart | null, after: HospitalPart): ChangedCell[] {
  return hospitalSheetColumns.flatMap(({ header, field, value }) => {
    if (!(field in after)) return []
    const [old, text] = [
      before && field in before ? cellText(value(before as Hospital)) : '',
      cellText(value(after as Hospital)),
    ]
    return old === text ? [] : [{ label: header, before: old, after: text }]
  })
}

/** 120床、鹿児島、救急告示病院;災害拠点病院 */
export function factText(fact: Fact, value: FactValue): string {
  if (fact === 'beds') return `${value.beds}床${typesText(value)}`
  const [column] = hospitalSheetColumns.filter(({ field }) => field === fact)
  return cellText(column!.value(value as Hospital)) || 'なし'
}

function typesText({ bedsByType }: FactValue): string {
  if (!bedsByType) return ''
  const types = hospitalSheetColumns.filter(({ field }) => field === 'bedsByType')
  const known = types.flatMap(({ header, value }) => {
    const count = value({ bedsByType } as Hospital)
    return count ? [`${header}${count}`] : []
  })
  return known.length === 0 ? '' : `（${known.join('、')}）`
}

/** 20～99床 */
export function bandText(bands: readonly Band[], beds: number): string {
  const band = bands[bandIndexOf(bands, beds)]
  return band ? bandLabel(band) : NO_BAND.label
}

export const FACT_LABELS: Readonly<Record<Fact, string>> = {
  beds: '許可病床数',
  region: '二次医療圏',
  functions: '医療機能',
  name: '医療機関名',
  address: '所在地',
}
