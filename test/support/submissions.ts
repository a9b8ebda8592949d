import type { Stores } from '../../src/db/stores.ts'
import type { ProxyChannel } from '../../src/domain/answer/choices.ts'
import type { Answers, NewSubmission, Submission } from '../../src/domain/answer/submission.ts'
import { HOSPITAL_FIELDS, type Hospital } from '../../src/domain/master/hospital.ts'
import { aHospital, aSubmission } from './builders.ts'
import { sendingId } from './receipts.ts'

/** Puts hospitals into the master, each valid by default. */
export function addHospitals({ hospitals }: Stores, ...each: Partial<Hospital>[]): void {
  const list = { hospitals: each.map((overrides) => aHospital(overrides)), fields: HOSPITAL_FIELDS }
  const { conflicts } = hospitals.import(list, { actor: 'test', at: new Date('2024-03-01'), source: 'test' })
  if (conflicts.length > 0) throw new Error(`hospitals of the test conflict: ${conflicts.join(', ')}`)
}

/** What a hospital answers, valid as it is. */
export function anAnswer(overrides: Partial<Answers> = {}): Answers {
  return { ...aSubmission({ department: '総務課' }).answers, ...overrides }
}

export interface SavedOptions extends Partial<Answers> {
  /** A code of the master, or what was typed under `other`. */
  hospital?: string | { name: string; address: string; beds: number }
  at?: string
  /** The same again is a correction. */
  submissionId?: string
  submittedAt?: string
  /** Else the form of the survey. */
  channel?: ProxyChannel
}

const counted = new WeakMap<Stores, number>()

/** One that no other answer has, the same in every run. */
function nextSendingId(stores: Stores): string {
  const n = (counted.get(stores) ?? stores.submissions.all().length) + 1
  counted.set(stores, n)
  return sendingId(n)
}

/** Stores an answer as the public form would. */
export function saveSubmission(stores: Stores, options: SavedOptions = {}): Submission {
  const { hospital = '4619900011', at = '2024-03-11T01:00:00Z', submittedAt, channel, ...rest } = options
  const { submissionId = nextSendingId(stores), ...answers } = rest
  const reference: NewSubmission['hospital'] =
    typeof hospital === 'string' ? { kind: 'master', code: hospital } : { kind: 'other', ...hospital }
  const { submission } = stores.submissions.save(
    { submissionId, hospital: reference, answers: anAnswer(answers) },
    {
      at: new Date(at),
      channel: channel ?? 'web',
      actor: channel ? 'officer' : 'hospital',
      ...(channel && { entry: { channel, reason: null } }),
      ...(submittedAt && { submittedAt: new Date(submittedAt) }),
    },
  )
  return submission
}
