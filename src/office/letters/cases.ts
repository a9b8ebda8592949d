import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import type { FurtherQuestion } from '../../domain/answer/further.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { answerValues } from '../../domain/record/answer-placeholders.ts'
import { LETTER_KINDS, type LetterKind } from '../../domain/record/letter.ts'
import { SHIPPED_TEXTS, withoutBlanks } from '../../domain/record/letter-texts.ts'
import { entriesOf, type RegisterEntry } from '../../domain/record/register.ts'
import { roundLabel } from '../../domain/record/round.ts'
import type { AmendedRow } from '../../domain/selection/amendment.ts'
import { answeredReasonText } from '../../domain/selection/words/obstacle.ts'
import { reasonsOf } from '../../domain/selection/words/reasons.ts'
import type { Settings } from '../../domain/survey/settings.ts'
import { monthText } from '../../domain/text/dates.ts'
import { isOneAddress } from '../../domain/text/one-address.ts'
import { filledTemplate, type Template } from '../../domain/text/template.ts'
import { hospitalsByCode } from '../master/by-code.ts'
import { answerReader } from '../rounds/acceptance.ts'
import { type FrozenRound, frozenRoundReader } from '../rounds/frozen.ts'
import { outcomeOf, type Told } from '../rounds/outcome.ts'
import { publicationReader } from '../rounds/publication.ts'
import { declinesOf } from '../rounds/recorded-declines.ts'
import { verdictReader } from '../rounds/verdict.ts'

/** Whom a result is told, and which. */
export interface Addressee {
  /** The hospital's key. */
  code: string
  kind: LetterKind
}

/** The letter of one hospital, filled in, with where it goes. */
export interface LetterCase extends Addressee {
  name: string
  medicalCode: string | null
  /** '' where it is not known. */
  postcode: string
  address: string
  /** 総務課　試験 花子; '' where nobody is known. */
  person: string
  phone: string
  /** '' where there is none to which a mail can go. */
  email: string
  /** 受付番号; '' without an answer. */
  number: string
  /** 20～99床の区分の補欠第1位; '' for any other. */
  waiting: string
  letter: Template
}

/** The text of a kind as it is now, whoever wrote it. */
export function templateOf({ letters }: Stores, kind: LetterKind): Template & { isShipped: boolean } {
  const written = letters.textOf(kind)
  return written?.subject && written.body
    ? { subject: written.subject, body: written.body, isShipped: false }
    : { ...SHIPPED_TEXTS[kind], isShipped: true }
}

/**
 * Whom a round's result is told, by the newest edition: a hospital that holds a seat of another round, has declined, or
 * answered that it wants no support, is told nothing. Kinds in their order, the selected by 支援順位, the reserves by
 * band and place, all others as the master has them.
 */
export function addressees(stores: Stores, edition: ConfirmedEdition): Addressee[] {
  return resultsOf(stores, edition).map(({ code, kind }) => ({ code, kind }))
}

/** The letters to all of them. */
export function letterCases(stores: Stores, edition: ConfirmedEdition, settings: Settings): LetterCase[] {
  const frozen = frozenRoundReader(stores)(edition)
  const showsPoints = publicationReader(stores, settings.resultsPublished)(edition.number).showsPoints
  // What was not frozen with a round of before is said anew, out of what was: an officer reads every letter.
  const reasons = frozen.reasons ?? reasonsOf(frozen.reading)
  const templates = new Map(LETTER_KINDS.map(({ id }) => [id, templateOf(stores, id)]))
  const today = todayOf(stores)
  const survey = { frozen, settings, round: roundLabel(edition.number), further: stores.questions.all() }
  return resultsOf(stores, edition).map((result) => {
    const { code, entry, told } = result
    const why = {
      reason: reasonText(told, entry, frozen) || reasons(code).hospital,
      points: (showsPoints && reasons(code).points) || '',
    }
    return caseOf(today, { ...result, ...survey, ...why }, templates.get(result.kind)!)
  })
}

/** What a round says to a hospital. */
interface ToldResult extends Addressee {
  entry: RegisterEntry
  row: AmendedRow
  told: 'selected' | Told
}

