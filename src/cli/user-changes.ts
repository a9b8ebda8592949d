import { ROLE_IDS, ROLES, type User } from '../domain/record/staff.ts'
import { labelOf } from '../domain/text/choice.ts'
import { hashPassword, oneTimePassword } from '../office/password.ts'
import { LAST_ADMINISTRATOR, readLogin } from '../office/users.ts'
import { badInput, type Command, type CommandContext, failed } from './command.ts'
import { withStores } from './database.ts'

/** What /admin/users does, for whoever lost the last administrator: a line each. */

export const userList: Command = {
  usage: 'user list',
  async run(args, context) {
    if (args.length > 0) throw badInput('使い方：kakuho user list')
    const users = await withStores(context, ({ staff }) => staff.users())
    if (users.length === 0) context.print('利用者は登録されていません。')
    for (const user of users) context.print(lineOf(user))
  },
}

export const userDisable = ofOneUser('user disable LOGIN', async ({ login, by }, context) => {
  const outcome = await withStores(context, ({ staff }) => staff.disable(login, null, by))
  if (outcome === 'last-administrator') throw badInput(`${login}：${LAST_ADMINISTRATOR}`)
  context.print(
    outcome === 'already-disabled'
      ? `利用者は既に停止しています：${login}`
      : `利用者を停止しました：${login}（ログインできません）`,
  )
})

export const userEnable = ofOneUser('user enable LOGIN', async ({ login, by }, context) => {
  const outcome = await withStores(context, ({ staff }) => staff.enable(login, by))
  context.print(
    outcome === 'not-disabled'
      ? `利用者は停止していません：${login}`
      : `利用者の停止を解除しました：${login}`,
  )
})

/** For whoever has lost the password, the phone or both. */
export const userReset = ofOneUser('user reset LOGIN', async ({ login, by }, context) => {
  const password = oneTimePassword()
  const passwordHash = await hashPassword(password)
  const [outcome, hadSecondFactor] = await withStores(context, ({ staff, secondFactors }) => {
    const had = secondFactors.of(login) !== null
    return [staff.reset(login, { passwordHash, shown: null, withoutSecondFactor: true }, by), had] as const
  })
  if (outcome === 'disabled')
    throw failed(`${login}：停止中の利用者です。先に kakuho user enable ${login} で停止を解除してください。`)
  context.print(
    `パスワードを再発行しました：${login}　初回パスワード（次のログインで変更します）：${password}`,
  )
  if (hadSecondFactor) context.print('二段階認証も解除しました。本人は、ログインした後に設定し直します。')
})

const ROLE_USAGE = 'user role LOGIN ROLE'

export const userRole: Command = {
  usage: ROLE_USAGE,
  async run(args, context) {
    const [login, wanted] = args
    if (login === undefined || wanted === undefined || args.length > 2)
      throw badInput(`使い方：kakuho ${ROLE_USAGE}`)
    const role = ROLE_IDS.find((id) => id === wanted)
    if (!role) throw badInput('ROLE：admin、officer、viewer のいずれかを指定してください。')
    const { name } = await known(login, context)
    const by = { actor: 'cli', at: context.now() }
    const outcome = await withStores(context, ({ staff }) =>
      staff.change(readLogin(login), { name, role }, null, by),
    )
    if (outcome === 'last-administrator') throw badInput(`${login}：${LAST_ADMINISTRATOR}`)
    const label = labelOf(ROLES, role)
    context.print(
      outcome === 'unchanged'
        ? `権限は既に${label}です：${login}`
        : `権限を変更しました：${login}（${label}）`,
    )
  },
}

interface OneUser {
  login: string
  by: { actor: string; at: Date }
}

/** A command over one login that is there. */
function ofOneUser(usage: string, work: (user: OneUser, context: CommandContext) => Promise<void>): Command {
  return {
    usage,
    async run(args, context) {
      const [login] = args
      if (login === undefined || args.length > 1) throw badInput(`使い方：kakuho ${usage}`)
      const user = await known(login, context)
      await work({ login: user.login, by: { actor: 'cli', at: context.now() } }, context)
    },
  }
}

async function known(login: string, context: CommandContext): Promise<User> {
  const user = await withStores(context, ({ staff }) => staff.user(readLogin(login)))
  if (!user)
    throw badInput(`${login}：この利用者はいません。kakuho user list でログイン名を確認してください。`)
  return user
}

function lineOf({ login, name, role, disabledAt, mustChangePassword }: User): string {
  const state = disabledAt ? '停止中' : mustChangePassword ? '初回パスワードの変更待ち' : '利用中'
  return [login, name, `${role}（${labelOf(ROLES, role)}）`, state].join('\t')
}
