import type { Edition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { editionLabel } from '../../domain/record/round.ts'
import { ROUND_FILE_LABELS } from '../../domain/record/round-file-labels.ts'
import type { Archive } from '../../domain/selection/archive/archive.ts'
import { bytesOf } from '../../domain/selection/archive/archive-files.ts'
import { sha256Hex } from '../../domain/text/canonical.ts'

type FileName = keyof typeof ROUND_FILE_LABELS

/** A frozen file cannot be read, and no copy of it: nothing can be said of its edition. */
export class FrozenFileProblem extends Error {
  constructor({ number, edition }: Edition, name: FileName) {
    super(`${fileOf(number, edition, name)}がないか、内容が壊れています。`)
  }
}

/** Of an edition that was read, the files that were taken from their copies. */
export function damagedFiles(
  { number, edition }: Edition,
  { damaged = [] }: { damaged?: readonly FileName[] },
): string[] {
  return damaged.map((name) => fileOf(number, edition, name))
}

/** 初回選定（第1版）の「選定の結果（JSON形式）」（result.json） */
function fileOf(number: number, edition: number, name: FileName): string {
  return `${editionLabel(number, edition)}の「${ROUND_FILE_LABELS[name]}」（${name}）`
}

/**
 * The frozen files of an edition as they were frozen: one that is missing, or is no longer what it was, is read from its copy
 * in the archive, and named.
 * @param required those that every edition has
 */
export function soundFiles({ editions }: Stores, edition: Edition, required: readonly FileName[]) {
  const damaged: FileName[] = []
  let archive: Archive | null | undefined

  function copyOf(name: FileName): unknown {
    archive ??= soundArchive({ editions }, edition)
    if (name === 'snapshot.json') return archive?.snapshot ?? null
    if (name === 'result.json') return archive?.result ?? null
    if (name === 'amended.json') return archive?.amendment?.result ?? null
    const copy = archive?.files?.find((file) => file.name === name)
    return copy ? parsed(Buffer.from(bytesOf(copy))) : null
  }

  return {
    damaged,
    /** What the file says; null where the edition has none of the name. @throws FrozenFileProblem */
    json(name: FileName): unknown {
      const file = editions.file(edition, name)
      const content = file && sha256Hex(file.bytes) === file.sha256 ? parsed(file.bytes) : null
      if (content !== null) return content
      const copy = copyOf(name)
      // An edition that has none of the name has no copy of it either.
      if (copy === null && !file && !required.includes(name)) return null
      if (copy === null) throw new FrozenFileProblem(edition, name)
      damaged.push(name)
      return copy
    },
  }
}

/** The whole edition in one file; null where that is missing, or no JSON. */
export function soundArchive({ editions }: Pick<Stores, 'editions'>, edition: Edition): Archive | null {
  return parsed(editions.file(edition, 'archive.json')?.bytes) as Archive | null
}

/** Null of what is no JSON. */
function parsed(bytes: Buffer | undefined): unknown {
  if (!bytes) return null
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
