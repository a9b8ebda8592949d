import { openDatabase } from '../../src/db/open.ts'
import { openStores } from '../../src/db/stores.ts'
import type { SaveContext } from '../../src/db/submissions.ts'
import { parseSubmissionForm, type TypedForm } from '../../src/domain/answer/form.ts'
import type { NewSubmission } from '../../src/domain/answer/submission.ts'
import { HOSPITAL_FIELDS } from '../../src/domain/master/hospital.ts'
import { aForm, aHospital } from '../support/builders.ts'

export const NOON = new Date('2024-03-11T03:00:00Z')
export const HERE = '4619900011'
export const THERE = '4619900029'

/** Real SQLite through the real migrations, with two hospitals in the master. */
export function startDatabase() {
  const { db, close } = openDatabase(':memory:')
  const stores = openStores(db, () => NOON)
  const hospitals = [aHospital({ key: HERE }), aHospital({ key: THERE, name: '見本病院' })]
  stores.hospitals.import({ hospitals, fields: HOSPITAL_FIELDS }, { actor: 'test', at: NOON, source: 'test' })
  return {
    db,
    close,
    stores,
    send: (answer: NewSubmission, context: Partial<SaveContext> = {}) =>
      stores.submissions.save(answer, saveContext(context)),
    /** The last actions on the record, the newest last. */
    actions: (count: number) =>
      stores.audit
        .all()
        .slice(-count)
        .map(({ action }) => action),
  }
}

export function saveContext(overrides: Partial<SaveContext> = {}): SaveContext {
  return { at: NOON, channel: 'web', code: 'TEST-2345', actor: 'hospital:test', ...overrides }
}

/** The answer that a form would store. */
export function anAnswer(overrides: Partial<TypedForm> = {}): NewSubmission {
  const parsed = parseSubmissionForm(aForm(overrides), (code) =>
    code === HERE || code === THERE ? code : null,
  )
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.submission
}

export function minutesAfter(start: Date, minutes: number): Date {
  return new Date(start.getTime() + minutes * 60_000)
}
