import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import { hospitalActor } from '../domain/record/audit.ts'
import type { Act, ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { prepared, value } from './prepared.ts'
import { invitationKeys, invitations, invitationViews } from './schema.ts'
import { ifAvailable } from './unavailable.ts'

/** A hospital's link, as it stands. */
export interface Invitation {
  id: number
  hospitalCode: string
  counter: number
  issuedAt: Date
  revokedAt: Date | null
  /** When the link of this counter was opened first. */
  viewedAt: Date | null
}

export function invitationStore(db: Db) {
  return {
    /** By hospital. */
    all: (): Invitation[] => found(db).orderBy(asc(invitations.hospitalCode)).all(),

    byId: (id: number): Invitation | null => byId(db, id),

    ofHospital: (hospitalCode: string): Invitation | null => ofHospital(db, hospitalCode),

    /** The fingerprint of the key by which links are issued; null before the first one is. */
    fingerprint: (): string | null => fingerprint(db),

    /**
     * Gives each of the hospitals a link that has had none yet; those that have are left alone.
     * @param key its fingerprint. `other-key`: links are issued by another one, and nothing is stored
     * @returns the keys of the hospitals that have a link now and had none
     */
    issue: (
      hospitalCodes: readonly string[],
      key: string,
      by: Act,
    ): { kind: 'issued'; hospitalCodes: string[] } | { kind: 'other-key' } =>
      immediately(db, (tx) => issue(tx, hospitalCodes, key, by)),

    /** Another link takes the place of this one, revoked or not. @param counter as the page showed it */
    reissue: (hospitalCode: string, counter: number, decision: ReasonedAct): 'reissued' | 'changed' =>
      immediately(db, (tx) => reissue(tx, { hospitalCode, counter }, decision)),

    /** @param counter as the page showed it */
    revoke: (hospitalCode: string, counter: number, decision: ReasonedAct): 'revoked' | 'changed' =>
      immediately(db, (tx) => revoke(tx, { hospitalCode, counter }, decision)),

    /**
     * The link of this counter was opened by somebody. Only the first time is kept; where nothing can be, the form is shown
     * all the same, and the next time counts.
     */
    view(invitation: Invitation, at: Date): void {
      if (invitation.viewedAt === null) ifAvailable(() => immediately(db, (tx) => view(tx, invitation, at)))
    },

    /** Links are issued by another key from now on: all that went out before end. */
    changeKey: (key: string, decision: ReasonedAct): void =>
      immediately(db, (tx) => changeKey(tx, key, decision)),
  }
}

/** Whether a hospital has a link that is good: in the caller's transaction. */
export function isInvited(tx: Transaction, hospitalCode: string): boolean {
  const invitation = ofHospital(tx, hospitalCode)
  return invitation !== null && invitation.revokedAt === null
}

function found(db: Db | Transaction) {
  const isView = and(
    eq(invitationViews.invitation, invitations.id),
    eq(invitationViews.counter, invitations.counter),
  )
  const { id, hospitalCode, counter, issuedAt, revokedAt } = invitations
  return db
    .select({ id, hospitalCode, counter, issuedAt, revokedAt, viewedAt: invitationViews.viewedAt })
    .from(invitations)
    .leftJoin(invitationViews, isView)
    .$dynamic()
}

const invitationById = prepared((db) =>
  found(db)
    .where(eq(invitations.id, value('id')))
    .prepare(),
)

function byId(db: Db | Transaction, id: number): Invitation | null {
  return invitationById(db).get({ id }) ?? null
}

const invitationOf = prepared((db) =>
  found(db)
    .where(eq(invitations.hospitalCode, value('hospitalCode')))
    .prepare(),
)

function ofHospital(db: Db | Transaction, hospitalCode: string): Invitation | null {
  return invitationOf(db).get({ hospitalCode }) ?? null
}

function fingerprint(db: Db | Transaction): string | null {
  const last = db.select().from(invitationKeys).orderBy(desc(invitationKeys.id)).limit(1).get()
  return last?.fingerprint ?? null
}

function issue(tx: Transaction, hospitalCodes: readonly string[], key: string, by: Act) {
  const known = fingerprint(tx)
  if (known !== null && known !== key) return { kind: 'other-key' } as const
  if (known === null) addKey(tx, key, by)
  const issued = hospitalCodes.filter((hospitalCode) => {
    const row = { hospitalCode, counter: 1, issuedAt: by.at }
    return tx.insert(invitations).values(row).onConflictDoNothing().run().changes > 0
  })
  if (issued.length > 0)
    appendAudit(tx, {
      ...by,
      action: 'invitations.issued',
      subject: 'invitations',
      detail: { hospitals: issued },
    })
  return { kind: 'issued', hospitalCodes: issued } as const
}

function addKey(tx: Transaction, key: string, { actor, at }: Act): void {
  tx.insert(invitationKeys).values({ fingerprint: key, author: actor, createdAt: at }).run()
}

interface Shown {
  hospitalCode: string
  counter: number
}

function reissue(tx: Transaction, { hospitalCode, counter }: Shown, { actor, at, reason }: ReasonedAct) {
  const shown = and(eq(invitations.hospitalCode, hospitalCode), eq(invitations.counter, counter))
  const next = { counter: counter + 1, issuedAt: at, revokedAt: null }
  if (tx.update(invitations).set(next).where(shown).run().changes === 0) return 'changed'
  const detail = { counter: counter + 1, reason }
  appendAudit(tx, { at, actor, action: 'invitation.reissued', subject: hospitalCode, detail })
  return 'reissued'
}

function revoke(tx: Transaction, { hospitalCode, counter }: Shown, { actor, at, reason }: ReasonedAct) {
  const shown = and(
    eq(invitations.hospitalCode, hospitalCode),
    eq(invitations.counter, counter),
    isNull(invitations.revokedAt),
  )
  if (tx.update(invitations).set({ revokedAt: at }).where(shown).run().changes === 0) return 'changed'
  appendAudit(tx, {
    at,
    actor,
    action: 'invitation.revoked',
    subject: hospitalCode,
    detail: { counter, reason },
  })
  return 'revoked'
}

function view(tx: Transaction, { id, hospitalCode, counter }: Invitation, at: Date): void {
  const row = { invitation: id, counter, viewedAt: at }
  if (tx.insert(invitationViews).values(row).onConflictDoNothing().run().changes === 0) return
  const actor = hospitalActor(hospitalCode)
  appendAudit(tx, { at, actor, action: 'invitation.viewed', subject: hospitalCode, detail: { counter } })
}

function changeKey(tx: Transaction, key: string, { actor, at, reason }: ReasonedAct): void {
  addKey(tx, key, { actor, at })
  appendAudit(tx, {
    at,
    actor,
    action: 'invitation-key.changed',
    subject: 'invitations',
    detail: { fingerprint: key, reason },
  })
}
