import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from './instant.ts'

/** The public keys by which the record is signed; the last one counts. The private key lies in a file beside the database. */
export const signingKeys = sqliteTable('signing_keys', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  /** 32 bytes of Ed25519 in base64. */
  publicKey: text('public_key').notNull().unique(),
  /** Why it took the place of another; null for the first. */
  reason: text('reason'),
  author: text('author').notNull(),
  createdAt: instant('created_at').notNull(),
})
