import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { OpenedSubmission } from '../../db/submissions.ts'
import { normaliseConfirmationCode, normaliseReceiptKey, receiptPath } from '../../domain/answer/receipt.ts'
import { errorPage } from '../../web/errors.ts'
import { fieldsOf } from '../../web/fields.ts'
import { keptPage } from '../../web/kept-page.ts'
import { page } from '../../web/views.ts'
import { STORES_NOTHING } from '../answer/answering.ts'

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

const BLANK: LookUpModel = { typed: { number: '', code: '' }, errors: {}, errorSummary: [] }

/** From 受付番号 and 確認コード, however they are typed, to the receipt. */
export function lookUpRoutes(app: FastifyInstance, stores: Stores, tries: ReceiptTries): void {
  keptPage(app, '/receipts', (_site, view) => view('survey/receipt/look-up', BLANK))

  app.post('/receipts', STORES_NOTHING, async (request, reply) => {
    // What was typed opens a receipt, or nearly.
    reply.header('cache-control', 'no-store')
    const fields = fieldsOf(request.body)
    const typed = { number: fields.get('number').trim(), code: fields.get('code').trim() }
    const missing = missingKeys(typed)
    if (Object.keys(missing).length > 0) return lookUpPage(reply.code(422), typed, missing)
    const found = await tries.open(reply, typed, (keys) => findReceipt(stores, keys))
    if (found === 'refused') return reply
    if (found) return reply.redirect(receiptPath(found), 303)
    return lookUpPage(reply.code(422), typed, { both: WRONG })
  })
}

const opened = new WeakMap<FastifyRequest, OpenedSubmission>()

/** In front of every address behind a receipt: a wrong code and an unknown number are the same 404. */
export function openReceipt(stores: Stores, tries: ReceiptTries) {
  return async (
    request: FastifyRequest<{ Params: ReceiptKeys }>,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> => {
    const found = await tries.open(reply, request.params, (keys) => findReceipt(stores, keys))
    if (found === 'refused') return reply
    if (!found) return errorPage(reply, 404)
    opened.set(request, found)
    return undefined
  }
}

/** The answer that the address opened. */
export function receiptOf(request: FastifyRequest): OpenedSubmission {
  const submission = opened.get(request)
  if (!submission) throw new Error('no receipt: the address has no number and code')
  return submission
}

/**
 * Wrong tries only: twenty clerks share one address and read their receipts as often as they like. After `untold` wrong
 * ones an address is told no more whether a code is wrong, and a right one still opens: behind one proxy may be
 * everybody. Only what such addresses go on to try at one number has an end, whose code waits then for them alone:
 * nobody is kept out by what is tried elsewhere. A code has 38 bits; docs/decisions/045 reckons what that leaves.
 */
export const WRONG_TRIES = { untold: 60, ofNumber: 100 }
const TRIES_WINDOW = '10 minutes'
/** Addresses and numbers that are remembered, so that no flood of them fills the memory. */
const REMEMBERED = 20_000

interface ReceiptTries {
  /** @returns the answer, null where the keys are wrong, or `refused` where the reply asks to wait. */
  open(
    reply: FastifyReply,
    keys: ReceiptKeys,
    find: (keys: ReceiptKeys) => OpenedSubmission | null,
  ): Promise<OpenedSubmission | null | 'refused'>
}

/** One count over every way in. */
export function receiptTries(
  app: FastifyInstance,
  { submissions }: { submissions: Pick<Stores['submissions'], 'isGiven'> },
): ReceiptTries {
  const numbers = new WeakMap<FastifyRequest, string>()
  const limit = (max: number, keyOf?: (request: FastifyRequest) => string) =>
    app.createRateLimit({
      ...{ max, timeWindow: TRIES_WINDOW, cache: REMEMBERED },
      ...(keyOf && { keyGenerator: keyOf }),
    })
  const untold = limit(WRONG_TRIES.untold)
  const ofNumber = limit(WRONG_TRIES.ofNumber, (request) => {
    // Whoever goes through numbers that nobody has pushes no other out of what is remembered.
    const number = numbers.get(request)!
    return submissions.isGiven(number) ? number : ''
  })
  const used = async (request: FastifyRequest, guard: typeof untold) => {
    const status = await guard(request, { increment: false })
    return !status.isAllowed && status.isExceeded ? status.ttlInSeconds : null
  }
  const wait = (reply: FastifyReply, seconds: number) => {
    errorPage(reply.header('retry-after', seconds), 429)
    return 'refused' as const
  }
  return {
    async open(reply, keys, find) {
      const { request } = reply
      numbers.set(request, normaliseReceiptKey(keys.number).slice(0, LONGEST_NUMBER))
      const isGuessing = (await used(request, untold)) !== null
      const seconds = isGuessing ? await used(request, ofNumber) : null
      if (seconds !== null) return wait(reply, seconds)
      const found = find(keys)
      if (found) return found
      if (isGuessing) await ofNumber(request)
      const status = await untold(request)
      return !status.isAllowed && status.isExceeded ? wait(reply, status.ttlInSeconds) : null
    },
  }
}

const LONGEST_NUMBER = 20

function findReceipt({ submissions }: Stores, { number, code }: ReceiptKeys): OpenedSubmission | null {
  return submissions.opened(normaliseReceiptKey(number), normaliseConfirmationCode(code))
}

const WRONG =
  '受付番号または確認コードが正しくありません。受付票で2つとも確かめて、もう一度入力してください。'

function missingKeys(typed: ReceiptKeys): LookUpModel['errors'] {
  const [number, code] = [normaliseReceiptKey(typed.number), normaliseConfirmationCode(typed.code)]
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
