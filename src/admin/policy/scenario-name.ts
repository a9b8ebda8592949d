import { normaliseText } from '../../domain/text/text.ts'
import { CURRENT } from './scenario-lines.ts'

const LONGEST = 40

/** The name of a 検討案 as it is stored. */
export function parseScenarioName(
  typed: string,
): { ok: true; name: string } | { ok: false; message: string } {
  const name = normaliseText(typed)
  const length = [...name].length
  if (length === 0) return { ok: false, message: '検討案の名前を入力してください。' }
  if (length > LONGEST)
    return { ok: false, message: `検討案の名前は${LONGEST}文字以内で入力してください（現在${length}文字）。` }
  if (name === CURRENT)
    return { ok: false, message: `「${CURRENT}」は今の選定基準を指す名前です。別の名前を入力してください。` }
  return { ok: true, name }
}

export function nameTaken(name: string): string {
  return `「${name}」という検討案が既にあります。別の名前を入力してください。`
}
