import { and, asc, count, eq, isNull } from 'drizzle-orm'
import type { Role, Staff, User } from '../domain/record/staff.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { prepared, value } from './prepared.ts'
import { staff } from './schema.ts'
import {
  changeUser,
  disableUser,
  enableUser,
  type NewPassword,
  resetUser,
  takeOffSecondFactor,
  type UserChange,
} from './staff-changes.ts'

export type StaffStore = ReturnType<typeof staffStore>

export interface NewStaff {
  login: string
  name: string
  role: Role
  passwordHash: string
  mustChangePassword: boolean
}

/** What a session hangs on: when either changes, every session begun before is over. */
export interface Credential {
  passwordHash: string
  epoch: number
}

const rowByLogin = prepared((db) =>
  db
    .select()
    .from(staff)
    .where(eq(staff.login, value('login')))
    .prepare(),
)

export function staffStore(db: Db) {
  return {
    count: (): number => db.select({ n: count() }).from(staff).get()!.n,

    all: (): Staff[] => db.select().from(staff).orderBy(asc(staff.login)).all().map(toStaff),

    /** Everybody who is or was one, by their logins' order. */
    users: (): User[] => db.select().from(staff).orderBy(asc(staff.login)).all().map(toUser),

    user(login: string): User | null {
      const row = rowByLogin(db).get({ login })
      return row ? toUser(row) : null
    },

    /** Whether nobody at all may log in, as in a file just made. */
    isNobodyHere: (): boolean => isNobodyHere(db),

    /** What those are called who may give others their rights, by their logins' order. */
    administrators: (): string[] =>
      db
        .select({ name: staff.name })
        .from(staff)
        .where(and(eq(staff.role, 'admin'), isNull(staff.disabledAt)))
        .orderBy(asc(staff.login))
        .all()
        .map(({ name }) => name),

    /** Null for an unknown or a disabled login. */
    byLogin(login: string): (Staff & Credential) | null {
      const row = rowByLogin(db).get({ login })
      return row && !row.disabledAt
        ? { ...toStaff(row), passwordHash: row.passwordHash, epoch: row.epoch }
        : null
    },

    add: (user: NewStaff, by: Act): 'added' | 'login-taken' => immediately(db, (tx) => add(tx, user, by)),

    /** The first administrator, who is nobody's to add: only while nobody may log in. */
    addFirst: (user: NewStaff, at: Date): 'added' | 'login-taken' | 'somebody-is-here' =>
      immediately(db, (tx) =>
        isNobodyHere(tx) ? add(tx, user, { actor: user.login, at }, { first: true }) : 'somebody-is-here',
      ),

    /** Of a form what was changed on it, unless it is no longer as it was shown. */
    change: (login: string, change: UserChange, shown: UserChange | null, by: Act) =>
      immediately(db, (tx) => changeUser(tx, login, change, shown, by)),

    /** Nobody logs in by it any more, and whoever is logged in is not. */
    disable: (login: string, shown: number | null, by: Act) =>
      immediately(db, (tx) => disableUser(tx, login, shown, by)),

    enable: (login: string, by: Act) => immediately(db, (tx) => enableUser(tx, login, by)),

    reset: (login: string, password: NewPassword, by: Act) =>
      immediately(db, (tx) => resetUser(tx, login, password, by)),

    takeOffSecondFactor: (login: string, shown: number | null, by: Act) =>
      immediately(db, (tx) => takeOffSecondFactor(tx, login, shown, by)),

    /** @returns false where the login is no longer what it was when the old password was looked at */
    changePassword: (login: string, passwordHash: string, known: Credential, { actor, at }: Act): boolean =>
      immediately(db, (tx) => {
        const same = and(
          eq(staff.login, login),
          eq(staff.passwordHash, known.passwordHash),
          eq(staff.epoch, known.epoch),
          isNull(staff.disabledAt),
        )
        const set = { passwordHash, mustChangePassword: false }
        if (tx.update(staff).set(set).where(same).run().changes === 0) return false
        appendAudit(tx, { at, actor, action: 'staff.password-changed', subject: login, detail: {} })
        return true
      }),
  }
}

function add(
  tx: Transaction,
  user: NewStaff,
  { actor, at }: Act,
  detail: { first?: true } = {},
): 'added' | 'login-taken' {
  const inserted = tx
    .insert(staff)
    .values({ ...user, createdAt: at })
    .onConflictDoNothing()
    .run()
  if (inserted.changes === 0) return 'login-taken'
  appendAudit(tx, {
    at,
    actor,
    action: 'staff.added',
    subject: user.login,
    detail: { role: user.role, ...detail },
  })
  return 'added'
}

function isNobodyHere(db: Db | Transaction): boolean {
  return db.select({ n: count() }).from(staff).where(isNull(staff.disabledAt)).get()!.n === 0
}

function toStaff({ login, name, role, mustChangePassword }: typeof staff.$inferSelect): Staff {
  return { login, name, role, mustChangePassword }
}

function toUser(row: typeof staff.$inferSelect): User {
  return { ...toStaff(row), disabledAt: row.disabledAt, createdAt: row.createdAt, epoch: row.epoch }
}
