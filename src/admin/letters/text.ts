import type { FastifyInstance, FastifyReply } from 'fastify'
import type { FurtherQuestion } from '../../domain/answer/further.ts'
import { answerPlaceholders, missingQuestion } from '../../domain/record/answer-placeholders.ts'
import { LETTER_KINDS, type LetterKind } from '../../domain/record/letter.ts'
import {
  missingNotice,
  paragraphsOf,
  parseLetterText,
  placeholdersOf,
  SHIPPED_TEXTS,
} from '../../domain/record/letter-texts.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { monthText } from '../../domain/text/dates.ts'
import { filledTemplate, type Template, type TemplateErrors } from '../../domain/text/template.ts'
import { templateOf } from '../../office/letters/cases.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { Site } from '../../web/site.ts'
import { shownId } from '../confirmed-round.ts'
import { contactLines, type Letter } from '../letter.ts'
import type { MessageForm } from '../message-form.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'

interface TextModel {
  kind: LetterKind
  label: string
  form: MessageForm
  errorSummary: ErrorLine[]
  isShipped: boolean
  /** What the text lacks; '' where nothing. */
  missing: string
  /** As it would be printed for a hospital that does not exist. */
  preview: Letter
  /** The officer asked to see what was typed, which is not stored. */
  isTried: boolean
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/letters/text': TextModel
  }
}

interface OfKind {
  Params: { kind: string }
}

/** The text of a kind of letter: written anew, tried, or set back to what is shipped. */
export function letterTextRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const toWrite = { config: { role: 'officer', act: '通知文の文面の登録' } } as const
  const address = '/letters/texts/:kind'
  const kindOf = (text: string) => LETTER_KINDS.find(({ id }) => id === text)?.id ?? null

  function show(
    reply: FastifyReply,
    kind: LetterKind,
    {
      typed: sent,
      errors = {},
      isTried = false,
      isStale = false,
    }: { typed?: Template; errors?: TemplateErrors; isTried?: boolean; isStale?: boolean } = {},
  ): FastifyReply {
    const { subject, body, isShipped } = templateOf(stores, kind)
    const typed = sent ?? { subject, body }
    const version = stores.letters.textOf(kind)?.id ?? 0
    const shipped = isShipped ? null : SHIPPED_TEXTS[kind]
    return adminPage(reply, 'admin/letters/text', {
      kind,
      label: labelOf(LETTER_KINDS, kind),
      form: {
        subjectName: '件名',
        typed,
        errors,
        placeholders: placeholdersOf(kind, reply.request.site.further),
        version,
        shipped,
      },
      isShipped,
      isTried,
      isStale,
      missing: missingIn(kind, typed, reply.request.site.further),
      errorSummary: errorLines({ ...errors }),
      preview: previewOf(typed, reply.request.site),
    })
  }

  app.get<OfKind>(address, toWrite, async ({ params }, reply) => {
    const kind = kindOf(params.kind)
    return kind ? show(reply, kind) : refusal(reply, 'not-found')
  })

  app.post<OfKind>(address, toWrite, async (request, reply) => {
    const kind = kindOf(request.params.kind)
    if (!kind) return refusal(reply, 'not-found')
    const fields = fieldsOf(request.body)
    const typed = { subject: fields.get('subject'), body: fields.get('body').replaceAll('\r\n', '\n') }
    const act = fields.get('do')
    const isReset = act === 'reset'
    const parsed = parseLetterText(kind, typed, request.site.further)
    if (!isReset && !parsed.ok) return show(reply.code(422), kind, { typed, errors: parsed.errors })
    const text = isReset || !parsed.ok ? null : parsed.text
    if (act === 'preview') return show(reply, kind, { typed: text ?? typed, isTried: true })
    const by = { actor: officerOf(request).login, at: now() }
    const outcome = stores.letters.writeText({ kind, text, follows: shownId(fields.get('follows')) }, by)
    if (outcome === 'overtaken') return show(reply.code(409), kind, { typed, isStale: true })
    return reply.redirect('/admin/letters?done=text', 303)
  })
}

/** What a text of this kind lacks, or has too much; '' where nothing. */
export function missingIn(kind: LetterKind, text: Template, further: readonly FurtherQuestion[]): string {
  return missingNotice(kind, text) ?? missingQuestion(text, further) ?? ''
}

/** Nobody's letter: every placeholder has something in its place. */
function previewOf(template: Template, site: Site): Letter {
  const month = site.contractorContactFrom
  const { subject, body } = filledTemplate(template, {
    病院名: '○○病院',
    受付番号: 'R-0000',
    調査の名称: site.title,
    選定の回: '初回選定',
    連絡の時期: month ? `${monthText(month)}以降` : '今後',
    補欠の順位: '○床～○床の区分の補欠第○位',
    理由: '（その病院に伝える理由が入ります。）',
    点数: '（病院に点数を表示する回では、その病院の点数と、同じ区分で選定した病院の最も低い点数が入ります。）',
    ...Object.fromEntries(answerPlaceholders(site.further).map(({ name }) => [name, '（御回答）'])),
  })
  return {
    id: 'preview',
    documentNumber: '',
    date: '',
    addressee: { postcode: '', address: '（所在地）', name: '○○病院', person: '院長　様' },
    sender: [site.issuer],
    title: subject || '（件名）',
    paragraphs: paragraphsOf(body),
    notes: [],
    link: null,
    contact: contactLines(site),
  }
}
