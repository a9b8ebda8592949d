import type { Stores } from '../../../db/stores.ts'
import type { AuditEntry } from '../../../domain/record/audit.ts'
import { type Detail, detailOf } from '../sentence.ts'

/** A step of the record, in its order, its facts read without trusting what an earlier program wrote. */
export interface Fact extends Omit<AuditEntry, 'detail' | 'previousHash' | 'hash'> {
  detail: Detail
}

export function factOf({ seq, at, actor, action, subject, detail }: AuditEntry): Fact {
  return { seq, at, actor, action, subject, detail: detailOf(detail) }
}

/**
 * What is there is read at once, in the moment in which the record is; what the record says of it is worked out afterwards.
 */
export type Comparison = (stores: Stores) => (facts: readonly Fact[]) => Contradiction[]

/** What stands in the database is another than the record says. */
interface Contradiction {
  /** 設定, 利用者: one is named of each. */
  kind: string
  text: string
}

/** The first of a kind. */
export function contradiction(kind: string, texts: Iterable<string>): Contradiction[] {
  for (const text of texts) return [{ kind, text }]
  return []
}

/** 操作の記録の12件目 */
export function placeOf({ seq }: { seq: number }): string {
  return `操作の記録の${seq}件目`
}
