import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { receiptPath } from '../../domain/answer/submission.ts'
import { fieldsOf } from '../../web/fields.ts'
import { page } from '../../web/views.ts'
import { findReceipt, type ReceiptKeys } from './access.ts'
import type { ReceiptTries } from './tries.ts'

export interface LookUpModel {
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
    const typed = typedKeys(request)
    const missing = missingKeys(typed)
    if (Object.keys(missing).length > 0) return lookUpPage(reply.code(422), typed, missing)
    const found = findReceipt(stores, typed)
    if (found) return reply.redirect(receiptPath(found), 303)
    await tries.countWrong(request)
    return lookUpPage(reply.code(422), typed, { both: WRONG })
  })
}

const WRONG =
  '受付番号または確認コードが正しくありません。受付票で2つとも確かめて、もう一度入力してください。'

function typedKeys({ body }: FastifyRequest): ReceiptKeys {
  const fields = fieldsOf(body)
  return { number: fields.get('number').trim(), code: fields.get('code').trim() }
}

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
