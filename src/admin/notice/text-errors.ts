import { markProblem } from '../../domain/notice/marked-text.ts'
import { PLACEHOLDERS } from '../../domain/notice/placeholders.ts'
import { firstUnknownCharacter } from '../../domain/text/cp932.ts'
import { placeholderProblem } from '../../domain/text/placeholders.ts'
import { lengthProblem } from '../../domain/text/text.ts'

/** What is wrong with a text of the notice, in Japanese; null where nothing is. */
export function textError(name: string, text: string, limit: number): string | null {
  if (text === '') return `${name}を入力してください。`
  return (
    lengthProblem(name, text, limit) ??
    unreadable(name, text) ??
    markProblem(text) ??
    placeholderProblem(name, text, NAMES)
  )
}

const NAMES = PLACEHOLDERS.map(({ name }) => name)

function unreadable(name: string, text: string): string | null {
  const found = firstUnknownCharacter(text)
  return found === null ? null : `${name}の${found.position}文字目は、使えない文字です。削除してください。`
}
