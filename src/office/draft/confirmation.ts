import type { FastifyReply } from 'fastify'
import { fieldsOf } from '../../admin/form-fields.ts'
import type { AdminOptions } from '../../admin/plugin.ts'
import { confirmErrors, typedConfirmation } from '../../admin/rounds/confirm-form.ts'
import { answersWait, type Confirmation, confirmPage } from '../../admin/rounds/confirm-page.ts'
import type { Round } from '../../db/rounds.ts'
import { registerOf } from '../../domain/record/register.ts'
import type { MinistryFacts } from '../../files/reports/ministry.ts'
import { waitingAnswersOf } from '../answers/waiting-answers.ts'
import { roundFiles } from '../rounds/files.ts'
import { amendedBy, type FrozenRound } from '../rounds/frozen.ts'
import { settleEdition } from '../rounds/settle.ts'
import { bandsWithFreeSeats, confirmChecks } from './checks.ts'
import type { Draft } from './draft.ts'
import { preflight } from './preflight.ts'

/** The edition that today's selection would take the place of. */
export interface Replaced {
  round: Round
  frozen: FrozenRound
  /** Every decline of the round, and whether it is taken back with it. */
  declines: { code: string; isTakenBack: boolean }[]
}

/** The page that freezes a draft: as a round's first edition, or as one that replaces another. */
export function showConfirmation(
  options: AdminOptions,
  reply: FastifyReply,
  draft: Draft,
  replaced: Replaced | null,
): FastifyReply {
  return confirmPage(reply, confirmationOf(options, reply, draft, replaced))
}

/** Freezes the draft where the form is complete and nothing has changed since its page was shown. */
export async function confirmDraft(
  options: AdminOptions,
  reply: FastifyReply,
  draft: Draft,
  replaced: Replaced | null,
): Promise<FastifyReply> {
  const { request } = reply
  const follows = options.stores.rounds.last()
  const typed = typedConfirmation(request.body)
  const confirmation = confirmationOf(options, reply, draft, replaced)
  if (fieldsOf(request.body).get('factsSha256') !== draft.factsSha256)
    return confirmPage(reply.code(409), confirmation, { typed, isStale: true })

  const { checks, edition, waiting } = confirmation
  const { errors, reasons } = confirmErrors(typed, checks, {
    reason: replaced !== null,
    freeSeats: bandsWithFreeSeats(draft),
    waiting: answersWait(waiting),
  })
  if (Object.keys(errors).length > 0) return confirmPage(reply.code(422), confirmation, { typed, errors })

  const settled = settleEdition(options, request, {
    number: draft.snapshot.round,
    edition,
    kind: replaced ? 'reopened' : 'confirmed',
    policyVersion: draft.policyVersion,
    declinedCode: null,
    follows,
    ...reasons,
    files: await roundFiles(draftFacts(draft, request), checks),
  })
  if (settled.kind === 'settled') return reply.redirect(settled.href, 303)
  return confirmPage(reply.code(409), confirmation, { typed, isStale: true })
}

function confirmationOf(
  { stores, now }: AdminOptions,
  { request }: FastifyReply,
  draft: Draft,
  replaced: Replaced | null,
): Confirmation {
  const waiting = waitingAnswersOf(draft.submissions, stores.lateLinks.all(), now())
  const checks = confirmChecks({
    draft,
    site: request.site,
    preflight: preflight(draftFacts(draft, request)),
    waiting,
    policyNote: stores.policies.byVersion(draft.policyVersion)?.note ?? null,
  })
  return {
    draft,
    edition: (replaced?.round.edition ?? 0) + 1,
    checks,
    waiting,
    replaced: replaced && selectedOf(replaced.frozen),
    declines: (replaced?.declines ?? []).map((each) => ({
      ...each,
      name: draft.hospitals.find(({ code }) => code === each.code)!.name,
    })),
  }
}

/** What the report is written from, as long as nothing is frozen. */
export function draftFacts(draft: Draft, { site }: Pick<FastifyReply['request'], 'site'>): MinistryFacts {
  const { snapshot, result, hospitals, submissions, overrides } = draft
  const { prefecture, ministryColumns } = site
  const register = registerOf({ prefecture, ministryColumns, hospitals, submissions, overrides })
  return { snapshot, result, amended: amendedBy(result, []), register }
}

function selectedOf({ snapshot, amended }: FrozenRound): { code: string; name: string }[] {
  const names = new Map(snapshot.candidates.map(({ code, name }) => [code, name]))
  return amended.results
    .filter(({ decision }) => decision === 'selected')
    .map(({ code }) => ({ code, name: names.get(code)! }))
}
