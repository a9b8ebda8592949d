import { lengthProblem, normaliseText, within } from '../../domain/text/text.ts'
import { CURRENT } from './scenario-lines.ts'

const LONGEST = 40
const normalise = within(LONGEST, normaliseText)

/** The name of a 検討案 as it is stored. */
export function parseScenarioName(
  typed: string,
): { ok: true; name: string } | { ok: false; message: string } {
  const name = normalise(typed)
  if (name === '') return { ok: false, message: '検討案の名前を入力してください。' }
  const tooLong = lengthProblem('検討案の名前', name, LONGEST)
  if (tooLong) return { ok: false, message: tooLong }
  if (name === CURRENT)
    return { ok: false, message: `「${CURRENT}」は今の選定基準を指す名前です。別の名前を入力してください。` }
  return { ok: true, name }
}

export function nameTaken(name: string): string {
  return `「${name}」という検討案が既にあります。別の名前を入力してください。`
}
