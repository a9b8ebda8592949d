import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { Mark } from '../../domain/answer/mark.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { Geography } from '../../domain/master/region.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { dateText } from '../../domain/text/dates.ts'
import type { SubmissionRow } from '../../office/answers/rows.ts'
import { type HospitalPicker, hospitalPicker } from '../../office/master/picker.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'

/** Another answer of the same hospital. */
export interface BesideAnswer {
  number: string
  /** '' where it names none. */
  email: string
  /** 令和6年3月11日（月） */
  received: string
}

interface ReasonForm {
  /** The answers as the page shows them, carried along: nothing is settled about others. */
  shown: string
  reason: string
  reasonError: string | null
}
export interface MakeCurrentForm extends ReasonForm {
  kind: 'make-current'
  /** The one that counts today; null where none does. */
  replaced: BesideAnswer | null
}
export interface LinkForm extends ReasonForm {
  kind: 'link'
  picker: HospitalPicker
  hospitalError: string | null
}

/** What was typed into the form of the page and what is wrong with it. */
interface TypedDecision {
  reason: string
  reasonError: string | null
  hospitalCode: string
  hospitalError: string | null
}
export const NOTHING_TYPED: TypedDecision = {
  reason: '',
  reasonError: null,
  hospitalCode: '',
  hospitalError: null,
}

/** What an officer can settle about a submission: which of two counts, or whose it is. */
export function actOf(
  stores: Stores,
  { submission, hospitalName }: SubmissionRow,
  siblings: SubmissionRow[],
  geography: Geography,
  typed: TypedDecision,
): MakeCurrentForm | LinkForm | null {
  if (submission.state === 'unlinked') {
    const chosen = { chosen: typed.hospitalCode, typedName: hospitalName }
    const picker = hospitalPicker(stores.hospitals.operating(), geography, chosen)
    return { kind: 'link', ...typed, shown: standing([submission]), picker }
  }
  if (!SETTLED_BY_CHOICE.includes(submission.state)) return null
  const answers = siblings.map((sibling) => sibling.submission)
  return { kind: 'make-current', ...typed, shown: standing(answers), replaced: currentOf(answers) }
}

/** What can be made the one that counts. */
const SETTLED_BY_CHOICE: readonly Submission['state'][] = ['duplicate', 'unmatched', 'rejected']

export function currentOf(answers: readonly Submission[]): BesideAnswer | null {
  return besideOf(answers, 'current')[0] ?? null
}

/** Those of the answers that are in a state. */
export function besideOf(answers: readonly Submission[], wanted: Submission['state']): BesideAnswer[] {
  return answers
    .filter(({ state }) => state === wanted)
    .map(({ number, submittedAt, answers: { email } }) => ({
      number,
      email,
      received: dateText(submittedAt),
    }))
}

/** R-0001.1.current R-0002.3.duplicate: each with its newest version, so that a correction is another standing. */
export function standing(answers: readonly Submission[]): string {
  return answers.map(({ number, version, state }) => `${number}.${version}.${state}`).join(' ')
}

/** What became of the step before the page. */
export interface Done {
  kind: 'success' | 'warning'
  text: string
}

/** What was typed as a note, with the mark that goes with it. */
export interface TypedNote {
  text: string
  /** '' where it stays. */
  mark: Mark | ''
  noteError: string
}

export const NO_NOTE: TypedNote = { text: '', mark: '', noteError: '' }

/** What was wrong with the note to a flag, and what was typed. */
export interface FlagError {
  flag: string
  message: string
  text: string
}

/** What was typed into one of the forms of the page, and what became of it. */
interface AnswerPageState {
  typed?: TypedDecision
  note?: TypedNote
  flagError?: FlagError
  done?: Done
}

interface Numbered {
  Params: { number: string }
}

/** The answer's page as the acts need it: shown again with what was typed, and what it offers now. */
export interface AnswerPage {
  show: (reply: FastifyReply, number: string, extra: AnswerPageState) => FastifyReply
  formOf: (request: FastifyRequest<Numbered>) => MakeCurrentForm | LinkForm | null
}

/** Which of several answers counts, and whose an answer is: only an officer can settle it. */
export function settlingRoutes(
  app: FastifyInstance,
  { stores, now, mail }: AdminOptions,
  { show, formOf }: AnswerPage,
): void {
  /** Other answers than the page showed, where there is still something to settle. */
  function isChanged(request: FastifyRequest<Numbered>): boolean {
    const form = formOf(request)
    return form !== null && !stillShows(request.body, 'shown', form.shown)
  }

  app.post<Numbered>(
    '/submissions/:number/current',
    { config: { role: 'officer', act: '有効な回答の変更' } },
    async (request, reply) => {
      const { number } = request.params
      const fields = fieldsOf(request.body)
      const parsed = parseReason(fields.get('reason'))
      const typed = { ...NOTHING_TYPED, reason: fields.get('reason') }
      if (isChanged(request)) return show(reply.code(409), number, { typed, done: CHANGED })
      if (!parsed.ok)
        return show(reply.code(422), number, { typed: { ...typed, reasonError: parsed.message } })
      const decision = {
        actor: officerOf(request).login,
        at: now(),
        reason: parsed.reason,
        mail: fields.get('sendMail') === 'yes' ? mail : undefined,
      }
      const form = formOf(request)
      const replaces = form?.kind === 'make-current' && form.replaced !== null
      if (stores.submissions.makeCurrent(number, decision) === 'not-a-duplicate')
        return show(reply.code(409), number, { done: TOO_LATE })
      return reply.redirect(`/admin/submissions/${number}?done=${replaces ? 'replaced' : 'current'}`, 303)
    },
  )

  app.post<Numbered>(
    '/submissions/:number/link',
    { config: { role: 'officer', act: '回答した病院の特定' } },
    async (request, reply) => {
      const { number } = request.params
      const fields = fieldsOf(request.body)
      const parsed = parseReason(fields.get('reason'))
      const hospital = stores.hospitals.byCode(fields.get('hospitalCode'))
      const [reason, hospitalCode] = [fields.get('reason'), fields.get('hospitalCode')]
      const typed = { ...NOTHING_TYPED, reason, hospitalCode }
      if (isChanged(request)) return show(reply.code(409), number, { typed, done: CHANGED })
      if (!parsed.ok || !hospital) {
        const reasonError = parsed.ok ? null : parsed.message
        const hospitalError = hospital ? null : '回答した病院を一覧から選択してください。'
        return show(reply.code(422), number, { typed: { ...typed, reasonError, hospitalError } })
      }
      const decision = { actor: officerOf(request).login, at: now(), reason: parsed.reason }
      const outcome = stores.submissions.link(number, hospital.key, decision)
      if (outcome === 'not-unlinked') return show(reply.code(409), number, { done: TOO_LATE })
      return reply.redirect(`/admin/submissions/${number}?done=linked-${outcome}`, 303)
    },
  )
}

export const TOO_LATE: Done = {
  kind: 'warning',
  text: 'この回答は、既に処理されています。現在の状態は次のとおりです。',
}
const CHANGED: Done = {
  kind: 'warning',
  text: 'まだ登録していません。この画面を開いた後に、この病院の回答が変わりました。次の内容を確認してから、もう一度登録してください。',
}
