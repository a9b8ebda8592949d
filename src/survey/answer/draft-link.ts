import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { type TypedForm, typedForm } from '../../domain/answer/form.ts'
import type { Question } from '../../domain/answer/questions.ts'
import { sealingKey } from '../../office/sealing.ts'
import { fieldsAsSent, fieldsOf } from '../../web/fields.ts'
import { tidyToken } from '../../web/tidy-address.ts'
import { page } from '../../web/views.ts'
import type { SurveyOptions } from '../options.ts'
import { typedIn, withSubmissionId } from './answering.ts'
import { IN_PERIOD, type UnsentPlace } from './confirm.ts'
import type { SurveyForm } from './form.ts'
import { withinPeriod } from './gate.ts'

/**
 * A filled, unsent form as a text for an address, by which another machine goes on with it: the head of the office
 * fills it in, the director looks it over. The server keeps nothing. AES-256-GCM, so that nobody on the way reads
 * or changes it; only this survey's server opens it, and only until the deadline.
 */

interface DraftLinkModel {
  /** Where the answer goes on. */
  path: string
  /** Null where so much was typed that no address can carry it. */
  link: string | null
  /** As many as the link needs on a phone, where a browser does not size the field itself. */
  rows: number
  /** Opens a mail with the link in it; '' where that is longer than mail programs take. */
  mail: string
  form: TypedForm
}

interface DraftRefusedModel {
  reason: (OpenedDraft & { ok: false })['reason']
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/answer/draft-link': DraftLinkModel
    'survey/answer/draft-refused': DraftRefusedModel
  }
}

/** The filled, unsent form goes to another machine by a link. The server keeps nothing of it. */
export function draftRoutes(
  app: FastifyInstance,
  { stores, now, secret, publicUrl }: SurveyOptions,
  form: SurveyForm,
): void {
  const { hospitals, submissions } = stores
  const onlyInPeriod = { preHandler: withinPeriod(hospitals.byCode) }

  app.get('/survey/link', (_request, reply) => reply.redirect('/survey', 303))

  app.post('/survey/link', onlyInPeriod, (request, reply) =>
    draftLinkPage(reply, typedIn(request), { secret, publicUrl, place: IN_PERIOD }),
  )

  app.get('/survey/resume', onlyInPeriod, (request, reply) => {
    const draft = draftIn(request, { secret, now: now(), submissions })
    // The address is the answer: what follows from this page is told where from, not from which address.
    reply.header('referrer-policy', 'strict-origin')
    if (!draft.ok) return draftRefusedPage(reply, draft.reason)
    return form.page(unstored(reply), draft.form, {
      origin: draft.isSent ? 'sent-link' : 'link',
    })
  })
}

/** Where the form can be gone on with: within the period there is a deadline. */
export function draftLinkPage(
  reply: FastifyReply,
  typed: TypedForm,
  {
    secret,
    publicUrl,
    place: { path },
  }: Pick<SurveyOptions, 'secret' | 'publicUrl'> & { place: UnsentPlace },
): FastifyReply {
  const { site } = reply.request
  // Numbered here, so that what both machines send is one answer.
  const form = withSubmissionId(typed)
  const draft = sealDraft(form, { secret, expiresAt: site.closesAt! })
  const link = draft && `${publicUrl}${path}/resume?d=${draft}`
  return page(unstored(reply), 'survey/answer/draft-link', {
    path,
    link,
    rows: Math.ceil((link?.length ?? 0) / LETTERS_OF_A_LINE),
    mail: link ? mailWith(link, site.title) : '',
    form,
  })
}

/**
 * What the address carries. Of an answer that was sent since it carries the number of the sending no more: a link that
 * is passed on is no key to what is stored, and what is sent from it is an answer of its own.
 */
