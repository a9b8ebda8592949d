import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Seen } from '../../db/answer-marks.ts'
import type { Stores } from '../../db/stores.ts'
import { MARK_IDS, MARKS } from '../../domain/answer/mark.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { mayWork, officerOf } from '../session/officer.ts'

/** What has just been marked, with the way back. */
export interface MarkedLine {
  text: string
  /** The act to undo; null where it was an undo, or where nothing of it stands. */
  act: number | null
}

/** The list again, by a query as it was sent: with what was ticked, and what was not done. */
export type ShowList = (
  reply: FastifyReply,
  query: unknown,
  state: { picked?: readonly string[]; marked?: MarkedLine | null; refused?: string },
) => FastifyReply

/** 選択した回答を照会中・確認済にする, and its undo: each answer by itself on the record. */
export function markingRoutes(app: FastifyInstance, { stores, now }: AdminOptions, list: ShowList): void {
  const { answerMarks, submissions } = stores

  app.post(
    '/submissions/marks',
    { config: { role: 'officer', act: '照会・確認の印' } },
    async (request, reply) => {
      const fields = fieldsOf(request.body)
      const mark = MARK_IDS.find((id) => id === fields.get('mark'))
      const seen = fields
        .all('answer')
        .flatMap(seenIn)
        .filter(({ number }) => submissions.byNumber(number))
      const again = (status: number, refused: string) =>
        list(reply.code(status), queryIn(fields.get('back')), {
          picked: seen.map(({ number }) => number),
          refused,
        })
      if (!mark || seen.length === 0) return again(422, NOTHING_PICKED)
      const outcome = answerMarks.put(seen, mark, { actor: officerOf(request).login, at: now() })
      if (outcome.kind === 'changed-meanwhile') return again(409, changedText(outcome.numbers))
      return reply.redirect(addressWith(fields.get('back'), ['marked', String(outcome.act)]), 303)
    },
  )

  app.post(
    '/submissions/marks/undo',
    { config: { role: 'officer', act: '照会・確認の印の取消し' } },
    async (request, reply) => {
      const fields = fieldsOf(request.body)
      const act = actIn(fields.get('act'))
      const undone = act === null ? 0 : answerMarks.undo(act, { actor: officerOf(request).login, at: now() })
      if (undone === 0) return list(reply.code(409), queryIn(fields.get('back')), { refused: NOTHING_STANDS })
      return reply.redirect(addressWith(fields.get('back'), ['undone', String(undone)]), 303)
    },
  )
}

/** What the address says was just done; null where it says nothing, or nothing that was. */
export function markedLine({ answerMarks }: Stores, request: FastifyRequest): MarkedLine | null {
  const fields = fieldsOf(request.query)
  const undone = actIn(fields.get('undone'))
  if (undone !== null) return { text: `${undone}件の印を、元に戻しました。`, act: null }
  const id = actIn(fields.get('marked'))
  const act = id === null ? null : answerMarks.act(id)
  if (!act) return null
  const { numbers, mark, standing } = act
  const what =
    mark === 'none'
      ? `${numbers.length}件の印を外しました。`
      : `${numbers.length}件を「${labelOf(MARKS, mark)}」にしました。`
  return { text: what, act: standing > 0 && mayWork(request) ? act.act : null }
}

/** R-0001.asked: what was ticked, with the mark that it had then. */
function seenIn(ticked: string): Seen[] {
  const [number = '', shown = ''] = ticked.split('.')
  const mark = MARK_IDS.find((id) => id === shown)
  return mark ? [{ number, mark }] : []
}

function actIn(text: string): number | null {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}

function queryIn(back: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(back))
}

function addressWith(back: string, [name, value]: [name: string, value: string]): string {
  return `/admin/submissions?${new URLSearchParams([...new URLSearchParams(back), [name, value]])}`
}

const NOTHING_PICKED = '回答を選択していません。一覧で回答を選択してから、もう一度押してください。'
const NOTHING_STANDS =
  'この印は、その後で変更されているため、元に戻しませんでした。現在の印は、次の一覧のとおりです。'

function changedText(numbers: readonly string[]): string {
  return `まだ登録していません。この画面を開いた後に、${numbers.join('、')}の印が変わりました。現在の印を確認してから、もう一度押してください。`
}
