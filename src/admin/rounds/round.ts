import type { FastifyReply } from 'fastify'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { EDITION_KINDS, roundLabel } from '../../domain/record/round.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { VerificationText } from '../../office/rounds/verify.ts'
import { adminPage } from '../page.ts'
import { editionHref, openProposalHref } from './address.ts'
import { type EditionModel, editionModel, settledText } from './edition.ts'

interface RoundModel extends EditionModel {
  label: string
  isNewest: boolean
  newest: string
  confirmed: string
  /** The newest first. */
  editions: EditionLine[]
  /** Something about a round waits for its second person: nothing else can be done meanwhile. */
  openProposal: string | null
  verification: VerificationText | null
}

interface EditionLine {
  href: string
  label: string
  kind: string
  confirmed: string
  reason: string
  isShown: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/round': RoundModel
  }
}

/** A confirmed edition of a round, with the others of the round. */
export function roundPage(
  reply: FastifyReply,
  stores: Stores,
  round: ConfirmedEdition,
  verification: VerificationText | null,
): FastifyReply {
  const { number, edition } = round
  const [base, newest] = [editionHref(stores, round), `/admin/rounds/${number}`]
  const isNewest = base === newest
  return adminPage(reply, 'admin/rounds/round', {
    ...editionModel(stores, round, { base, isCurrent: isNewest }),
    label: `${roundLabel(number)}の結果${edition === 1 ? '' : `（第${edition}版）`}`,
    isNewest,
    newest,
    confirmed: settledText(stores, round)!,
    editions: editionLines(stores, round),
    openProposal: openProposalHref(stores),
    verification,
  })
}

function editionLines(stores: Stores, shown: ConfirmedEdition): EditionLine[] {
  const names = new Map(stores.hospitals.all().map(({ key, name }) => [key, name]))
  return stores.editions
    .ofRound(shown.number)
    .toReversed()
    .map((each) => ({
      href: editionHref(stores, each),
      label: `第${each.edition}版`,
      kind:
        labelOf(EDITION_KINDS, each.kind) +
        (each.declinedCode === null ? '' : `（${names.get(each.declinedCode)!}）`),
      confirmed: settledText(stores, each)!,
      reason: each.reason ?? '',
      isShown: each.edition === shown.edition,
    }))
}
