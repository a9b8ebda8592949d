import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { MARK_IDS, MARKS, type Mark } from '../../domain/answer/mark.ts'
import { parseNote } from '../../domain/answer/note.ts'
import { type Choice, labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { type Finding, findingsIn } from '../../office/answers/flags.ts'
import type { ReviewedRow } from '../../office/answers/review.ts'
import { submissionRows } from '../../office/answers/rows.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { type AnswerPage, type Done, NO_NOTE, type TypedNote } from './settling.ts'

/** Notes, mark and flags of one answer, with what was typed into their forms. */
export interface ReviewModel {
  mark: Mark
  markLabel: string
  marks: readonly Choice<Mark>[]
  notes: { at: string; author: string; text: string }[]
  findings: (Omit<Finding, 'look'> & { look: string; note: string })[]
  typed: TypedNote
}

export function reviewModel(
  stores: Stores,
  { submission: { number }, mark, findings }: ReviewedRow,
  typed: TypedNote,
): ReviewModel {
  const nameOf = officerNames(stores)
  return {
    mark,
    markLabel: labelOf(MARKS, mark),
    marks: MARKS,
    notes: stores.answerNotes
      .of(number)
      .map(({ createdAt, author, text }) => ({ at: dateTimeText(createdAt), author: nameOf(author), text })),
    findings: findings.map(({ look, ...finding }) => ({
      ...finding,
      look: look ? `${dateTimeText(look.at)}　${nameOf(look.author)}` : '',
      note: look?.note ?? '',
    })),
    typed,
  }
}

interface Numbered {
  Params: { number: string }
}

/** What officers write down about an answer, how far they are with it, and that they have looked at a flag. */
export function reviewRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  { show }: Pick<AnswerPage, 'show'>,
): void {
  const { answerNotes, answerMarks } = stores
  const byOf = (request: FastifyRequest) => ({ actor: officerOf(request).login, at: now() })

  app.post<Numbered>(
    '/submissions/:number/notes',
    { config: { role: 'officer', act: '回答のメモと照会・確認の印' } },
    async (request, reply) => {
      const { number } = request.params
      if (!stores.submissions.byNumber(number)) return refusal(reply, 'not-found')
      const fields = fieldsOf(request.body)
      const before = answerMarks.all().get(number) ?? 'none'
      const mark = MARK_IDS.find((id) => id === fields.get('mark')) ?? before
      const shown = MARK_IDS.find((id) => id === fields.get('shownMark')) ?? before
      const typed = { ...NO_NOTE, text: fields.get('text'), mark }
      if (shown !== before) return show(reply.code(409), number, { note: typed, done: MARKED_MEANWHILE })
      const isMarked = mark !== before
      const note = typed.text.trim() === '' && isMarked ? null : parseNote(typed.text)
      if (note?.ok === false)
        return show(reply.code(422), number, { note: { ...typed, noteError: note.message } })
      if (note) answerNotes.add(number, note.text, byOf(request))
      if (isMarked) answerMarks.put([{ number, mark: before }], mark, byOf(request))
      return reply.redirect(
        `/admin/submissions/${number}?done=${doneBy(note !== null, isMarked)}#review`,
        303,
      )
    },
  )

  app.post<Numbered>(
    '/submissions/:number/flags',
    { config: { role: 'officer', act: '確認事項の確認' } },
    async (request, reply) => {
      const { number } = request.params
      const fields = fieldsOf(request.body)
      const rows = submissionRows(stores)
      const row = rows.find(({ submission }) => submission.number === number)
      if (!row) return refusal(reply, 'not-found')
      const [flag, said] = [fields.get('flag'), fields.get('said')]
      const finding = findingsIn(stores, rows)(row).find((each) => each.flag === flag)
      const typed = { ...NO_NOTE, text: fields.get('note') }
      if (!finding || finding.look || (said !== '' && said !== finding.says))
        return show(reply.code(409), number, { note: typed, done: FLAG_CHANGED })
      const note = parseNote(fields.get('note'), '確認した内容')
      if (!note.ok)
        return show(reply.code(422), number, { flagError: { flag, message: note.message, text: typed.text } })
      answerNotes.look({ number, flag, said: finding.says }, note.text, byOf(request))
      return reply.redirect(`/admin/submissions/${number}?done=looked#review`, 303)
    },
  )
}

/** What the next page says has been done. */
function doneBy(isNoted: boolean, isMarked: boolean): string {
  return isNoted && isMarked ? 'noted-and-marked' : isNoted ? 'noted' : 'marked'
}

const MARKED_MEANWHILE: Done = {
  kind: 'warning',
  text: 'まだ登録していません。この画面を開いた後に、この回答の印が変わりました。「照会・確認」の内容を確認してから、もう一度登録してください。',
}
const FLAG_CHANGED: Done = {
  kind: 'warning',
  text: '登録していません。この確認事項は、この画面を開いた後に確認されたか、内容が変わっています。入力した内容は、メモの欄に残しています。',
}
