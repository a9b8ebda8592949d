import type { Act } from '../../db/acts.ts'
import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { lotsOf } from '../../domain/lot/lottery.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { entriesOf, registerOf } from '../../domain/record/register.ts'
import type { Settings } from '../../domain/survey/settings.ts'
import { canonicalJson, sha256Hex } from '../../domain/text/canonical.ts'
import type { MinistryFacts } from '../../files/reports/ministry.ts'
import { type WaitingAnswers, waitingAnswersOf } from '../answers/waiting.ts'
import type { Check, FrozenRound } from '../rounds/frozen.ts'
import { type Settled, settleEdition } from '../rounds/settle.ts'
import { bandsWithFreeSeats, confirmChecks, type FreeSeats, type SurveyStanding } from './checks.ts'
import type { Draft } from './draft.ts'
import { preflight } from './preflight.ts'
import { draftReasons, undeclined } from './reasons.ts'

/** What is about to be frozen. */
export interface Confirmation {
  draft: Draft
  edition: number
  /** What the report is written from. */
  facts: MinistryFacts
  checks: Check[]
  freeSeats: FreeSeats[]
  /** Of all that the page shows beside the facts of the selection: the checks, and what the report is written from. */
  shownSha256: string
  waiting: WaitingAnswers
  /** With a round that is done anew: who is selected until then. */
  replaced: readonly Named[] | null
  declines: readonly (Named & { isTakenBack: boolean })[]
}

/** A hospital in a list. */
export interface Named {
  /** Its key. */
  code: string
  medicalCode: string | null
  name: string
}

/** The edition that today's selection would take the place of. */
export interface Replaced {
  round: ConfirmedEdition
  frozen: FrozenRound
  /** Every decline of the round, and whether it is taken back with it. */
  declines: { code: string; isTakenBack: boolean }[]
}

/** The settings that a confirmation depends on, and where the survey stands. */
type ConfirmationSurvey = SurveyStanding & ReportSettings & Pick<Settings, 'secondApproval'>
type ReportSettings = Pick<Settings, 'prefecture' | 'ministryColumns'>

/** A draft as a round's first edition, or as one that replaces another, with everything that is checked before. */
export function confirmationOf(
  stores: Stores,
  survey: ConfirmationSurvey,
  { draft, replaced, now }: { draft: Draft; replaced: Replaced | null; now: Date },
): Confirmation {
  const waiting = waitingAnswersOf(draft.submissions, stores.lateLinks.all(), now)
  const [facts, freeSeats] = [draftFacts(draft, survey), bandsWithFreeSeats(draft)]
  const checks = confirmChecks({
    draft,
    survey,
    preflight: preflight(facts),
    waiting,
    freeSeats,
    policyNote: stores.policies.byVersion(draft.policyVersion)?.note ?? null,
  })
  return {
    draft,
    edition: (replaced?.round.edition ?? 0) + 1,
    facts,
    checks,
    freeSeats,
    shownSha256: sha256Hex(canonicalJson([checks, facts.register, survey.secondApproval])),
    waiting,
    replaced: replaced && selectedOf(replaced.frozen),
    declines: (replaced?.declines ?? []).map((each) => ({ ...each, ...namedOf(draft, each.code) })),
  }
}

/** `stale`: the facts are others than the page showed. `refused`: the form is not complete. */
type ConfirmOutcome =
  | { kind: 'stale' }
  | { kind: 'refused'; errors: ConfirmErrors }
  | Exclude<Settled, { kind: 'overtaken' }>

/**
 * Freezes the draft where the form is complete and nothing has changed since its page was shown.
 * @param isShown whether the page that was sent showed all of it as it is
 */
