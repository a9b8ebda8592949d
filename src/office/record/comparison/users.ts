import type { AuditValue } from '../../../domain/record/audit.ts'
import { ROLES, type User } from '../../../domain/record/staff.ts'
import { type Comparison, contradiction, type Fact } from './facts.ts'

interface Recorded {
  role: string
  isDisabled: boolean
  /** Null where nobody has been renamed since: the record has the name of nobody who was just added. */
  name: string | null
}

/** Whoever may log in was added, with the rights that were given last. */
export const usersAgainstRecord: Comparison = ({ staff, signingKeys }) => {
  const users = staff.users()
  // Programs of before there was a key had no act for it: whoever was stopped was stopped in the database itself.
  const since = signingKeys.all()[0]?.createdAt ?? null
  return (facts) => {
    const recorded = new Map<string, Recorded>()
    let begun: Date | null = null
    for (const fact of facts) {
      const { at, action, subject, detail } = fact
      if (action === 'staff.added') recorded.set(subject, added(detail.text('role'), false))
      else if (action !== 'survey.begun')
        Object.assign(recorded.get(subject) ?? {}, AFTERWARDS[action]?.(fact))
      else if (detail.object('users') === null) begun = at
      else
        for (const [login, user] of Object.entries(detail.object('users')!))
          recorded.set(login, carriedOver(user))
    }
    return contradiction('利用者', differences(users, recorded, { begun, since }))
  }
}

function added(role: string, isDisabled: boolean): Recorded {
  return { role, isDisabled, name: null }
}

function carriedOver(user: AuditValue): Recorded {
  const { role, disabled } = Object(user) as { role?: unknown; disabled?: unknown }
  return added(String(role), disabled === true)
}

/** What an act makes of the user whom it is about. */
const AFTERWARDS: Readonly<Record<string, (fact: Fact) => Partial<Recorded>>> = {
  'staff.role-changed': ({ detail }) => ({ role: detail.text('after') }),
  'staff.renamed': ({ detail }) => ({ name: detail.text('after') }),
  'staff.disabled': () => ({ isDisabled: true }),
  'staff.enabled': () => ({ isDisabled: false }),
}

interface Before {
  /** When an earlier program began the edition; null where none did, or it is on the record who came over. */
  begun: Date | null
  /** When the signing key was made. */
  since: Date | null
}

function* differences(
  users: readonly User[],
  recorded: ReadonlyMap<string, Recorded>,
  before: Before,
): Generator<string> {
  for (const user of users) {
    const known = recorded.get(user.login)
    if (known) yield* userDifferences(user, known, before)
    // Earlier programs did not write down who came over from the edition before.
    else if (before.begun === null || user.createdAt > before.begun)
      yield `利用者「${user.login}」を追加した記録がありません。`
  }
  const there = new Set(users.map(({ login }) => login))
  for (const login of recorded.keys())
    if (!there.has(login)) yield `記録のある利用者「${login}」が、失われています。`
}

function* userDifferences(
  { login, name, role, disabledAt }: User,
  known: Recorded,
  { since }: Before,
): Generator<string> {
  if (known.role !== role)
    yield `利用者「${login}」の権限が、記録と異なります。現在は${roleLabel(role)}ですが、記録では${roleLabel(known.role)}です。`
  const isOfBefore = disabledAt !== null && since !== null && disabledAt < since
  if (known.isDisabled !== (disabledAt !== null) && !isOfBefore)
    yield `利用者「${login}」は、現在は${standing(disabledAt !== null)}ですが、記録では${standing(known.isDisabled)}です。`
  if (known.name !== null && known.name !== name)
    yield `利用者「${login}」の氏名が、記録と異なります。現在は「${name}」ですが、記録では「${known.name}」です。`
}

function roleLabel(id: string): string {
  return ROLES.find((role) => role.id === id)?.label ?? id
}

function standing(isDisabled: boolean): string {
  return isDisabled ? '停止中' : '利用できる状態'
}
