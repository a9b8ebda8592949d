import { hash, type Options, verify } from '@node-rs/argon2'
import { PASSWORD_LIMITS } from '../domain/record/staff.ts'
import { romajiOf } from '../domain/survey/prefecture-romaji.ts'
import type { Settings } from '../domain/survey/settings.ts'
import { normalForm } from '../domain/text/normal-form.ts'
import { within } from '../domain/text/text.ts'
import { isEasilyGuessed } from './password-strength.ts'
import { readableText } from './readable-text.ts'
import { NoRoom, turns } from './turns.ts'

/** Argon2id at OWASP's first recommendation: 19 MiB, two passes, one thread. */
export const COST: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** A flood of logins takes two of the threads that files are read by, and the memory of two. */
const verifications = turns({ atOnce: 2, waiting: 24 })

/** @returns the encoded argon2id hash, with its salt and cost, as it is stored */
export function hashPassword(password: string): Promise<string> {
  return hash(normalisePassword(password), COST)
}

/**
 * @param first whoever is known goes before everybody else
 * @throws NoRoom where too many wait already
 */
export function verifyPassword(
  passwordHash: string,
  password: string,
  { first = false } = {},
): Promise<boolean> {
  return verifications.take(() => verify(passwordHash, normalisePassword(password)), { first })
}

/** Asked before a try is counted: what could not be looked at is no failure. @throws NoRoom */
export function requireRoom({ first }: { first: boolean }): void {
  if (!verifications.hasRoom({ first })) throw new NoRoom()
}

export function oneTimePassword(): string {
  return readableText(16)
}

/** Whose password it is, and in which survey. */
export interface PasswordOwner {
  /** '' where none is given yet. */
  login: string
  name: string
  settings: Pick<Settings, 'prefecture' | 'prefectureCode'>
}

/** The one rule for every password that somebody chooses. @returns what is wrong with it and what to do, in Japanese; null when it may be used */
export async function passwordProblem(
  password: string,
  { login, name, settings }: PasswordOwner,
): Promise<string | null> {
  const normal = normalisePassword(password)
  const length = [...normal].length
  const { min, max } = PASSWORD_LIMITS
  if (length === 0) return '新しいパスワードを入力してください。'
  if (length < min) return `新しいパスワードは${min}文字以上にしてください（現在${length}文字）。`
  if (length > max) return `新しいパスワードは${max}文字以内にしてください（現在${length}文字）。`
  if (new Set(normal).size === 1)
    return '同じ文字だけのパスワードは使えません。別のパスワードにしてください。'
  if (login !== '' && normal.toLowerCase().includes(login))
    return 'ログイン名を含むパスワードは使えません。別のパスワードにしてください。'
  return (await isEasilyGuessed(normal, ownWords(name, settings))) ? EASY : null
}

/** Said beside the field where one is chosen. */
export const PASSWORD_HINT = `${PASSWORD_LIMITS.min}文字以上${PASSWORD_LIMITS.max}文字以内で入力してください。関係のない言葉をいくつか並べると、覚えやすく、安全です。よく使われるパスワードや、ログイン名を含むものは使えません。`

/** One that was set when fewer characters were enough: it opens once more, to be changed. */
export function isTooShort(password: string): boolean {
  return [...normalisePassword(password)].length < PASSWORD_LIMITS.min
}

const EASY =
  'このパスワードは推測されやすいため、使えません（よく使われるパスワード、並び順や繰返し、調査や都道府県の名前、氏名など）。関係のない言葉をいくつか並べるなど、別のパスワードにしてください。'

function ownWords(name: string, { prefecture, prefectureCode }: PasswordOwner['settings']): string[] {
  const place = prefecture.replace(/[都道府県]$/u, '')
  return [
    'kakuho',
    'cyber',
    'security',
    romajiOf(prefectureCode),
    prefecture,
    place,
    ...name.split(/\s+/u),
  ].filter((word) => word !== '')
}

/** Keyboards differ in how they compose the same character (NIST SP 800-63B, 5.1.1.2). */
const normalisePassword = within(PASSWORD_LIMITS.max, (password) => normalForm(password, 'NFKC'))
