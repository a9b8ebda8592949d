import { createHmac } from 'node:crypto'
import { canonicalJson } from '../text/canonical.ts'

/** What a version of an answer says, with who entered it. */
export type AnswerContentRow = Readonly<Record<string, string | number | boolean | null | object>>

/**
 * What the record keeps of an answer: enough to tell whether it was changed since, and nothing by which somebody who reads the
 * record could find out what it says, or try whether a guess is right: that takes the receipt key.
 */
export function answerDigest(receiptKey: Uint8Array, content: AnswerContentRow): string {
  return createHmac('sha256', receiptKey)
    .update('kakuho.answer-content/1\n')
    .update(canonicalJson(content))
    .digest('hex')
}