export function draftIn(
  { query, site }: FastifyRequest,
  { submissions, ...opening }: { secret: string; now: Date; submissions: Stores['submissions'] },
): (OpenedDraft & { ok: false }) | { ok: true; form: TypedForm; isSent: boolean } {
  const draft = openDraft(tidyToken(fieldsOf(query).get('d')), { ...opening, questions: site.questions })
  if (!draft.ok) return draft
  const isSent = submissions.bySubmissionId(draft.form.submissionId) !== null
  return { ok: true, isSent, form: isSent ? { ...draft.form, submissionId: '' } : draft.form }
}

const LETTERS_OF_A_LINE = 50

function mailWith(link: string, title: string): string {
  const subject = encodeURIComponent(`${title}：入力の続き`)
  const mail = `mailto:?subject=${subject}&body=${encodeURIComponent(link)}`
  return mail.length > LONGEST_MAIL ? '' : mail
}

/** What mail programs of Windows take of such an address. */
const LONGEST_MAIL = 2_000

export function draftRefusedPage(reply: FastifyReply, reason: DraftRefusedModel['reason']): FastifyReply {
  return page(unstored(reply).code(reason === 'expired' ? 410 : 404), 'survey/answer/draft-refused', {
    reason,
  })
}

/** The address is the answer itself: no machine on the way keeps the page. */
export function unstored(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store')
}

type OpenedDraft = { ok: true; form: TypedForm } | { ok: false; reason: 'expired' | 'broken' }

/**
 * @param secret the server's own, at least 32 characters
 * @param expiresAt first instant at which the text no longer opens: the deadline
 * @returns letters, digits, - and _; null where it would be longer than an address may safely be
 */
export function sealDraft(
  form: TypedForm,
  { secret, expiresAt }: { secret: string; expiresAt: Date },
): string | null {
  const filled = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''))
  const json = JSON.stringify({ expiresAt: expiresAt.getTime(), form: filled })
  if (json.length > LONGEST_FORM) return null
  const content = packed(json)
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(CIPHER, keyOf(secret), nonce)
  const sealed = Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()])
  const text = sealed.toString('base64url')
  return text.length > LONGEST_DRAFT ? null : text
}

/** `broken`: cut off, changed, or not from this server. Fields that the form no longer has are left out. */
export function openDraft(
  text: string,
  { secret, now, questions }: { secret: string; now: Date; questions?: readonly Question[] },
): OpenedDraft {
  const content = text.length > LONGEST_DRAFT ? null : unsealed(text, secret)
  if (content === null) return { ok: false, reason: 'broken' }
  const draft: { expiresAt: number; form: unknown } = JSON.parse(unpacked(content))
  if (now.getTime() >= draft.expiresAt) return { ok: false, reason: 'expired' }
  return { ok: true, form: typedForm(fieldsAsSent(draft.form), questions) }
}

/** The longest possible answer needs some 4,700; beyond 6,000 a mail program or a proxy might cut the address. */
export const LONGEST_DRAFT = 6_000

/** Ten times the longest possible answer. More is not packed to see whether it fits, as that takes its time. */
const LONGEST_FORM = 25_000

const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

function keyOf(secret: string): Uint8Array {
  return sealingKey(secret, 'kakuho draft link 1')
}

function unsealed(text: string, secret: string): Buffer | null {
  const sealed = Buffer.from(text, 'base64url')
  // Decoding passes over what is no base64url: only the one text that sealing gives is taken.
  if (sealed.toString('base64url') !== text || sealed.length < NONCE + TAG) return null
  const decipher = createDecipheriv(CIPHER, keyOf(secret), sealed.subarray(0, NONCE), { authTagLength: TAG })
  decipher.setAuthTag(sealed.subarray(-TAG))
  const content = decipher.update(sealed.subarray(NONCE, -TAG))
  try {
    return Buffer.concat([content, decipher.final()])
  } catch {
    // The only way it says that the text is not authentic.
    return null
  }
}

/** Brotli takes a third off Japanese text; measured against deflate, and UTF-8 against UTF-16. */
function packed(json: string): Buffer {
  const params = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT }
  return brotliCompressSync(Buffer.from(json, 'utf8'), { params })
}

function unpacked(content: Buffer): string {
  return brotliDecompressSync(content).toString('utf8')
}
