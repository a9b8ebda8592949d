import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { normaliseConfirmationCode, normaliseReceiptKey, receiptPath } from '../../domain/answer/receipt.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import { errorPage } from '../../web/errors.ts'
import { fieldsOf } from '../../web/fields.ts'
import { page } from '../../web/views.ts'

/** What a hospital was given with its receipt, as it stands in an address or was typed. */
interface ReceiptKeys {
  number: string
  code: string
}

interface LookUpModel {
  typed: ReceiptKeys
  /** By field; `both` where the two do not belong together, as the page must not tell which of them is wrong. */
  errors: Partial<Record<'number' | 'code' | 'both', string>>
  errorSummary: { anchor: string; message: string }[]
}

declare module '../../web/views.ts' {
  interface Views {
    'survey/receipt/look-up': LookUpModel
  }
}

/** From 受付番号 and 確認コード, however they are typed, to the receipt. */
export function lookUpRoutes(app: FastifyInstance, stores: Stores, tries: ReceiptTries): void {
  app.get('/receipts', (_request, reply) => lookUpPage(reply, { number: '', code: '' }, {}))

  app.post('/receipts', async (request, reply) => {
    const refusal = await tries.refusal(request, reply)
    if (refusal) return refusal
    const fields = fieldsOf(request.body)
    const typed = { number: fields.get('number').trim(), code: fields.get('code').trim() }
    const missing = missingKeys(typed)
    if (Object.keys(missing).length > 0) return lookUpPage(reply.code(422), typed, missing)
    const found = findReceipt(stores, typed)
    if (found) return reply.redirect(receiptPath(found), 303)
    await tries.countWrong(request)
    return lookUpPage(reply.code(422), typed, { both: WRONG })
  })
}

const opened = new WeakMap<FastifyRequest, Submission>()

/** In front of every address behind a receipt: a wrong code and an unknown number are the same 404. */
export function openReceipt(stores: Stores, tries: ReceiptTries) {
  return async (
    request: FastifyRequest<{ Params: ReceiptKeys }>,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> => {
    const refusal = await tries.refusal(request, reply)
    if (refusal) return refusal
    const found = findReceipt(stores, request.params)
    if (found) {
      opened.set(request, found)
      return undefined
    }
    await tries.countWrong(request)
    return errorPage(reply, 404)
  }
}

/** The answer that the address opened. */
export function receiptOf(request: FastifyRequest): Submission {
  const submission = opened.get(request)
  if (!submission) throw new Error('no receipt: the address has no number and code')
  return submission
}

/** By address, wrong tries only: twenty clerks share one address and read their receipts as often as they like. */
const WRONG_TRIES = { max: 60, timeWindow: '10 minutes' }

interface ReceiptTries {
  /** @returns the page that asks to wait, or undefined while tries are left. */
  refusal(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>
  countWrong(request: FastifyRequest): Promise<void>
}

/** A code has 38 bits: so few tries find none, and nobody who mistypes is kept out. */
export function receiptTries(app: FastifyInstance): ReceiptTries {
  const limit = app.createRateLimit(WRONG_TRIES)
  return {
    async refusal(request, reply) {
      const status = await limit(request, { increment: false })
      if (status.isAllowed || !status.isExceeded) return undefined
      return errorPage(reply.header('retry-after', status.ttlInSeconds), 429)
    },
    async countWrong(request) {
      await limit(request)
    },
  }
}

/** The answer of this number, if this is its code. Takes the same time whichever of the two is wrong. */
function findReceipt({ submissions }: Stores, { number, code }: ReceiptKeys): Submission | null {
  const known = submissions.byNumber(normaliseReceiptKey(number))
  const matches = timingSafeEqual(digest(normaliseConfirmationCode(code)), digest(known?.code ?? ''))
  return matches ? known : null
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

const WRONG =
  '受付番号または確認コードが正しくありません。受付票で2つとも確かめて、もう一度入力してください。'

function missingKeys({ number, code }: ReceiptKeys): LookUpModel['errors'] {
  return {
    ...(number === '' && { number: '受付番号を入力してください。' }),
    ...(code === '' && { code: '確認コードを入力してください。' }),
  }
}

function lookUpPage(reply: FastifyReply, typed: ReceiptKeys, errors: LookUpModel['errors']): FastifyReply {
  const errorSummary = Object.entries(errors).map(([field, message]) => ({
    anchor: field === 'both' ? 'number' : field,
    message,
  }))
  return page(reply, 'survey/receipt/look-up', { typed, errors, errorSummary })
}
