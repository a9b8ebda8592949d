import { and, asc, count, eq, isNull } from 'drizzle-orm'
import type { Role, Staff } from '../domain/record/staff.ts'
import type { Act } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately } from './open.ts'
import { staff } from './schema.ts'

export type StaffStore = ReturnType<typeof staffStore>

export interface NewStaff {
  login: string
  name: string
  role: Role
  passwordHash: string
  mustChangePassword: boolean
}

export function staffStore(db: Db) {
  return {
    count: (): number => db.select({ n: count() }).from(staff).get()!.n,

    all: (): Staff[] => db.select().from(staff).orderBy(asc(staff.login)).all().map(toStaff),

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
    byLogin(login: string): (Staff & { passwordHash: string }) | null {
      const row = db.select().from(staff).where(eq(staff.login, login)).get()
      return row && !row.disabledAt ? { ...toStaff(row), passwordHash: row.passwordHash } : null
    },

    add: (user: NewStaff, { actor, at }: Act): 'added' | 'login-taken' =>
      immediately(db, (tx) => {
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
          detail: { role: user.role },
        })
        return 'added'
      }),

    changePassword: (login: string, passwordHash: string, { actor, at }: Act): void =>
      immediately(db, (tx) => {
        tx.update(staff).set({ passwordHash, mustChangePassword: false }).where(eq(staff.login, login)).run()
        appendAudit(tx, { at, actor, action: 'staff.password-changed', subject: login, detail: {} })
      }),
  }
}

function toStaff({ login, name, role, mustChangePassword }: typeof staff.$inferSelect): Staff {
  return { login, name, role, mustChangePassword }
}
