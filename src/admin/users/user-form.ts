import { ROLES, type Role, type User } from '../../domain/record/staff.ts'
import { type Choice, labelOf } from '../../domain/text/choice.ts'
import { dateText } from '../../domain/text/dates.ts'
import type { TypedUser } from '../../office/users.ts'
import { fieldsOf } from '../../web/fields.ts'
import { link, tag } from '../list/cell.ts'
import type { Column } from '../list/table.ts'

/** What each role may do, where somebody chooses one. */
export const ROLE_CHOICES: readonly (Choice<Role> & { note: string })[] = [
  { id: 'admin', note: '利用者と設定の管理、確定した選定のやり直しを含む、すべての操作' },
  { id: 'officer', note: '回答の確認、病院台帳、選定基準、選定の確定などの日々の仕事' },
  { id: 'viewer', note: '閲覧とファイルの保存（内容の変更、送信はできません）' },
].map(({ id, note }) => {
  const role = ROLES.find((each) => each.id === id)!
  return { ...role, note }
})

export function typedUser(body: unknown): TypedUser {
  const fields = fieldsOf(body)
  return { login: fields.get('login'), name: fields.get('name'), role: fields.get('role') }
}

/** A user as every page of them says it. */
export interface UserLine {
  login: string
  name: string
  roleLabel: string
  /** 利用中, 初回パスワードの変更待ち, 停止中（令和6年4月1日（月）から） */
  state: { tone: 'ok' | 'warn' | 'muted'; text: string; note: string }
  added: string
  /** 二段階認証 */
  hasSecondFactor: boolean
  href: string
  /** Whoever reads this. */
  isSelf: boolean
}

export function userLine(user: User, self: string, secondFactors: ReadonlySet<string>): UserLine {
  const { login, name, role, createdAt } = user
  return {
    login,
    name,
    roleLabel: labelOf(ROLES, role),
    state: stateOf(user),
    added: dateText(createdAt),
    hasSecondFactor: secondFactors.has(login),
    href: userPath(login),
    isSelf: login === self,
  }
}

function stateOf({ disabledAt, mustChangePassword }: User): UserLine['state'] {
  if (disabledAt) return { tone: 'muted', text: '停止中', note: `${dateText(disabledAt)}から` }
  return mustChangePassword
    ? { tone: 'warn', text: '初回パスワードの変更待ち', note: '' }
    : { tone: 'ok', text: '利用中', note: '' }
}

export const USER_COLUMNS: readonly Column<UserLine>[] = [
  {
    header: '氏名',
    cell: ({ name, href, isSelf }) => link(isSelf ? `${name}（自分）` : name, href),
    look: 'name',
  },
  { header: 'ログイン名', value: ({ login }) => login, look: 'mono' },
  { header: '権限', value: ({ roleLabel }) => roleLabel },
  {
    header: '状態',
    cell: ({ state }) => [tag(state.tone, state.text), { kind: 'text', text: state.note }],
    card: 'below',
  },
  { header: '二段階認証', value: ({ hasSecondFactor }) => (hasSecondFactor ? '設定済み' : '未設定') },
  { header: '登録した日', value: ({ added }) => added, look: 'keep' },
]

export function userPath(login: string): string {
  return `/admin/users/${encodeURIComponent(login)}`
}