export async function confirmDraft(
  stores: Stores,
  survey: ConfirmationSurvey,
  confirmation: Confirmation,
  { typed, isShown, by }: { typed: TypedConfirmation; isShown: boolean; by: Act },
): Promise<ConfirmOutcome> {
  const { draft, facts, checks, edition, freeSeats, waiting, replaced } = confirmation
  if (!isShown) return { kind: 'stale' }
  const { errors, reasons } = confirmErrors(typed, checks, {
    reason: replaced !== null,
    freeSeats,
    waiting: answersWait(waiting),
  })
  if (Object.keys(errors).length > 0) return { kind: 'refused', errors }
  const decided = {
    number: draft.snapshot.round,
    edition,
    kind: replaced ? ('reopened' as const) : ('confirmed' as const),
    policyVersion: draft.policyVersion,
    declinedCode: null,
    follows: stores.editions.last(),
    ...reasons,
    frozen: { ...facts, checks, lottery: draft.lot.draw?.lottery ?? null },
  }
  const settled = await settleEdition(stores, decided, { by, secondApproval: survey.secondApproval })
  return settled.kind === 'overtaken' ? { kind: 'stale' } : settled
}

/** What the report is written from, as long as nothing is frozen. */
export function draftFacts(draft: Draft, { prefecture, ministryColumns }: ReportSettings): MinistryFacts {
  const { hospitals, submissions, overrides, lot, further } = draft
  const lots = lotsOf(lot.draw?.lottery ?? null)
  const register = registerOf({ prefecture, ministryColumns, hospitals, submissions, overrides, lots })
  return { reading: undeclined(draft), register, questions: further, reasons: draftReasons(draft) }
}

export function answersWait({ duplicate, unmatched, unlinked, late }: WaitingAnswers): boolean {
  return duplicate + unmatched + unlinked + late > 0
}

/** A hospital as the master knows it today. */
export function namedOf({ hospitals }: Pick<Draft, 'hospitals'>, key: string): Named {
  const { name, medicalCode } = hospitals.find((hospital) => hospital.key === key)!
  return { code: key, medicalCode, name }
}

function selectedOf({ reading, register }: FrozenRound): Named[] {
  const entries = entriesOf(register)
  return reading.rows
    .filter(({ decision }) => decision === 'selected')
    .map(({ code }) => {
      const { name, medicalCode } = entries.get(code)!.hospital
      return { code, medicalCode, name }
    })
}

/** What the officer types before a selection is frozen. */
export interface TypedConfirmation {
  /** Why the round is done anew; asked for that alone. */
  reason: string
  freeSeatsReason: string
  waitingReason: string
  acknowledged: boolean
}

/** What the page asks for. */
interface Asked {
  reason: boolean
  /** The bands that keep free seats. */
  freeSeats: readonly { label: string }[]
  /** Answers still wait. */
  waiting: boolean
}

export type ConfirmErrors = Partial<
  Record<'blocked' | 'reason' | 'freeSeatsReason' | 'waitingReason' | 'acknowledged', string>
>

/** The reasons as they are stored; null where none is asked for. */
interface ConfirmReasons {
  reason: string | null
  freeSeatsReason: string | null
  waitingReason: string | null
}

/** @returns what keeps the round from being frozen, and the reasons where nothing does */
function confirmErrors(
  typed: TypedConfirmation,
  checks: readonly Check[],
  asked: Asked,
): { errors: ConfirmErrors; reasons: ConfirmReasons } {
  const errors: ConfirmErrors = {}
  if (checks.some(({ level }) => level === 'block'))
    errors.blocked = '赤い「確定できません」の項目を解決してから、もう一度確認してください。'
  const read = (name: 'reason' | 'freeSeatsReason' | 'waitingReason', isAsked: boolean, what: string) => {
    const parsed = isAsked ? parseReason(typed[name]) : null
    if (parsed && !parsed.ok) errors[name] = `${what}${parsed.message}`
    return parsed?.ok ? parsed.reason : null
  }
  const bands = asked.freeSeats.map(({ label }) => label).join('、')
  const reasons = {
    reason: read('reason', asked.reason, '選定をやり直す'),
    freeSeatsReason: read('freeSeatsReason', asked.freeSeats.length > 0, '枠を残す'),
    waitingReason: read('waitingReason', asked.waiting, '確認待ちの回答を残したまま確定する'),
  }
  if (errors.freeSeatsReason) errors.freeSeatsReason += `（${bands}）`
  if (checks.some(({ level }) => level === 'warn') && !typed.acknowledged)
    errors.acknowledged = '注意が必要な項目を確認した上で、チェックを入れてください。'
  return { errors, reasons }
}
