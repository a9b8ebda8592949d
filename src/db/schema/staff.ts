import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ROLE_IDS } from '../../domain/record/staff.ts'
import { instant } from './instant.ts'

export const staff = sqliteTable('staff', {
  login: text('login').primaryKey(),
  name: text('name').notNull(),
  role: text('role', { enum: ROLE_IDS }).notNull(),
  passwordHash: text('password_hash').notNull(),
  mustChangePassword: integer('must_change_password', { mode: 'boolean' }).notNull(),
  disabledAt: instant('disabled_at'),
  /** Goes up with every change of what the login may do: sessions begun before it are over. */
  epoch: integer('epoch').notNull().default(0),
  createdAt: instant('created_at').notNull(),
})

export const sessions = sqliteTable(
  'sessions',
  {
    /** SHA-256 of the session id: a copy of the database opens no session. */
    idHash: text('id_hash').primaryKey(),
    data: text('data').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('sessions_expiry').on(table.expiresAt)],
)