function resultsOf(stores: Stores, edition: ConfirmedEdition): ToldResult[] {
  const frozenOf = frozenRoundReader(stores)
  const frozen = frozenOf(edition)
  const verdictOf = verdictReader(edition, frozen, declinesOf(stores, frozenOf))
  const selectedLater = new Set(
    stores.editions
      .newest()
      .filter(({ number }) => number > edition.number)
      .flatMap((later) => frozenOf(later).reading.rows)
      .flatMap(({ code, decision }) => (decision === 'selected' ? [code] : [])),
  )
  const results = [...entriesOf(frozen.register)].flatMap(([code, entry]): ToldResult[] => {
    const verdict = verdictOf(code)
    const { row } = verdict
    if (!row || verdict.isLeftOut || selectedLater.has(code)) return []
    const told = row.decision === 'selected' ? ('selected' as const) : outcomeOf(verdict)
    const kind = kindOf(told, entry)
    return kind === null ? [] : [{ code, kind, entry, row, told }]
  })
  const place = (kind: LetterKind) => LETTER_KINDS.findIndex(({ id }) => id === kind)
  const bands = frozen.reading.snapshot.policy.bands.map(({ id }) => id)
  const band = ({ row }: { row: AmendedRow }) => bands.indexOf(row.band ?? '')
  return results.toSorted(
    (a, b) =>
      place(a.kind) - place(b.kind) ||
      (a.kind === 'selected' ? a.row.order! - b.row.order! : 0) ||
      (a.kind === 'waitlisted' ? band(a) - band(b) || a.row.waitlistPosition! - b.row.waitlistPosition! : 0),
  )
}

/** Whom to write to is as it is now: everything of it at once, for letters to thousands. */
interface Today {
  /** The answer that counts. */
  currentOf: (hospital: string) => Submission | undefined
  hospitalOf: (code: string) => Hospital | null
}

function todayOf({ submissions, hospitals }: Stores): Today {
  const current = new Map(
    submissions
      .all()
      .flatMap((submission) =>
        submission.state === 'current' ? [[submission.hospitalCode, submission] as const] : [],
      ),
  )
  return { currentOf: (hospital) => current.get(hospital), hospitalOf: hospitalsByCode(hospitals.all()) }
}

/** @returns null where no letter goes out */
function kindOf(told: 'selected' | Told, { answers }: RegisterEntry): LetterKind | null {
  if (told === 'selected') return told
  // Nobody is told of a survey that it did not answer.
  if (answers === null) return null
  switch (told.kind) {
    case 'waitlisted':
    case 'not-selected':
      return told.kind
    case 'no-band':
      return 'ineligible'
    case 'not-eligible':
      return told.reason === 'no_intent' ? null : 'ineligible'
    default:
      return null
  }
}

interface Facts extends ToldResult {
  frozen: FrozenRound
  /** What the hospital is told of why. */
  reason: string
  points: string
  settings: Settings
  round: string
  /** The questions of this edition, by their names today. */
  further: readonly FurtherQuestion[]
}

function caseOf(
  { currentOf, hospitalOf }: Today,
  { code, kind, entry, row, frozen, reason, points, settings, round, further }: Facts,
  template: Template,
): LetterCase {
  const { reading } = frozen
  const [current, known] = [currentOf(code), hospitalOf(code)]
  // Whom to write to is as it is now; what the result was is as it was decided.
  const answers = current?.answers ?? entry.answers
  const hospital = known ?? entry.hospital
  const waiting =
    kind === 'waitlisted' ? `${reading.bandLabel(row.band)}の区分の補欠第${row.waitlistPosition}位` : ''
  const number = current?.number ?? entry.number ?? ''
  const month = settings.contractorContactFrom
  return {
    code,
    kind,
    name: hospital.name,
    medicalCode: hospital.medicalCode,
    // What was frozen of a hospital has none.
    postcode: known?.postcode ?? '',
    address: hospital.address ?? '',
    person: [answers?.department, answers?.contactName].filter(Boolean).join('　'),
    phone: answers?.phone ?? hospital.phone ?? '',
    email: answers && isOneAddress(answers.email) ? answers.email : '',
    number,
    waiting,
    letter: filled(template, {
      病院名: hospital.name,
      受付番号: number || 'なし',
      調査の名称: settings.title,
      選定の回: round,
      連絡の時期: month ? `${monthText(month)}以降` : '今後',
      補欠の順位: waiting,
      理由: reason,
      点数: points,
      ...answerValues(further, entry.answers?.extra ?? {}),
    }),
  }
}

function filled(template: Template, values: Record<string, string>): Template {
  const { subject, body } = filledTemplate(template, values)
  return { subject, body: withoutBlanks(body) }
}

/** What kept a hospital out by its answers or its beds, where an edition of before has no words for it; '' of any other. */
function reasonText(
  told: 'selected' | Told,
  { answers }: RegisterEntry,
  { reading, reasons }: FrozenRound,
): string {
  if (reasons || told === 'selected') return ''
  if (told.kind === 'no-band')
    return '許可病床数が、支援の対象となる病床規模に該当しないため、選定の対象となりません。'
  if (told.kind !== 'not-eligible' || answers === null) return ''
  const { supportPeriodEnd, questions = [] } = reading.snapshot.policy
  return answeredReasonText(told.reason, answers, { supportPeriodEnd, place: reading.place, questions })
}

/** Whether a hospital would be told that it is selected, and has asked to give its seat back. */
export function askingBack(stores: Stores, round: number): (each: Addressee) => boolean {
  const said = answerReader(stores, round)
  return ({ code, kind }) => kind === 'selected' && said(code)?.answer === 'declined'
}
