import type { Archive } from './archive.ts'
import type { Difference } from './first-difference.ts'

/**
 * A hospital that was selected and that a changed list of the selected does not name. Which columns a list has is the
 * prefecture's to set: one that names none of them tells nothing.
 */
export function missingRow(
  { files, snapshot, result, amendment }: Archive,
  index: number,
): Difference | null {
  const { name, encoding, content } = files[index]!
  if (encoding !== 'utf-8' || !name.endsWith('.csv')) return null
  const lines = ((amendment?.result ?? result).results ?? []) as { code: string; decision: string }[]
  const names = new Map(snapshot.candidates.map((candidate) => [candidate.code, candidate.name]))
  const selected = lines.flatMap(({ code, decision }) =>
    decision === 'selected' ? (names.get(code) ?? []) : [],
  )
  const missing = selected.filter((each) => !content.includes(each))
  if (missing.length === 0 || missing.length === selected.length) return null
  const about = `選定された「${missing[0]}」の行がありません。`
  return { path: ['files', index, 'content'], expected: '選定された病院の行', found: 'なし', about }
}
