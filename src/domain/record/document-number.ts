import { lengthProblem, normaliseText, within } from '../text/text.ts'

const LONGEST = 60
const normalise = within(LONGEST, normaliseText)

/** 文書番号 as a document system gives it: 保医第123号. Where a paper has none, 「なし」 says so. */
export function parseDocumentNumber(
  typed: string,
): { ok: true; number: string } | { ok: false; message: string } {
  const number = normalise(typed)
  const message =
    number === ''
      ? '文書番号を入力してください。番号を付けない場合は「なし」と入力してください。'
      : lengthProblem('文書番号', number, LONGEST)
  return message === null ? { ok: true, number } : { ok: false, message }
}
