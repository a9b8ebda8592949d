import type { ShortChoice } from '../text/choice.ts'
import type { Channel, Emr, Intent, ProxyChannel } from './choices.ts'
import { type Extra, sameExtra } from './further.ts'
import { ANSWER_QUESTIONS } from './questions.ts'

/**
 * A 回答票 as the prefecture keeps it.
 * `current` counts for the selection; `duplicate` waits for an officer, as another one of the same hospital is
 * current; `unmatched` waits for one as it came without the link that its hospital had been given; `unlinked` came from
 * a hospital outside the master and waits to be linked. An officer closes the first two as
 * `rejected`, the third as `outside`: all are kept, none is used, and each can be opened again. `withdrawn` was
 * taken back.
 */
export const SUBMISSION_STATE_IDS = [
  'current',
  'duplicate',
  'unmatched',
  'unlinked',
  'rejected',
  'outside',
  'withdrawn',
] as const
export type SubmissionState = (typeof SUBMISSION_STATE_IDS)[number]
export const SUBMISSION_STATES: readonly ShortChoice<SubmissionState>[] = [
  { id: 'current', label: '有効', short: '有効' },
  { id: 'duplicate', label: '重複（確認待ち）', short: '重複' },
  { id: 'unmatched', label: '照合待ち', short: '照合待ち' },
  { id: 'unlinked', label: '病院の特定待ち', short: '特定待ち' },
  { id: 'rejected', label: '不採用（確認済み）', short: '不採用' },
  { id: 'outside', label: '対象外（確認済み）', short: '対象外' },
  { id: 'withdrawn', label: '取下げ', short: '取下げ' },
]

/** What an officer makes of an answer that waits, where it is not used; null where it does not wait. */
export function closedAs(state: SubmissionState): 'rejected' | 'outside' | null {
  if (state === 'duplicate' || state === 'unmatched') return 'rejected'
  return state === 'unlinked' ? 'outside' : null
}

/** As what a closed answer waits again; null where it is not closed. */
export function reopenedAs(state: SubmissionState): 'duplicate' | 'unlinked' | null {
  if (state === 'rejected') return 'duplicate'
  return state === 'outside' ? 'unlinked' : null
}

/** What a hospital answered: one version of its submission. */
export interface Answers {
  department: string | null
  contactName: string
  phone: string
  /** '' where an officer entered an answer that named none. */
  email: string
  emr: Emr
  /** `YYYY-MM`, with `planned` only. */
  emrPlannedMonth: string | null
  intent: Intent
  gmisConsent: boolean
  /** What is wrong about the hospital in the master, in its own words. An officer puts it right, not the form. */
  masterCorrection: string | null
  remarks: string | null
  /** To the further questions of the edition, by their ids: {} where nothing was said to any. */
  extra: Extra
}

/** The hospital as the answer names it: a code of the master, or what was typed under `other`. */
export type HospitalReference =
  | { kind: 'master'; code: string }
  | { kind: 'other'; name: string; address: string; beds: number }

/** A complete, normalised answer that has not been stored yet. */
export interface NewSubmission {
  submissionId: string
  hospital: HospitalReference
  answers: Answers
}

/** Of what an officer entered for a hospital: who, how it had come in, and why, where that was to be said. */
export interface EntryByOfficer {
  author: string
  channel: ProxyChannel
  reason: string | null
}

/** A stored submission with its latest version. */
export interface Submission {
  id: number
  /** 受付番号 */
  number: string
  submissionId: string
  /** 確認コード, as the receipt key makes it; null where another one was given out before, of which a hash is kept. */
  code: string | null
  state: SubmissionState
  channel: Channel
  /** 照合済: it came through a link that the prefecture had given its hospital. */
  isMatched: boolean
  /** Null while unlinked. */
  hospitalCode: string | null
  /** As typed, where the answer came under `other`; stays after it is linked. */
  typedHospital: { name: string; address: string; beds: number } | null
  version: number
  /** Who entered the latest version; null where the hospital did. */
  enteredBy: EntryByOfficer | null
  answers: Answers
  /** Counts for the ranking: a correction keeps its place. */
  submittedAt: Date
  createdAt: Date
  /** When the latest version was stored. */
  correctedAt: Date
  withdrawnAt: Date | null
  /** How the hospital had asked an officer to take it back; null where it did so itself. */
  withdrawnChannel: ProxyChannel | null
  /** When an officer settled that it is not used; null while it is open. */
  closedAt: Date | null
  /** くじ番号, 0..999, of an answer by the web. No officer sees it before the draw; the hospital does on its receipt. */
  lot: number | null
}

/** Whether an officer said whose it is, and could say otherwise. */
export function isLinked({
  typedHospital,
  hospitalCode,
  state,
}: Pick<Submission, 'typedHospital' | 'hospitalCode' | 'state'>): boolean {
  return typedHospital !== null && hospitalCode !== null && state !== 'withdrawn'
}

/** Whether an officer may change it as its hospital asks. What is closed has to wait again first. */
export function isCorrectable({ state }: Pick<Submission, 'state'>): boolean {
  return reopenedAs(state) === null && state !== 'withdrawn'
}

/** A stored answer as its hospital sent it: an officer's link to the master does not change whom it named. */
export function asSent({
  submissionId,
  typedHospital,
  hospitalCode,
  answers,
}: Pick<Submission, 'submissionId' | 'typedHospital' | 'hospitalCode' | 'answers'>): NewSubmission {
  const hospital: HospitalReference = typedHospital
    ? { kind: 'other', ...typedHospital }
    : { kind: 'master', code: hospitalCode ?? '' }
  return { submissionId, hospital, answers }
}

/** Whether a stored submission already says what is sent now. */
export function sameContent(
  { typedHospital, hospitalCode, answers }: Pick<Submission, 'typedHospital' | 'hospitalCode' | 'answers'>,
  { hospital, answers: sent }: Pick<NewSubmission, 'hospital' | 'answers'>,
): boolean {
  const sameHospital =
    hospital.kind === 'master'
      ? typedHospital === null && hospitalCode === hospital.code
      : typedHospital?.name === hospital.name &&
        typedHospital.address === hospital.address &&
        typedHospital.beds === hospital.beds
  return sameHospital && sameAnswers(answers, sent)
}

export function sameAnswers(a: Answers, b: Answers): boolean {
  return ANSWER_QUESTIONS.every(({ id }) => a[id] === b[id]) && sameExtra(a.extra, b.extra)
}
