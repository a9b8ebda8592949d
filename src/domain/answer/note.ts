import { lengthProblem, normaliseMultiline, within } from '../text/text.ts'

const LONGEST = 1000
const normalise = within(LONGEST, normaliseMultiline)

/** What an officer writes down about an answer, as it is kept. @param name as the page calls it */
export function parseNote(
  typed: string,
  name = 'メモ',
): { ok: true; text: string } | { ok: false; message: string } {
  const text = normalise(typed)
  const message = text === '' ? `${name}を入力してください。` : lengthProblem(name, text, LONGEST)
  return message === null ? { ok: true, text } : { ok: false, message }
}
