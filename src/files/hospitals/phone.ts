import { spreadsheetCode } from '../../domain/master/code.ts'
import { readPhone } from '../../domain/text/phone.ts'
import { HYPHENS } from '../../domain/text/text.ts'
import type { HospitalRow } from './row.ts'

/** A phone or fax number, written by the numbering plan; as it stands, with a warning, where it is none. */
export function phoneOf(row: HospitalRow, column: string): string | null {
  const text = row.text(column)
  if (text === null || text.replace(HYPHENS, '') === '') return null
  const phone = readPhone(text)
  const number = spreadsheetCode(text)
  if ('fault' in number && number.fault === 'shortened')
    row.refuse(column, `「${text}」は、${SHORTENED_PHONE}`)
  else if (!phone.isNumber)
    row.warn(
      column,
      `「${text}」は電話番号として読めません。登録済みの番号がある場合はその番号を残し、ない場合はそのまま取り込みます。`,
    )
  if (phone.zeroRestored)
    row.warn(
      column,
      `「${text}」は、先頭の0が失われているため、「${phone.text}」として取り込みます。表計算ソフトで開いて保存したときに失われたものと思われます。`,
    )
  return phone.isNumber ? phone.text : text
}

const SHORTENED_PHONE =
  'Excelで指数の表示になったまま保存された番号です。列の書式を「文字列」にして、電話番号を入力し直してください。'
