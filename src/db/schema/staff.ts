import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
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
    /** Whose it is; null before the login. */
    login: text('login'),
  },
  (table) => [index('sessions_expiry').on(table.expiresAt), index('sessions_login').on(table.login)],
)

/** Tries that failed, by whom or what they are counted: a keyed hash, as people type passwords into the wrong field. */
export const loginTries = sqliteTable(
  'login_tries',
  {
    key: text('key').primaryKey(),
    failures: integer('failures').notNull(),
    /** No further try is taken before. */
    waitUntil: instant('wait_until'),
    /** Without another failure it is forgotten then. */
    forgottenAt: instant('forgotten_at').notNull(),
  },
  (table) => [index('login_tries_forgotten').on(table.forgottenAt)],
)

/** From which browsers and networks a login has succeeded: those are not made to wait by what strangers try. */
export const knownPlaces = sqliteTable(
  'known_places',
  {
    login: text('login').notNull(),
    placeHash: text('place_hash').notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.login, table.placeHash] })],
)

/** 二段階認証: the secret that an officer's authenticator app has too. */
export const secondFactors = sqliteTable('second_factors', {
  login: text('login').primaryKey(),
  /** Sealed: a copy of the database makes no code. */
  secret: text('secret').notNull(),
  since: instant('since').notNull(),
  /** The newest step of time whose code was taken: each is good once. */
  lastStep: integer('last_step').notNull(),
})

/** Of each the hash alone. */
export const recoveryCodes = sqliteTable(
  'recovery_codes',
  {
    login: text('login').notNull(),
    hash: text('hash').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [primaryKey({ columns: [table.login, table.hash] })],
)
