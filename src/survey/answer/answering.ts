import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import {
  askedOf,
  type FieldErrors,
  isSubmissionId,
  type ParsedForm,
  parseSubmissionForm,
  type TypedForm,
  typedForm,
} from '../../domain/answer/form.ts'
import type { Extra } from '../../domain/answer/further.ts'
import type { NewSubmission } from '../../domain/answer/submission.ts'
import { fieldsAsSent } from '../../web/fields.ts'
import type { Site } from '../../web/site.ts'

/** One way to ask for an answer: the form of the survey, of a late link, of a correction. */
export interface Asking<Request extends FastifyRequest = FastifyRequest> {
  /** What was typed, with what the address says in its place. */
  typed(request: Request): TypedForm
  parse(typed: TypedForm, request: Request): ParsedForm
  /** The form with what was typed and what is wrong with it; the reply's status is the caller's. */
  form(reply: FastifyReply, typed: TypedForm, errors: FieldErrors): FastifyReply
}

type Answered<Request> = (
  submission: NewSubmission,
  reply: FastifyReply,
  request: Request,
) => FastifyReply | Promise<FastifyReply>

/** Goes on with what was typed where it is a complete answer; otherwise the form comes again, as a refusal. */
export function answering<Request extends FastifyRequest>(
  { typed: typedIn, parse, form }: Asking<Request>,
  goOn: Answered<Request>,
) {
  return async (request: Request, reply: FastifyReply): Promise<FastifyReply> => {
    const typed = typedIn(request)
    const parsed = parse(typed, request)
    return parsed.ok ? goOn(parsed.submission, reply, request) : form(reply.code(422), typed, parsed.errors)
  }
}

/** The answer that was sent, once more; what was none comes back as its form. */
export function answerAgain<Request extends FastifyRequest>(
  { typed: typedIn, parse, form }: Asking<Request>,
  request: Request,
  reply: FastifyReply,
  goOn: (submission: NewSubmission) => FastifyReply,
): FastifyReply {
  const typed = typedIn(request)
  const parsed = parse(typed, request)
  return parsed.ok ? goOn(parsed.submission) : form(reply.code(422), typed, parsed.errors)
}

/** Of a form that stores nothing yet: it waits for nobody's lock. */
export const STORES_NOTHING = { config: { storesNothing: true } } as const

/** The same before anything is sent: nothing is stored under its number yet. */
export function numbered<Request extends FastifyRequest>(asking: Asking<Request>): Asking<Request> {
  return { ...asking, typed: (request) => withSubmissionId(asking.typed(request)) }
}

/** The number that makes a second click harmless; one that is none is replaced. */
export function withSubmissionId(typed: TypedForm): TypedForm {
  return isSubmissionId(typed.submissionId) ? typed : { ...typed, submissionId: randomUUID() }
}

export function typedIn({ body, site }: FastifyRequest): TypedForm {
  return typedForm(fieldsAsSent(body), site.questions)
}

/** Checks what was typed, by the hospitals of the master that have not closed and what is asked today. */
export function parserFor(
  stores: Pick<Stores, 'hospitals' | 'submissions'>,
): (typed: TypedForm, request: FastifyRequest) => ParsedForm {
  const keyOf = (code: string) => {
    const hospital = stores.hospitals.byCode(code)
    return hospital && !hospital.isClosed ? hospital.key : null
  }
  return (typed, { site }) =>
    parseSubmissionForm(typed, keyOf, askedOf(site.further, storedExtra(stores, typed, site)))
}

/** What an answer that came in under the same number says to the further questions: sent again, it may keep it. */
export function storedExtra(
  { submissions }: Pick<Stores, 'submissions'>,
  { submissionId }: TypedForm,
  { further }: Site,
): Extra {
  if (further.length === 0 || !isSubmissionId(submissionId)) return {}
  return submissions.bySubmissionId(submissionId)?.answers.extra ?? {}
}

/** A field that people do not see, and programs that fill in every form do. */
export const TRAP_FIELD = 'website'

/** Whether something stands in it. */
export function isTrapped({ body }: FastifyRequest): boolean {
  return fieldsAsSent(body)
    .all(TRAP_FIELD)
    .some((text) => text.trim() !== '')
}

/** Said on the form, as it may have been a person whose browser is eager to help: nothing is lost or stored. */
export const TRAPPED: FieldErrors = {
  submissionId:
    '画面に表示されない入力欄に文字が入っていたため、まだ受け付けていません。ブラウザーの自動入力によるものと考えられますので、その欄を取り除きました。入力した内容はこの画面に残っていますので、もう一度「確認画面へ進む」を押してください。',
}
