import { desc, eq } from 'drizzle-orm'
import { type NewSubmission, type Submission, sameContent } from '../domain/answer/submission.ts'
import { type LateLinkState, lateLinkState } from '../domain/survey/late-link.ts'
import type { Act, ReasonedAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import {
  createLateLink,
  digest,
  type NewLateLink,
  openLateLinksOf,
  revokeLateLink,
} from './late-link-decisions.ts'
import { type Db, immediately, type Transaction } from './open.ts'
import { prepared, value } from './prepared.ts'
import { lateLinks } from './schema.ts'
import { actorOf, submissionByNumber } from './submission-versions.ts'
import { type SaveContext, type SaveOutcome, save } from './submissions.ts'

/** A link by which one hospital may answer once after the deadline. */
export type LateLink = Omit<typeof lateLinks.$inferSelect, 'tokenHash'>

type FoundLateLink = { state: LateLinkState; link: LateLink } | { state: 'unknown' }

type CreateOutcome = { kind: 'created'; id: number; token: string } | { kind: 'in-the-way'; link: LateLink }

export function lateLinkStore(db: Db) {
  return {
    /**
     * A hospital has one link at a time: its earlier ones that are still good end with the new one.
     * @returns the token for the link's address. It is shown now and never again: only its hash is stored.
     */
    create: (link: NewLateLink, by: Act): { id: number; token: string } =>
      immediately(db, (tx) => createLateLink(tx, link, by)),

    /** The same, but that an open link of the hospital ends only where it is the one that was to be replaced. */
    createInPlaceOf: (replaced: number | null, link: NewLateLink, by: Act): CreateOutcome =>
      immediately(db, (tx) => {
        const open = openLateLinksOf(tx, link.hospitalCode, by.at).find(({ id }) => id !== replaced)
        return open
          ? { kind: 'in-the-way', link: open }
          : { kind: 'created', ...createLateLink(tx, link, by) }
      }),

    /** What the link is good for now. */
    find(token: string, now: Date): FoundLateLink {
      const link = byToken(db, token)
      return link ? { state: lateLinkState(link, now), link } : { state: 'unknown' }
    },

    /** Stores the answer that came through the link and spends the link, in one transaction. */
    save: (token: string, answer: NewSubmission, context: SaveContext): LateOutcome =>
      immediately(db, (tx) => saveLate(tx, token, answer, context)),

    /** The newest first. */
    all: (): LateLink[] => db.select().from(lateLinks).orderBy(desc(lateLinks.id)).all().map(withoutHash),

    /** A link that was used stays used: its answer is withdrawn, not the link. */
    revoke: (id: number, decision: ReasonedAct): 'revoked' | 'not-open' =>
      immediately(db, (tx) => revokeLateLink(tx, id, decision)),
  }
}

/** As for an answer in time, or `link-not-usable`: spent, expired, revoked, unknown, or made for another hospital. */
type LateOutcome = SaveOutcome | { kind: 'link-not-usable' }

function saveLate(tx: Transaction, token: string, answer: NewSubmission, context: SaveContext): LateOutcome {
  const link = byToken(tx, token)
  if (!link || !isFor(link, answer)) return { kind: 'link-not-usable' }
  if (link.usedBy !== null) return receivedThrough(tx, link.usedBy, answer)
  if (lateLinkState(link, context.at) !== 'valid') return { kind: 'link-not-usable' }
  const outcome = save(tx, answer, context)
  if (outcome.kind === 'saved' || outcome.kind === 'corrected')
    markUsed(tx, link, outcome.submission, context)
  return outcome
}

function isFor({ hospitalCode }: LateLink, { hospital }: NewSubmission): boolean {
  return hospital.kind === 'master' && hospital.code === hospitalCode
}

/** A second click finds its own receipt; anything else needs another link. */
function receivedThrough(tx: Transaction, number: string, answer: NewSubmission): LateOutcome {
  const submission = submissionByNumber(tx, number)!
  const again = submission.submissionId === answer.submissionId && sameContent(submission, answer)
  return again ? { kind: 'already-received', submission } : { kind: 'link-not-usable' }
}

function markUsed(tx: Transaction, { id }: LateLink, { number }: Submission, context: SaveContext): void {
  const { at } = context
  tx.update(lateLinks).set({ usedBy: number, usedAt: at }).where(eq(lateLinks.id, id)).run()
  const actor = actorOf(context, number)
  appendAudit(tx, { at, actor, action: 'late-link.used', subject: number, detail: { link: id } })
}

const rowByHash = prepared((db) =>
  db
    .select()
    .from(lateLinks)
    .where(eq(lateLinks.tokenHash, value('hash')))
    .prepare(),
)

function byToken(db: Db | Transaction, token: string): LateLink | null {
  const row = rowByHash(db).get({ hash: digest(token) })
  return row ? withoutHash(row) : null
}

function withoutHash({ tokenHash: _, ...link }: typeof lateLinks.$inferSelect): LateLink {
  return link
}
