import { randomInt } from 'node:crypto'
import { hash, type Options, verify } from '@node-rs/argon2'
import { PASSWORD_LIMITS } from '../domain/record/staff.ts'
import { normalForm } from '../domain/text/normal-form.ts'
import { within } from '../domain/text/text.ts'

/** Argon2id at OWASP's first recommendation: 19 MiB, two passes, one thread. */
const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** @returns the encoded argon2id hash, with its salt and cost, as it is stored */
export function hashPassword(password: string): Promise<string> {
  return hash(normalisePassword(password), COST)
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, normalisePassword(password))
}

/** Of letters and digits that nobody takes for another when it is read out or copied from paper. */
export function oneTimePassword(): string {
  return Array.from({ length: 16 }, () => READABLE[randomInt(READABLE.length)]!).join('')
}

const READABLE = 'abcdefghijkmnpqrstuvwxyz23456789'

/** @returns what is wrong with a new password, in Japanese, saying what to do; null when it may be used */
export function passwordProblem(password: string, { login }: { login: string }): string | null {
  const length = [...normalisePassword(password)].length
  const { min, max } = PASSWORD_LIMITS
  if (length === 0) return '新しいパスワードを入力してください。'
  if (length < min) return `新しいパスワードは${min}文字以上にしてください（現在${length}文字）。`
  if (length > max) return `新しいパスワードは${max}文字以内にしてください（現在${length}文字）。`
  if (new Set(normalisePassword(password)).size === 1)
    return '同じ文字だけのパスワードは使えません。別のパスワードにしてください。'
  if (password.toLowerCase().includes(login))
    return 'ログイン名を含むパスワードは使えません。別のパスワードにしてください。'
  return null
}

/** Keyboards differ in how they compose the same character (NIST SP 800-63B, 5.1.1.2). */
const normalisePassword = within(PASSWORD_LIMITS.max, (password) => normalForm(password, 'NFKC'))
