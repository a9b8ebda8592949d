import { normaliseWidth } from '../../domain/text/text.ts'
import { plainCell } from './csv.ts'

/**
 * What Excel and its like show where a formula failed, or ##### where a column was too narrow: never what somebody
 * meant to write.
 */
export function isErrorValue(cell: string): boolean {
  if (cell.length > LONGEST) return false
  const text = normaliseWidth(plainCell(cell.trim().replace(/^'/, '')))
    .replace(/\s/gu, '')
    .toUpperCase()
  return ERROR_VALUE.test(text)
}

/** No error value comes near; nothing longer is looked at. */
const LONGEST = 60

/** #N/A, #REF!, #NAME?, #GETTING_DATA, #N/A N/A (of data services), Err:502 (LibreOffice), #### */
const ERROR_VALUE =
  /^(?:#N\/?A(?:N\/A|[!?])?|#DIV\/?0!?|#[A-Z][A-Z0-9_/]{1,20}[!?]|#(?:REF|VALUE|NAME|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN|BUSY|GETTING_DATA|EXTERNAL|PYTHON|TIMEOUT|ERROR)|#{3,}|ERR:\d{3}|#ERR\d{3}!?)$/

export const ERROR_VALUE_TEXT = 'Excelのエラー値です。元のファイルで値を修正して、保存し直してください。'
