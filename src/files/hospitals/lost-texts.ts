import type { LostText } from '../../domain/master/merge.ts'
import { byRow, type RowIssue } from '../table/row-issue.ts'
import type { HospitalReading, ParsedHospital } from './reading.ts'
import { LOST_CHARACTERS } from './row.ts'
import { hospitalSheetColumns } from './sheet-columns.ts'

/**
 * The warnings about a file, those about lost characters said with what the master knows of the hospital.
 * @param lost where the master knows the name, reading or address
 */
export function withKnownTexts(
  { hospitals, warnings }: Pick<HospitalReading, 'hospitals' | 'warnings'>,
  lost: readonly LostText[],
): RowIssue[] {
  const byKey = new Map(hospitals.map((parsed) => [parsed.hospital.key, parsed]))
  const known = lost.map((text) => lostTextIssue(byKey.get(text.key)!, text))
  const isSaidBetter = ({ row, column, message }: RowIssue) =>
    message.includes(LOST_CHARACTERS) && known.some((issue) => issue.row === row && issue.column === column)
  return [...warnings.filter((warning) => !isSaidBetter(warning)), ...known].sort(byRow)
}

function lostTextIssue({ row, hospital }: ParsedHospital, { field, known, isKept }: LostText): RowIssue {
  const column = hospitalSheetColumns.find((candidate) => candidate.field === field)!.header
  const effect = isKept
    ? `登録済みの「${known}」を残します。`
    : `このまま取り込むと、登録済みの「${known}」が置き換わります。元の文字を確認してください。`
  const message = `「${hospital[field]}」は、${LOST_CHARACTERS}があります。${effect}`
  return { row, column, hospital: hospital.name, message }
}
