import { readFilings } from '../../domain/master/filings.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { wordKey } from '../../domain/master/same-text.ts'
import { fiscalYearText } from '../../domain/text/dates.ts'
import { normaliseDigits } from '../../domain/text/text.ts'
import { readFiscalYear } from '../../domain/text/typed-dates.ts'
import { phoneOf } from './phone.ts'
import type { HospitalRow } from './row.ts'
import { CLOSED } from './sheet-columns.ts'

type Further = Pick<
  Hospital,
  'postcode' | 'fax' | 'gmisId' | 'ownership' | 'filings' | 'supportedIn' | 'isClosed'
>

/** The columns of the hospital sheet that came to it later: each may be missing. */
export function readFurther(row: HospitalRow): Further {
  return {
    postcode: postcodeOf(row, '郵便番号'),
    fax: phoneOf(row, 'FAX番号'),
    gmisId: row.opaqueCode('G-MIS ID'),
    ownership: row.text('開設者種別'),
    filings: readFilings(row.text('施設基準', LONGEST_FILINGS) ?? ''),
    supportedIn: readYears(row),
    isClosed: readState(row),
  }
}

/** What Excel holds in a cell: a large hospital has filed some two hundred. */
const LONGEST_FILINGS = 32_767

/** 890-0046, from 8900046, 〒890-0046 and the like; with a warning where it is none. */
export function postcodeOf(row: HospitalRow, column: string): string | null {
  const text = row.text(column)
  if (text === null) return null
  const digits = normaliseDigits(text).replace(/[^\d]/gu, '')
  const whole = digits.length === 6 ? `0${digits}` : digits
  if (digits === '') return null
  if (whole.length === 7) return `${whole.slice(0, 3)}-${whole.slice(3)}`
  row.warn(column, `「${text}」は郵便番号（7桁）として読めません。そのまま取り込みます。`)
  return text
}

function readYears(row: HospitalRow): string | null {
  const text = row.text(YEARS)
  if (text === null) return null
  const years = text.split(/[;；、,，/／\s]+/u).flatMap((part) => {
    if (part === '' || NONE.has(wordKey(part))) return []
    const year = readFiscalYear(part)
    if (year === null)
      row.refuse(YEARS, `「${part}」は年度として読めません。「令和6年度」のように入力してください。`)
    return year === null ? [] : [year]
  })
  return (
    [...new Set(years)]
      .sort((a, b) => a - b)
      .map(fiscalYearText)
      .join('、') || null
  )
}

const YEARS = '過去の支援年度'
const NONE = new Set(['ナシ', '無シ', '無', ''])

function readState(row: HospitalRow): boolean {
  const text = row.text(STATE)
  if (text === null) return false
  const key = wordKey(text)
  if (CLOSED_WORDS.has(key)) return true
  if (!OPEN_WORDS.has(key))
    row.refuse(
      STATE,
      `「${text}」は入力できません。閉院した病院は「${CLOSED}」、閉院を取り消す場合は「開院」と入力し、ほかは空欄にしてください。`,
    )
  return false
}

const STATE = '状態'
const CLOSED_WORDS = new Set(['閉院', '廃止', '廃院'])
const OPEN_WORDS = new Set(['開院', '開設中', '診療中', '現存', ''])
