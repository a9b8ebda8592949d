import type { FastifyInstance } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { ACCEPTANCE_CHANNELS } from '../../domain/record/acceptance.ts'
import { isHospitalActor } from '../../domain/record/audit.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateText, dateTimeText } from '../../domain/text/dates.ts'
import { phoneText } from '../../domain/text/phone.ts'
import { officerNames } from '../../office/officer-names.ts'
import {
  type AcceptanceState,
  type HospitalAcceptance,
  type RoundAcceptance,
  roundAcceptance,
} from '../../office/rounds/acceptance.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import { type Numbered, newestOf } from '../confirmed-round.ts'
import { hospitalLink, link, type Part, type Tone, tag } from '../list/cell.ts'
import { type Column, type Table, tableOf } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { mayWork } from '../session/officer.ts'
import { askRoutes } from './ask.ts'
import { entryRoutes } from './entry.ts'

interface AcceptanceModel {
  number: number
  label: string
  /** Until when they are asked; '' where nobody is. */
  deadline: string
  isOpen: boolean
  counts: Record<AcceptanceState, number>
  hospitals: Table
  /** What was begun, changed and ended, and why: the newest first. */
  steps: { at: string; text: string }[]
  done: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/acceptance/acceptance': AcceptanceModel
  }
}

/** 受諾確認 of a round: who was asked until when, and what each has said. */
export function acceptanceRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now } = options
  askRoutes(app, options)
  entryRoutes(app, options)

  app.get<Numbered>('/rounds/:number/acceptance', forReaders, async (request, reply) => {
    const round = newestOf(stores, request.params.number)
    if (!round) return refusal(reply, 'not-found')
    const acceptance = roundAcceptance(stores, round, now())
    const { hospitals, request: asked } = acceptance
    return adminPage(reply, 'admin/acceptance/acceptance', {
      number: round.number,
      label: roundLabel(round.number),
      deadline: asked?.closesAt ? deadlineText({ closesAt: asked.closesAt }) : '',
      isOpen: acceptance.isOpen,
      counts: countsOf(acceptance),
      hospitals: tableOf(columnsOf(stores, round, mayWork(request)), hospitals, { label: '選定した病院' }),
      steps: stepsOf(stores, round.number),
      done: DONE.get(fieldsOf(request.query).get('done')) ?? '',
    })
  })
}

const DONE = new Map([
  [
    'asked',
    '受諾確認を始めました。選定した病院の受付票に、受諾・辞退のボタンを表示しています。最終日が過ぎたら、未回答の病院に電話などで確認してください。',
  ],
  ['changed', '受諾確認の最終日を登録しました。'],
  ['ended', '受諾確認を終えました。受付票には、受諾・辞退のボタンを表示しません。'],
  ['entered', '病院からの連絡を記録しました。辞退の申出は、「辞退を記録」から選定に反映してください。'],
])

function countsOf({ hospitals }: RoundAcceptance): AcceptanceModel['counts'] {
  const count = (state: AcceptanceState) => hospitals.filter((each) => each.state === state).length
  return { unanswered: count('unanswered'), accepted: count('accepted'), declined: count('declined') }
}

const STATES: Record<AcceptanceState, { tone: Tone; label: string }> = {
  unanswered: { tone: 'muted', label: '未回答' },
  accepted: { tone: 'ok', label: '受諾' },
  declined: { tone: 'warn', label: '辞退の申出' },
}

function columnsOf(
  stores: Stores,
  { number }: ConfirmedEdition,
  mayAct: boolean,
): readonly Column<HospitalAcceptance>[] {
  const hospitals = new Map(stores.hospitals.all().map((hospital) => [hospital.key, hospital]))
  const contact = (code: string): string | Part[] => {
    const answers = stores.submissions.currentOf(code)?.answers
    const phone = answers?.phone ?? hospitals.get(code)?.phone ?? ''
    return [
      { kind: 'text', text: phone && phoneText(phone) },
      { kind: 'small', text: answers?.contactName ?? '' },
    ]
  }
  // Nobody has left unanswered what nobody was asked.
  const isAsked = stores.acceptance.requests(number).length > 0
  const stateTag = ({ state }: HospitalAcceptance) =>
    state === 'unanswered' && !isAsked ? '－' : tag(STATES[state].tone, STATES[state].label)
  const columns: Column<HospitalAcceptance>[] = [
    { header: '支援順位', cell: ({ line }) => String(line.order), look: 'number', card: 'place' },
    { header: '病院', cell: ({ line }) => hospitalLink(line.code, line.name), look: 'name' },
    { header: '状態', cell: stateTag, card: 'state' },
    { header: '病院からの連絡', cell: (row) => saidText(stores, row), card: 'below' },
    { header: '連絡先', cell: ({ line }) => contact(line.code), card: 'below' },
  ]
  if (!mayAct) return columns
  const act = ({ line, state }: HospitalAcceptance): Part[] => [
    link('連絡を入力', `/admin/rounds/${number}/acceptance/${line.code}`, {
      says: `${line.name}からの連絡を入力する`,
    }),
    ...(state === 'declined'
      ? [
          link('辞退を記録', `/admin/rounds/${number}/decline/${line.code}`, {
            says: `${line.name}の辞退を記録する`,
          }),
        ]
      : []),
  ]
  return [...columns, { header: '操作', cell: act, card: 'below' }]
}

function saidText(stores: Stores, { answer }: HospitalAcceptance): string | Part[] {
  if (!answer) return ''
  const { channel, receivedAt, recordedBy, reason, submission } = answer
  const by = isHospitalActor(recordedBy)
    ? `（受付番号${submission}）`
    : `（入力：${officerNames(stores)(recordedBy)}）`
  const when = channel === 'receipt' ? dateTimeText(receivedAt) : dateText(receivedAt)
  return [
    { kind: 'text', text: `${when}　${labelOf(ACCEPTANCE_CHANNELS, channel)}${by}` },
    { kind: 'small', text: reason ?? '' },
  ]
}

function stepsOf(stores: Stores, round: number): AcceptanceModel['steps'] {
  const nameOf = officerNames(stores)
  return stores.acceptance
    .requests(round)
    .map(({ closesAt, reason, setBy, setAt }) => ({
      at: dateTimeText(setAt),
      text: `${nameOf(setBy)}：${closesAt ? `最終日を${deadlineText({ closesAt })}としました。` : '受諾確認を終えました。'}${reason ? `理由：${reason}` : ''}`,
    }))
    .toReversed()
}
