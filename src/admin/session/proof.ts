import type { FastifyInstance, FastifyReply } from 'fastify'
import type { AnswerLine } from '../../domain/answer/lines.ts'
import { verifyPassword } from '../../office/password.ts'
import { takeCode } from '../../office/second-factor.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { WRONG_CODE } from './code.ts'
import { recordLogin } from './finish-login.ts'
import { localPath } from './next.ts'
import { officerOf, renewSession } from './officer.ts'
import { throttle } from './throttle.ts'
import { unsentLines } from './unsent.ts'
import { waitingPage } from './waiting.ts'

interface ProofErrors {
  current?: string
  code?: string
}

interface ProofModel {
  next: string
  errors: ProofErrors
  errorSummary: ErrorLine[]
  /** Whether a code is asked for as well. */
  hasSecondFactor: boolean
  /** What was sent and waits: what it is called, and what it is about. */
  waiting: { act: string; lines: AnswerLine[] } | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/session/proof': ProofModel
  }
}

/** 本人の確認: the password once more, and the code where there is one, before what cannot be taken back. */
export function proofRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, receiptKey } = options
  const tries = throttle(options)
  const forEveryone = { config: { role: 'viewer', withoutSecondFactor: true } } as const

  function show(reply: FastifyReply, next: string, errors: ProofErrors = {}): FastifyReply {
    const { unsent } = reply.request.session
    return adminPage(reply, 'admin/session/proof', {
      next,
      errors,
      errorSummary: errorLines({ ...errors }),
      hasSecondFactor: stores.secondFactors.of(officerOf(reply.request).login) !== null,
      waiting: unsent ? { act: unsent.act, lines: unsentLines(stores, unsent) } : null,
    })
  }

  app.get('/proof', forEveryone, async (request, reply) =>
    show(reply, localPath(fieldsOf(request.query).get('next'))),
  )

  app.post('/proof', forEveryone, async (request, reply) => {
    const { login } = officerOf(request)
    const fields = fieldsOf(request.body)
    const next = localPath(fields.get('next'))
    const counted = tries.own(login)
    if (counted.wait > 0) return waitingPage(reply, counted.wait)
    const { passwordHash } = stores.staff.byLogin(login)!
    const isRight = await verifyPassword(passwordHash, fields.get('current'), { first: true })
    // A code is used up only together with the right password; and whoever knows the password guesses it no more often
    // here than at the login.
    const ofCode = isRight && stores.secondFactors.of(login) !== null ? tries.code(request, login) : null
    if (ofCode && ofCode.wait > 0) return waitingPage(reply, ofCode.wait)
    const isCodeRight = () =>
      ofCode === null ||
      takeCode(stores.secondFactors, fields.get('code'), { login, at: now(), receiptKey }) !== 'wrong'
    const errors: ProofErrors = isRight ? (isCodeRight() ? {} : { code: WRONG_CODE }) : { current: WRONG }
    if (Object.keys(errors).length > 0) {
      recordLogin(request, options, 'login.proof-failed', login)
      return show(reply.code(422), next, errors)
    }
    counted.succeeded()
    ofCode?.succeeded()
    await renewSession(request, now())
    recordLogin(request, options, 'login.proven', login)
    return reply.redirect(next, 303)
  })
}

const WRONG = 'パスワードが正しくありません。入力し直してください。'
