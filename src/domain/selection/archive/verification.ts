import { japaneseMessage, pathText, problemsOf } from '../../validation/problems.ts'
import { type Archive, archiveHash, archiveSchema, sealOf } from './archive.ts'
import { decoded, firstInvalidByte } from './archive-files.ts'
import { readCanonicalJson } from './canonical-reader.ts'
import { type Difference, firstDifference } from './first-difference.ts'
import { drawDifference } from './lottery-check.ts'
import { missingRow } from './missing-row.ts'
import { textsDifference } from './questions-check.ts'
import { reasonsDifference } from './reasons-check.ts'
import { consequence, recomputedDifference } from './recomputed.ts'
import { answersDifference, changedFact } from './register-check.ts'
import { signatureDifference } from './signature.ts'

export type Verification =
  /** `sha256` is the hash of the whole: the one to compare with what was written down. */
  { ok: true; archive: Archive; sha256: string } | ({ ok: false } & Mismatch)

/** The first thing that is not as it should be. */
interface Mismatch {
  /** `result.results[5].rank`, `files[0].content（ministry.csv）`, `sha256.snapshot`; `archive` for the whole. */
  place: string
  expected: string
  found: string
  /** One sentence for a person. */
  message: string
}

/**
 * Checks a round's archive by nothing but itself: the form of the text, the hash of every part, and the result, which is
 * computed again from the snapshot. Any changed byte is found. Whoever changes contents and all the hashes
 * makes another valid archive, of another hash: that one is on record elsewhere.
 */
export function verifyArchive(input: string | Uint8Array): Verification {
  const invalid = typeof input === 'string' ? null : firstInvalidByte(input)
  if (invalid !== null)
    return failed(`${invalid + 1}バイト目`, 'UTF-8', '不正なバイト', 'UTF-8の文字として読み取れません。')
  const text = typeof input === 'string' ? input : decoded(input)
  const read = readCanonicalJson(text, 'archive')
  if (!read.ok) return failedReading(text, read.deviation)
  const parsed = archiveSchema.safeParse(read.value, { error: japaneseMessage })
  if (!parsed.success) {
    const { path, message } = problemsOf(parsed.error, 'archive')[0]!
    return failed(path, '定められた形式', '形式に合わない値', message)
  }
  // What is hashed and compared is what was read: a schema passes over keys that JavaScript hides.
  const archive = read.value as Archive
  const difference =
    hashDifference(archive) ??
    replacedFact(archive) ??
    recomputedDifference(archive) ??
    recordDifference(archive) ??
    frozenDifferences(archive)[0] ??
    signatureDifference(archive)
  if (!difference) return { ok: true, archive, sha256: archive.sha256.archive }
  const { expected, found, about = '' } = difference
  return failed(
    placeText(archive, difference.path),
    expected,
    found,
    `${about}あるべき値は ${expected}、ファイルの値は ${found} です。`,
  )
}

function failed(place: string, expected: string, found: string, why: string): Verification {
  return { ok: false, place, expected, found, message: `${place} が一致しません。${why}` }
}

function failedReading(text: string, { path, at }: { path: string; at: number }): Verification {
  const found = at < text.length ? JSON.stringify(text.slice(at, at + 20)) : '末尾'
  return failed(path, '正規形の JSON', found, `${at + 1}文字目から、確定したときの書式と異なります。`)
}

/**
 * The list of hashes has a hash of its own. Where the list is as it was, a part that does not fit it was changed;
 * where it is not, the hash was.
 */
function hashDifference(archive: Archive): Difference | null {
  const { archive: whole, ...listed } = archive.sha256
  const difference = firstDifference(listed, sealOf(archive))
  const wholeNow = archiveHash(listed)
  if (wholeNow === whole) return difference && (changedWithin(archive, difference) ?? contentOf(difference))
  if (!difference) return { path: ['sha256', 'archive'], expected: wholeNow, found: whole }
  const { path, expected, found } = difference
  return { path: ['sha256', ...path], expected: found, found: expected }
}

/** A fact that was changed with all hashes made anew: the result still names the hash of the snapshot that it was. */
function replacedFact(archive: Archive): Difference | null {
  const { result, sha256 } = archive
  return result.snapshotSha256 === sha256.snapshot ? null : changedFact(archive)
}

/** Of a changed part the very place, where the other parts tell what stood there. */
function changedWithin(archive: Archive, hashes: Difference): Difference | null {
  const [part, index] = hashes.path
  switch (part) {
    case 'result':
    case 'amendment':
      // Where it follows from a changed input, that is what was changed.
      return recomputedDifference(archive) ?? changedFact(archive)
    case 'snapshot':
      return changedFact(archive) ?? withConsequence(archive, hashes)
    case 'files':
      return typeof index === 'number' ? fileDifference(archive, index) : null
  }
  return null
}

/** A changed snapshot of which nobody knows what it was: at least what it leads to. */
function withConsequence(archive: Archive, hashes: Difference): Difference | null {
  const follows = consequence(archive)
  if (!follows) return null
  const place = pathText(follows.path, 'archive')
  const about = `この入力から計算し直すと、${place} が異なります。${follows.about ?? ''}`
  return { ...contentOf(hashes), about }
}

/** What is wrong within a changed file. */
function fileDifference(archive: Archive, index: number): Difference | null {
  const ofFile = ({ path }: Difference) => path[0] === 'files' && path[1] === index
  return frozenDifferences(archive).find(ofFile) ?? missingRow(archive, index)
}

/** What stands in two parts of the archive and is not the same, though every part has its hash. */
function frozenDifferences(archive: Archive): Difference[] {
  return [
    drawDifference(archive),
    textsDifference(archive),
    answersDifference(archive),
    reasonsDifference(archive),
  ].filter((difference) => difference !== null)
}

/** From the place of a file's hash to that of its content. */
function contentOf(difference: Difference): Difference {
  const path = difference.path.map((step) => (step === 'sha256' ? 'content' : step))
  return { ...difference, path }
}

/** What the record says of the round, which the snapshot and the amendment know as well. */
function recordDifference({ record, snapshot, amendment }: Archive): Difference | null {
  const round = firstDifference(snapshot.round, record.round, ['record', 'round'])
  if (round || !amendment || amendment.base.edition < record.edition) return round
  const found = String(amendment.base.edition)
  return { path: ['amendment', 'base', 'edition'], expected: `${record.edition}より小さい版`, found }
}

function placeText({ files }: Archive, path: (string | number)[]): string {
  const [part, index, key, ...within] = path
  const name = part === 'files' && typeof index === 'number' ? files[index]?.name : undefined
  if (name === undefined) return pathText(path, 'archive')
  const inside = within.length === 0 ? '' : pathText(['', ...within], '')
  return `${pathText(path.slice(0, key === undefined ? 2 : 3), 'archive')}（${name}）${inside}`
}
