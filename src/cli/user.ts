import { parseArgs } from 'node:util'
import type { Stores } from '../db/stores.ts'
import { LOGIN_PATTERN, ROLE_IDS, ROLES, type Role } from '../domain/record/staff.ts'
import { labelOf } from '../domain/text/choice.ts'
import { hashPassword, oneTimePassword, passwordProblem } from '../office/password.ts'
import { badInput, type Command, type CommandContext } from './command.ts'
import { withNewStores } from './database.ts'

const USAGE = 'user add LOGIN --role admin|officer|viewer [--name 表示名] [--password-stdin]'

export const userAdd: Command = {
  usage: USAGE,
  async run(args, context) {
    const { login, name, role, given } = parse(args)
    const password = await withNewStores(context, async (stores) => {
      const chosen = given ? await typedPassword({ login, name }, context, stores) : oneTimePassword()
      const passwordHash = await hashPassword(chosen)
      const user = { login, name, role, passwordHash, mustChangePassword: !given }
      if (stores.staff.add(user, { actor: 'cli', at: context.now() }) === 'login-taken')
        throw badInput(`ログイン名「${login}」は既に使われています。別の名前にしてください。`)
      return chosen
    })
    context.print(`利用者を登録しました：${login}（${labelOf(ROLES, role)}）`)
    if (!given) context.print(`初回パスワード（最初のログインで変更します）：${password}`)
  },
}

function parse(args: string[]): { login: string; name: string; role: Role; given: boolean } {
  const { values, positionals } = read(args)
  const [login] = positionals
  if (login === undefined || positionals.length > 1) throw badInput(`使い方：kakuho ${USAGE}`)
  if (!LOGIN_PATTERN.test(login)) {
    throw badInput('LOGIN：半角の英小文字・数字・「.」「_」「-」で、2文字以上32文字以内にしてください。')
  }
  const role = ROLE_IDS.find((id) => id === values.role)
  if (!role) throw badInput('--role：admin、officer、viewer のいずれかを指定してください。')
  return { login, name: values.name?.trim() || login, role, given: values['password-stdin'] === true }
}

function read(args: string[]) {
  try {
    const options = {
      role: { type: 'string' },
      name: { type: 'string' },
      'password-stdin': { type: 'boolean' },
    } as const
    return parseArgs({ args, options, allowPositionals: true })
  } catch {
    throw badInput(`使い方：kakuho ${USAGE}`)
  }
}

/** By the same rule as on a page. */
async function typedPassword(
  owner: { login: string; name: string },
  { readStdin }: CommandContext,
  { settings }: Stores,
): Promise<string> {
  const password = (await readStdin()).replace(/\r?\n$/, '')
  const problem = await passwordProblem(password, { ...owner, settings: settings.read() })
  if (problem !== null) throw badInput(`標準入力のパスワード：${problem.replace('新しい', '')}`)
  return password
}
