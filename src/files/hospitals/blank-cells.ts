import type { BlankCount } from '../../domain/master/open-cells.ts'
import { hospitalSheetColumns } from './sheet-columns.ts'

/** What becomes of what the master knows under a column's blank cells, in Japanese; in the order of the columns. */
export function blankCellLines(blanks: readonly BlankCount[]): { column: string; message: string }[] {
  return hospitalSheetColumns.flatMap(({ header: column, cell }) => {
    const count = blanks.find(({ field }) => field === cell)
    if (!count) return []
    const { kept, cleared, cut } = count
    return [
      cleared > 0 ? `${cleared}件の登録済みの値が空欄になります。` : '',
      kept > 0 ? `空欄の${kept}件は、登録済みの値を残します。` : '',
      cut > 0 ? `列の数が見出しより少ない行の${cut}件は、登録済みの値を残します。` : '',
    ].flatMap((message) => (message === '' ? [] : [{ column, message }]))
  })
}
