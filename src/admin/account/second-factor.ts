import type { FastifyInstance, FastifyReply } from 'fastify'
import { type QrCode, qrCodeOf } from '../../files/letters/qr-code.ts'
import {
  appAddress,
  hashOfRecoveryCode,
  newRecoveryCodes,
  newSecret,
  sealSecret,
  stepOf,
} from '../../office/second-factor.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { heldBack, officerOf, startSession } from '../session/officer.ts'
import { sealed, unsealed } from '../session/sealed.ts'
import { throttle } from '../session/throttle.ts'
import { waitingPage } from '../session/waiting.ts'

interface SecondFactorModel {
  picture: QrCode
  /** In groups of four, to be typed. */
  secret: string
  error: string | null
  errorSummary: ErrorLine[]
  /** Nothing else is open before. */
  isHeldBack: boolean
  /** Another phone takes the place of the one before. */
  isReplaced: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/account/second-factor': SecondFactorModel
  }
}

/** 二段階認証の設定: the secret as a picture and to be typed, and a first code that shows that the app has it. */
export function secondFactorRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { stores, now, receiptKey, sessionSecret } = options
  const tries = throttle(options)
  const config = { role: 'viewer', withoutSecondFactor: true, proven: true } as const
  const toSet = { config: { ...config, act: '二段階認証の設定' } } as const

  function show(reply: FastifyReply, secret: string, error: string | null = null): FastifyReply {
    const { request } = reply
    const { login } = officerOf(request)
    // What stands in the list of the app; the other surveys of a later year have their own.
    const issuer = `${request.site.place.name} ${request.site.isRehearsal ? '（試験）' : ''}サイバー確保事業`
    return adminPage(reply, 'admin/account/second-factor', {
      picture: qrCodeOf(appAddress(secret, { login, issuer })),
      secret: secret.match(/.{1,4}/g)!.join(' '),
      error,
      errorSummary: errorLines({ code: error }),
      isHeldBack: heldBack(request) === 'second-factor',
      isReplaced: stores.secondFactors.of(login) !== null,
    })
  }

  app.get('/account/second-factor', { config }, async (request, reply) => {
    const kept = request.session.newFactor
    const secret = kept ? unsealed(kept.secret, sessionSecret) : newSecret()
    if (!kept) request.session.newFactor = { secret: sealed(secret, sessionSecret) }
    return show(reply, secret)
  })

  app.post('/account/second-factor', toSet, async (request, reply) => {
    const kept = request.session.newFactor
    if (!kept) return reply.redirect('/admin/account/second-factor', 303)
    const { login } = officerOf(request)
    const counted = tries.own(login)
    if (counted.wait > 0) return waitingPage(reply, counted.wait)
    const secret = unsealed(kept.secret, sessionSecret)
    const step = stepOf(secret, fieldsOf(request.body).get('code'), now())
    if (step === null) return show(reply.code(422), secret, WRONG)
    counted.succeeded()
    const codes = newRecoveryCodes()
    stores.secondFactors.set(
      login,
      { secret: sealSecret(secret, receiptKey), lastStep: step, codes: codes.map(hashOfRecoveryCode) },
      { actor: login, at: now() },
    )
    const { before } = request.session.staff!
    await startSession(request, stores.staff.byLogin(login)!, now(), { ...(before && { before }) })
    request.session.madeCodes = { codes: sealed(codes.join(' '), sessionSecret) }
    return reply.redirect('/admin/account/recovery-codes', 303)
  })
}

const WRONG =
  '認証コードが正しくありません。認証アプリに表示されている6桁の数字を入力してください。正しく入力しても続く場合は、スマートフォンの時刻が合っているか確認してください。'
