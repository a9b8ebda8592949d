import type { FastifyInstance } from 'fastify'
import type { SentLetter } from '../../db/letters.ts'
import { LETTER_KINDS, LETTER_WAYS } from '../../domain/record/letter.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText, dayText } from '../../domain/text/dates.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'

interface SentModel {
  number: number
  label: string
  lines: { label: string; text: string }[]
  letters: { name: string; kind: string; recipient: string; state: string; subject: string; body: string }[]
  done: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/letters/sent': SentModel
  }
}

/** What went out together: to whom, when, and what each letter said. */
export function sentRoutes(app: FastifyInstance, { stores }: AdminOptions): void {
  app.get<{ Params: { id: string } }>('/letters/sent/:id', forOfficers, async (request, reply) => {
    const { id } = request.params
    const sending = /^[1-9]\d{0,8}$/.test(id) ? stores.letters.sendingById(Number(id)) : null
    if (!sending) return refusal(reply, 'not-found')
    const names = new Map(stores.hospitals.all().map(({ key, name }) => [key, name]))
    const order = LETTER_KINDS.map((each) => each.id)
    const letters = stores.letters
      .sent(sending.id)
      .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    return adminPage(reply, 'admin/letters/sent', {
      number: sending.round,
      label: roundLabel(sending.round),
      lines: [
        { label: '方法', text: labelOf(LETTER_WAYS, sending.way) },
        { label: '送付日', text: dayText(sending.sentOn) },
        { label: '文書番号', text: sending.documentNumber },
        { label: '通知文の日付', text: dayText(sending.datedOn) },
        ...(sending.reason === null ? [] : [{ label: 'もう一度送った理由', text: sending.reason }]),
        {
          label: '記録',
          text: `${dateTimeText(sending.recordedAt)}　${officerNames(stores)(sending.sentBy)}`,
        },
      ],
      letters: letters.map((letter) => ({
        name: names.get(letter.hospitalCode) ?? letter.hospitalCode,
        kind: labelOf(LETTER_KINDS, letter.kind),
        recipient: letter.recipient,
        state: stateOf(letter),
        subject: letter.subject,
        body: letter.body,
      })),
      done: DONE.get(fieldsOf(request.query).get('done')) ?? '',
    })
  })
}

const DONE = new Map([
  ['mail', 'メールの送信を始めました。届かなかったものは、調査の状況にも表示します。'],
  ['posted', '発送を記録しました。'],
])

function stateOf({ mail, deliveredAt, failedAt }: SentLetter): string {
  if (mail === null) return '発送'
  if (failedAt) return '届かなかった'
  return deliveredAt ? `送信済み（${dateTimeText(deliveredAt)}）` : '送信待ち'
}
