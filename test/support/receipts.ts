import { confirmationCode, receiptNumber, receiptPath } from '../../src/domain/answer/receipt.ts'

/** By which the codes of every database in memory are made. */
export const RECEIPT_KEY = new Uint8Array(32).fill(7)

/** The number of the sending of the answer that `saveSubmission` stores as the n-th of a database. */
export function sendingId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
}

/** 確認コード of that answer. */
export function codeOf(n: number): string {
  return confirmationCode(RECEIPT_KEY, sendingId(n))
}

/** Where its receipt lives. */
export function receiptOf(n: number): string {
  return receiptPath({ number: receiptNumber(n), code: codeOf(n) })
}
