import type { AnswerLine } from '../../domain/answer/lines.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { dateText } from '../../domain/text/dates.ts'
import { phoneText } from '../../domain/text/phone.ts'

/** What else the master knows of a hospital: none of it counts in a selection. Only what is known. */
export function furtherLines({ postcode, fax, gmisId, ownership, supportedIn }: Hospital): AnswerLine[] {
  const lines: [label: string, text: string | null][] = [
    ['郵便番号', postcode],
    ['FAX番号', fax && phoneText(fax)],
    ['G-MIS ID', gmisId],
    ['開設者種別', ownership],
    ['過去の支援年度', supportedIn],
  ]
  return lines.flatMap(([label, text]) => (text ? [{ label, text }] : []))
}

/** 施設基準の届出, by name, with the day since which it holds. */
export function filingLines({ filings }: Hospital): AnswerLine[] {
  return filings.map(({ name, from }) => ({
    label: name,
    text: from ? `${dateText(new Date(`${from}T00:00:00+09:00`))}から` : '',
  }))
}
