import { hash, randomBytes } from 'node:crypto'
import { and, eq, getTableColumns, gt, isNull } from 'drizzle-orm'
import type { Act, ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import type { Transaction } from './open.ts'
import { lateLinks } from './schema.ts'

export interface NewLateLink {
  hospitalCode: string
  /** First instant at which it is no longer taken. */
  expiresAt: Date
  reason: string
}

export function createLateLink(
  tx: Transaction,
  { hospitalCode, expiresAt, reason }: NewLateLink,
  { actor, at }: Act,
) {
  for (const { id } of openLateLinksOf(tx, hospitalCode, at))
    revokeLateLink(tx, id, { actor, at, reason: REPLACED })
  const token = randomBytes(24).toString('base64url')
  const row = { hospitalCode, expiresAt, reason, author: actor, createdAt: at, tokenHash: digest(token) }
  const { id } = tx.insert(lateLinks).values(row).returning({ id: lateLinks.id }).get()
  appendAudit(tx, {
    at,
    actor,
    action: 'late-link.created',
    subject: hospitalCode,
    detail: { link: id, expiresAt: expiresAt.toISOString(), reason },
  })
  return { id, token }
}

/** Neither used nor revoked nor over. */
export function openLateLinksOf(tx: Transaction, hospitalCode: string, at: Date) {
  const { hospitalCode: code, usedAt, revokedAt, expiresAt } = lateLinks
  const { tokenHash: _, ...columns } = getTableColumns(lateLinks)
  const open = and(eq(code, hospitalCode), isNull(usedAt), isNull(revokedAt), gt(expiresAt, at))
  return tx.select(columns).from(lateLinks).where(open).all()
}

const REPLACED = '新しいリンクを作成したため'

export function revokeLateLink(tx: Transaction, id: number, { actor, at, reason }: ReasonedAct) {
  const open = and(eq(lateLinks.id, id), isNull(lateLinks.usedAt), isNull(lateLinks.revokedAt))
  const link = tx.update(lateLinks).set({ revokedAt: at }).where(open).returning().get()
  if (!link) return 'not-open'
  appendAudit(tx, {
    at,
    actor,
    action: 'late-link.revoked',
    subject: link.hospitalCode,
    detail: { link: id, reason },
  })
  return 'revoked'
}

/** What is kept of a token. */
export function digest(token: string): string {
  return hash('sha256', token, 'hex')
}
