import { Secret, TOTP } from 'otpauth'
import { hashOfRecoveryCode, newSecret, sealSecret } from '../../src/office/second-factor.ts'
import type { TestApp } from './app.ts'
import type { OfficersBrowser } from './officer.ts'

/** What an authenticator app shows at that time. */
export function codeAt(secret: string, at: Date): string {
  return new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
    timestamp: at.getTime(),
  })
}

/** Somebody has it already. @returns the secret in the app */
export function addSecondFactor(
  { stores, receiptKey, now }: Pick<TestApp, 'stores' | 'receiptKey' | 'now'>,
  login: string,
  codes: readonly string[] = [],
): string {
  const secret = newSecret()
  const factor = { secret: sealSecret(secret, receiptKey), lastStep: 0, codes: codes.map(hashOfRecoveryCode) }
  stores.secondFactors.set(login, factor, { actor: login, at: now() })
  return secret
}

/** As an officer does it, with the app in hand. @returns the secret, and what the app shows a step later */
export async function setUpSecondFactor({ now }: Pick<TestApp, 'now'>, browser: OfficersBrowser) {
  const page = await browser.page('/admin/account/second-factor')
  const secret = page.querySelector('.second-factor__secret')!.textContent!.trim()
  const reply = await browser.post('/admin/account/second-factor', { code: codeAt(secret, now()) })
  const codes = [
    ...(await browser.page('/admin/account/recovery-codes')).querySelectorAll('.recovery-codes li'),
  ]
  return { secret, reply, codes: codes.map(({ textContent }) => textContent!.trim()) }
}
