import type { Stores } from '../../src/db/stores.ts'
import { Sealed } from '../../src/domain/answer/sealed.ts'
import type { Submission } from '../../src/domain/answer/submission.ts'
import { anAnswer } from './submissions.ts'

/** What a seal holds, as the hospital's own answer opens it. */
export function opened<T>(sealed: Sealed<T>): T {
  const current = { state: 'current' as const, answers: anAnswer({ gmisConsent: true }) }
  return sealed.open(current satisfies Pick<Submission, 'state' | 'answers'>)!.value
}

/** A file that an officer looks at, and has not taken in yet. @returns the number under which it waits */
export function stageGmis({ gmisStages }: Stores, key: string, by: { actor: string; at: Date }): number {
  const stage = {
    fileName: 'gmis.csv',
    sha256: '',
    sheet: '',
    columns: ['Q6', 'Q9-1'],
    hospitals: [{ key, row: 2 }],
    unknown: [{ row: 3, code: '4619900094', name: '架空外病院' }],
    warnings: [],
  }
  return gmisStages.add(stage, new Map([[key, new Sealed(['はい', '未実施'])]]), by)
}

/** A GMIS export as a CSV; the first line is its header. */
export function gmisCsv(...lines: string[]): { name: string; bytes: Buffer } {
  return { name: 'gmis.csv', bytes: Buffer.from(lines.join('\n')) }
}
