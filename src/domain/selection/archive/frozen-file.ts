import type { z } from 'zod'
import { japaneseMessage, problemsOf } from '../../validation/problems.ts'
import type { ArchiveFile } from './archive-files.ts'
import { type Difference, shown } from './first-difference.ts'

/** A frozen JSON file of an archive, with its place in it. */
interface FrozenFile<Content> {
  content: Content
  /** `['files', 3, 'content']` */
  path: (string | number)[]
}

/** Null where the archive has no such file: an edition that had nothing to say in it. */
export function frozenFile<Content>(
  files: readonly ArchiveFile[],
  name: string,
  schema: z.ZodType<Content>,
): { file: FrozenFile<Content> } | { difference: Difference } | null {
  const index = files.findIndex((each) => each.name === name)
  if (index < 0) return null
  const path = ['files', index, 'content']
  const parsed = schema.safeParse(jsonOf(files[index]!), { error: japaneseMessage })
  if (parsed.success) return { file: { content: parsed.data, path } }
  const [issue] = parsed.error.issues
  const [problem] = problemsOf(parsed.error, name)
  return {
    difference: {
      path: [...path, ...issue!.path.map((step) => (typeof step === 'number' ? step : String(step)))],
      expected: '定められた形式',
      found: '形式に合わない値',
      about: problem!.message,
    },
  }
}

/** A file that what is in another part asks for, at the place where it would stand. */
export function missingFile(files: readonly ArchiveFile[], name: string, about: string): Difference {
  return { path: ['files', files.length], expected: shown(name), found: 'なし', about }
}

/** Undefined, which no schema takes, where it is no JSON. */
function jsonOf({ encoding, content }: ArchiveFile): unknown {
  try {
    return encoding === 'utf-8' ? JSON.parse(content) : undefined
  } catch {
    // Somebody has cut it off, or written into it.
    return undefined
  }
}
