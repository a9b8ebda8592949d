import { createHash } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { SecondFactorStore } from '../db/second-factors.ts'
import { normalForm } from '../domain/text/normal-form.ts'
import { within } from '../domain/text/text.ts'
import { readableText } from './readable-text.ts'
import { seal, sealingKey, unseal } from './sealing.ts'

/** 二段階認証: codes of six digits by the time (RFC 6238), as every authenticator app makes them, and the codes for an emergency. */

export const PERIOD = 30
export const DIGITS = 6
/** Clocks of phones are off by a little: the step before and the one after are taken too. */
const DRIFT = 1
/** By RFC 4226, section 4. */
const SECRET_BYTES = 20
export const RECOVERY_CODES = 10

/** In base32, as it is typed where no picture can be taken. */
export function newSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32
}

/** What the picture tells the app. @param issuer what the app calls it by */
export function appAddress(secret: string, { login, issuer }: { login: string; issuer: string }): string {
  return totpOf(secret, { login, issuer }).toString()
}

/** @returns the step of time whose code it is; null where it is of none that may be taken now */
export function stepOf(secret: string, code: string, at: Date): number | null {
  const token = readCode(code)
  if (!/^\d{6}$/.test(token)) return null
  const timestamp = at.getTime()
  const delta = totpOf(secret).validate({ token, timestamp, window: DRIFT })
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD) + delta
}

/** Digits as they were typed: ｌ２３ ４５６ is 123456. */
const readCode = within(64, (text) => normalForm(text, 'NFKC').replace(/[\s-]/gu, '').toLowerCase())

function totpOf(secret: string, { login = '', issuer = '' } = {}): TOTP {
  const options = { algorithm: 'SHA1', digits: DIGITS, period: PERIOD, secret: Secret.fromBase32(secret) }
  return new TOTP({ ...options, label: login || 'kakuho', issuer })
}

export function sealSecret(secret: string, receiptKey: Uint8Array): string {
  return seal(secret, sealingKey(receiptKey, PURPOSE))
}

/** Null where it was sealed by another installation's key: no code of the app opens it any more. */
function unsealSecret(sealed: string, receiptKey: Uint8Array): string | null {
  try {
    return unseal(sealed, sealingKey(receiptKey, PURPOSE))
  } catch {
    return null
  }
}

const PURPOSE = 'kakuho second factor 1'

/** 120 bits each: what is stored of them needs no slow hash, as nobody tries so many. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: 6 }, () => readableText(4)).join('-'),
  )
}

export function hashOfRecoveryCode(code: string): string {
  return createHash('sha256')
    .update(`kakuho recovery ${readCode(code)}`)
    .digest('base64url')
}

type CodeOutcome = 'right' | 'wrong' | { codesLeft: number }

/** What was typed in the second step of the login: a code of the app, or one of those for an emergency. */
export function takeCode(
  secondFactors: SecondFactorStore,
  typed: string,
  { login, at, receiptKey }: { login: string; at: Date; receiptKey: Uint8Array },
): CodeOutcome {
  const factor = secondFactors.of(login)
  if (!factor) return 'wrong'
  const secret = unsealSecret(factor.secret, receiptKey)
  const step = secret === null ? null : stepOf(secret, typed, at)
  if (step !== null) return secondFactors.takeStep(login, step) ? 'right' : 'wrong'
  const codesLeft = secondFactors.takeRecoveryCode(login, hashOfRecoveryCode(typed), { actor: login, at })
  return codesLeft === null ? 'wrong' : { codesLeft }
}
