import type { FastifyRequest } from 'fastify'
import { typedLines } from '../domain/answer/lines.ts'
import type { TypedLine } from '../web/failures.ts'
import { fieldsOf } from '../web/fields.ts'
import { typedIn } from './answer/answering.ts'

/** What a hospital typed, as it reads it, without a look at what is stored: the page is shown when nothing can be read. */
export function typedByHospital(request: FastifyRequest): readonly TypedLine[] {
  const fields = fieldsOf(request.body)
  const others = Object.entries(LABELS).map(([name, label]) => ({ label, text: fields.get(name) }))
  const typed = typedIn(request)
  const isAnswer = request.site.questions.some(({ id }) => id !== 'hospitalCode' && typed[id])
  // Which hospital a code stands for only the master knows.
  const answers = isAnswer
    ? typedLines(typed, () => null, request.site.questions).filter(({ id }) => id !== 'hospitalCode')
    : []
  return [...others, ...answers].filter(({ text }) => text !== '')
}

/** Of the forms that are no answer. */
const LABELS: Readonly<Record<string, string>> = {
  number: '受付番号',
  code: '確認コード',
  reason: '辞退の理由',
}
