import { and, count, eq, isNull, ne } from 'drizzle-orm'
import type { AuditValue } from '../domain/record/audit.ts'
import type { Role } from '../domain/record/staff.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import type { Transaction } from './open.ts'
import { staff } from './schema.ts'
import { removeSecondFactor } from './second-factors.ts'

/** What becomes of a login once it is there. One administrator who may log in always stays. */

/** What the form of a user says. */
export interface UserChange {
  name: string
  role: Role
}

export function changeUser(
  tx: Transaction,
  login: string,
  { name, role }: UserChange,
  shown: UserChange | null,
  by: Act,
): 'changed' | 'unchanged' | 'unknown' | 'last-administrator' | 'changed-meanwhile' {
  const known = rowOf(tx, login)
  if (!known) return 'unknown'
  if (known.name === name && known.role === role) return 'unchanged'
  if (shown && (shown.name !== known.name || shown.role !== known.role)) return 'changed-meanwhile'
  if (role !== 'admin' && isLastAdministrator(tx, known)) return 'last-administrator'
  if (name !== known.name) {
    tx.update(staff).set({ name }).where(eq(staff.login, login)).run()
    record(tx, 'staff.renamed', login, by, { before: known.name, after: name })
  }
  if (role !== known.role) {
    tx.update(staff)
      .set({ role, epoch: known.epoch + 1 })
      .where(eq(staff.login, login))
      .run()
    record(tx, 'staff.role-changed', login, by, { before: known.role, after: role })
  }
  return 'changed'
}

/** @param shown the epoch as the page of the act showed it: others have not acted in between */
export function disableUser(
  tx: Transaction,
  login: string,
  shown: number | null,
  by: Act,
): 'disabled' | 'already-disabled' | 'unknown' | 'last-administrator' | 'changed-meanwhile' {
  const known = rowOf(tx, login)
  if (!known) return 'unknown'
  if (known.disabledAt) return 'already-disabled'
  if (shown !== null && shown !== known.epoch) return 'changed-meanwhile'
  if (isLastAdministrator(tx, known)) return 'last-administrator'
  tx.update(staff)
    .set({ disabledAt: by.at, epoch: known.epoch + 1 })
    .where(eq(staff.login, login))
    .run()
  record(tx, 'staff.disabled', login, by)
  return 'disabled'
}

export function enableUser(tx: Transaction, login: string, by: Act): 'enabled' | 'not-disabled' | 'unknown' {
  const known = rowOf(tx, login)
  if (!known) return 'unknown'
  if (!known.disabledAt) return 'not-disabled'
  tx.update(staff).set({ disabledAt: null }).where(eq(staff.login, login)).run()
  record(tx, 'staff.enabled', login, by)
  return 'enabled'
}

/** Another password, to be changed at the next login. */
export interface NewPassword {
  passwordHash: string
  shown: number | null
  /** Whoever has lost the phone as well: the second factor is taken off. */
  withoutSecondFactor?: boolean
}

export function resetUser(
  tx: Transaction,
  login: string,
  { passwordHash, shown, withoutSecondFactor = false }: NewPassword,
  by: Act,
): 'reset' | 'disabled' | 'unknown' | 'changed-meanwhile' {
  const known = rowOf(tx, login)
  if (!known) return 'unknown'
  if (known.disabledAt) return 'disabled'
  if (shown !== null && shown !== known.epoch) return 'changed-meanwhile'
  const set = { passwordHash, mustChangePassword: true, epoch: known.epoch + 1 }
  tx.update(staff).set(set).where(eq(staff.login, login)).run()
  record(tx, 'staff.password-reset', login, by)
  if (withoutSecondFactor) removeSecondFactor(tx, login, by)
  return 'reset'
}

/** Of somebody who has lost what makes the codes. @param shown the epoch as the page of the act showed it */
export function takeOffSecondFactor(
  tx: Transaction,
  login: string,
  shown: number | null,
  by: Act,
): 'removed' | 'none' | 'changed-meanwhile' {
  const known = rowOf(tx, login)
  if (!known) return 'none'
  if (shown !== null && shown !== known.epoch) return 'changed-meanwhile'
  return removeSecondFactor(tx, login, by) ? 'removed' : 'none'
}

type Row = typeof staff.$inferSelect

function rowOf(tx: Transaction, login: string): Row | undefined {
  return tx.select().from(staff).where(eq(staff.login, login)).get()
}

/** Asked within the transaction: of two who take away each other's rights at once, the second is refused. */
function isLastAdministrator(tx: Transaction, { login, role, disabledAt }: Row): boolean {
  if (role !== 'admin' || disabledAt) return false
  const others = and(eq(staff.role, 'admin'), isNull(staff.disabledAt), ne(staff.login, login))
  return tx.select({ n: count() }).from(staff).where(others).get()!.n === 0
}

function record(
  tx: Transaction,
  action: string,
  subject: string,
  { actor, at }: Act,
  detail: Record<string, AuditValue> = {},
): void {
  appendAudit(tx, { at, actor, action, subject, detail })
}
