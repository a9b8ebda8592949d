import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import {
  normaliseConfirmationCode,
  normaliseReceiptKey,
  type Submission,
} from '../../domain/answer/submission.ts'
import { errorPage } from '../../web/errors.ts'
import type { ReceiptTries } from './tries.ts'

/** What a hospital was given with its receipt, as it stands in an address or was typed. */
export interface ReceiptKeys {
  number: string
  code: string
}

type ReceiptRequest = FastifyRequest<{ Params: ReceiptKeys }>

const opened = new WeakMap<FastifyRequest, Submission>()

/** In front of every address behind a receipt: a wrong code and an unknown number are the same 404. */
export function openReceipt(stores: Stores, tries: ReceiptTries) {
  return async (request: ReceiptRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    reply.header('x-robots-tag', 'noindex')
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

/** The answer of this number, if this is its code. Takes the same time whichever of the two is wrong. */
export function findReceipt({ submissions }: Stores, { number, code }: ReceiptKeys): Submission | null {
  const known = submissions.byNumber(normaliseReceiptKey(number))
  const matches = timingSafeEqual(digest(normaliseConfirmationCode(code)), digest(known?.code ?? ''))
  return matches ? known : null
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
