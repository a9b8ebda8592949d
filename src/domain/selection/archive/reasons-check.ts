import { z } from 'zod'
import type { Archive } from './archive.ts'
import { type Difference, shown } from './first-difference.ts'
import { frozenFile } from './frozen-file.ts'

/** As much of `reasons.json` as the result has too. What it says of them was said when it was frozen. */
const reasonsSchema = z.looseObject({ reasons: z.array(z.looseObject({ code: z.string() })) })

/** Every hospital has its reasons. */
export function reasonsDifference({
  files,
  snapshot,
}: Pick<Archive, 'files' | 'snapshot'>): Difference | null {
  const found = frozenFile<z.infer<typeof reasonsSchema>>(files, 'reasons.json', reasonsSchema)
  if (!found || 'difference' in found) return found?.difference ?? null
  const { content, path } = found.file
  const told = new Set(content.reasons.map(({ code }) => code))
  const missing = snapshot.candidates.find(({ code }) => !told.has(code))
  if (!missing) return null
  const about = `「${missing.name}」の行がありません。`
  return { path: [...path, 'reasons'], expected: shown(missing.code), found: 'なし', about }
}
