import { LOGIN_PATTERN, LONGEST_NAME, ROLE_IDS, type Role } from '../domain/record/staff.ts'
import { normalForm } from '../domain/text/normal-form.ts'
import { lengthProblem, normaliseText, within } from '../domain/text/text.ts'

/** Who is to be added or changed, as it was typed. */
export interface TypedUser {
  login: string
  name: string
  role: string
}

export type UserErrors = Partial<Record<keyof TypedUser, string>>

/** A login as everybody types it: lower-case ASCII, however the keyboard was set. Thirty-two characters at most. */
export const readLogin = within(32, (text) => normalForm(text, 'NFKC').trim().toLowerCase())

/** @returns one message a wrong field */
export function readUser(
  typed: TypedUser,
): { ok: true; user: { login: string; name: string; role: Role } } | { ok: false; errors: UserErrors } {
  const login = readLogin(typed.login)
  const name = readName(typed.name)
  const role = ROLE_IDS.find((id) => id === typed.role)
  const problem = nameProblem(name)
  const errors: UserErrors = {
    ...(problem === null ? {} : { name: problem }),
    ...(LOGIN_PATTERN.test(login) ? {} : { login: login === '' ? LOGIN_MISSING : LOGIN_WRONG }),
    ...(role ? {} : { role: '権限を選択してください。' }),
  }
  return role && Object.keys(errors).length === 0
    ? { ok: true, user: { login, name, role } }
    : { ok: false, errors }
}

const readName = within(LONGEST_NAME, normaliseText)

const LOGIN_MISSING = 'ログイン名を入力してください。'
const LOGIN_WRONG =
  'ログイン名は、半角の英小文字・数字・「.」「_」「-」を使い、英小文字か数字で始めて、2文字以上32文字以内にしてください。'

function nameProblem(name: string): string | null {
  return name === '' ? '氏名を入力してください。' : lengthProblem('氏名', name, LONGEST_NAME)
}

export const LOGIN_TAKEN =
  'このログイン名は、既に使われています。別のログイン名にしてください（停止した利用者のログイン名も使えません）。'

export const LAST_ADMINISTRATOR =
  'ログインできる管理者がいなくなるため、変更していません。先に、ほかの利用者を管理者にしてください。'
