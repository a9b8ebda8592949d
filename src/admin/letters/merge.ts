import type { FastifyInstance } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { LETTER_KINDS, type LetterKind } from '../../domain/record/letter.ts'
import { paragraphsOf } from '../../domain/record/letter-texts.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { letterDayText } from '../../domain/text/dates.ts'
import { phoneText } from '../../domain/text/phone.ts'
import { MERGE_COLUMNS, type MergeRow } from '../../files/letters/merge-columns.ts'
import { sheetOf, toXlsx, XLSX_TYPE } from '../../files/xlsx/write.ts'
import { askingBack, type LetterCase, letterCases } from '../../office/letters/cases.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import { sendFile } from '../downloads.ts'
import { contactLines, type Letter } from '../letter.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { kindAsked, roundAsked } from './round.ts'

interface PrintModel {
  back: string
  label: string
  letters: Letter[]
  /** 文書番号 and the date are not set yet. */
  isHeadless: boolean
  /** Whose letters are not among them, as they have asked to give their seats back. */
  leftOut: string[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/letters/print': PrintModel
  }
}

/** The letters as they are taken along: a file to merge, and sheets to print. */
export function mergeRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options

  app.get('/letters.xlsx', forOfficers, async (request, reply) => {
    const round = roundAsked(stores, request.query)
    if (!round) return refusal(reply, 'not-found')
    const kind = kindAsked(request.query)
    const cases = letterCases(stores, round, request.site).filter(isOf(kind))
    const head = headOf(stores, round.number)
    const asksBack = askingBack(stores, round.number)
    const rows = cases.map(
      (each): MergeRow => ({
        ...each,
        ...each.letter,
        kind: labelOf(LETTER_KINDS, each.kind),
        phone: each.phone && phoneText(each.phone),
        remark: asksBack(each) ? '辞退の申出あり' : '',
        ...head,
      }),
    )
    const bytes = await toXlsx([sheetOf('通知文', MERGE_COLUMNS, rows)])
    const which = kind === null ? '' : `_${labelOf(LETTER_KINDS, kind)}`
    const name = `${roundLabel(round.number)}_通知文${which}.xlsx`
    const fallback = `letters-${round.number}${kind === null ? '' : `-${kind}`}.xlsx`
    return sendFile(reply, { name, fallback, type: XLSX_TYPE, bytes }, () =>
      stores.audit.append({
        at: now(),
        actor: officerOf(request).login,
        action: 'letters.downloaded',
        subject: `round ${round.number}`,
        detail: { edition: round.edition, kind, letters: rows.length },
      }),
    )
  })

  app.get('/letters/print', forOfficers, async (request, reply) => {
    const round = roundAsked(stores, request.query)
    if (!round) return refusal(reply, 'not-found')
    const kind = kindAsked(request.query)
    const code = fieldsOf(request.query).get('hospital')
    const cases = letterCases(stores, round, request.site)
      .filter(isOf(kind))
      .filter((each) => code === '' || each.code === code)
    const asksBack = askingBack(stores, round.number)
    const printed = code === '' ? cases.filter((each) => !asksBack(each)) : cases
    const head = headOf(stores, round.number)
    const { issuer } = request.site
    return adminPage(reply, 'admin/letters/print', {
      back: `/admin/letters?round=${round.number}`,
      label: `${roundLabel(round.number)}の通知文${kind === null ? '' : `（${labelOf(LETTER_KINDS, kind)}）`}`,
      leftOut: cases.filter((each) => !printed.includes(each)).map(({ name }) => name),
      letters: printed.map((each) =>
        letterOf(each, { ...head, issuer, contact: contactLines(request.site) }),
      ),
      isHeadless: head.documentNumber === '',
    })
  })
}

function isOf(kind: LetterKind | null): (each: LetterCase) => boolean {
  return (each) => kind === null || each.kind === kind
}

/** Both '' until they are set. */
function headOf({ letters }: Stores, round: number): { documentNumber: string; date: string } {
  const head = letters.headOf(round)
  return { documentNumber: head?.documentNumber ?? '', date: head ? letterDayText(head.datedOn) : '' }
}

function letterOf(
  { code, name, postcode, address, letter }: LetterCase,
  frame: { documentNumber: string; date: string; issuer: string; contact: string[] },
): Letter {
  return {
    id: `letter-${code}`,
    documentNumber: frame.documentNumber,
    date: frame.date,
    addressee: { postcode, address, name, person: '院長　様' },
    sender: [frame.issuer],
    title: letter.subject,
    paragraphs: paragraphsOf(letter.body),
    notes: [],
    link: null,
    contact: frame.contact,
  }
}
