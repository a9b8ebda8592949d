import type { Sealed } from '../../src/domain/answer/sealed.ts'
import type { Submission } from '../../src/domain/answer/submission.ts'
import { anAnswer } from './submissions.ts'

/** What a seal holds, as the hospital's own answer opens it. */
export function opened<T>(sealed: Sealed<T>): T {
  const current = { state: 'current' as const, answers: anAnswer({ gmisConsent: true }) }
  return sealed.open(current satisfies Pick<Submission, 'state' | 'answers'>)!.value
}

/** A GMIS export as a CSV; the first line is its header. */
export function gmisCsv(...lines: string[]): { name: string; bytes: Buffer } {
  return { name: 'gmis.csv', bytes: Buffer.from(lines.join('\n')) }
}
