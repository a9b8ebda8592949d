import type { Edition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { editionLabel } from '../../domain/record/round.ts'
import type { Archive } from '../../domain/selection/archive/archive.ts'
import { verifyArchive } from '../../domain/selection/archive/verification.ts'
import { canonicalJson, sha256Hex } from '../../domain/text/canonical.ts'
import { sealedAs } from './archive.ts'
import { FILE_NAMES } from './files.ts'

/** What a recomputation found, in words. */
export interface VerificationText {
  ok: boolean
  text: string
  /** Of the whole archive: the one hash to write down. */
  sha256: string | null
}

/**
 * Computes a confirmed edition anew from its frozen bytes: the archive by itself, every other file against the hash
 * under which it was stored and against the copy in the archive, and the other editions that the archive names.
 */
export function verifyEdition(stores: Stores, edition: Edition): VerificationText {
  const stored = stores.editions.files(edition)
  const changed = stored.find(({ bytes, sha256 }) => sha256Hex(bytes) !== sha256)
  if (changed) return mismatch(`「${labelOf(changed.name)}」の内容が、確定したときのSHA-256と一致しません。`)
  const archive = stored.find(({ name }) => name === 'archive.json')
  if (!archive) return mismatch('保存用一式が見つかりません。')
  const verification = verifyArchive(archive.bytes)
  if (!verification.ok) return mismatch(verification.message)
  const { sha256 } = verification.archive
  const listed = new Map(sha256.files.map((file) => [file.name, file.sha256]))
  const parts = new Map([
    ['snapshot.json', sha256.snapshot],
    ['result.json', sha256.result],
    ['amended.json', sha256Hex(canonicalJson(verification.archive.amendment?.result ?? null))],
  ])
  const differing = stored.find(({ name, bytes, sha256: hash }) =>
    parts.has(name)
      ? sha256Hex(canonicalJson(JSON.parse(bytes.toString('utf8')))) !== parts.get(name)
      : listed.has(name) && listed.get(name) !== hash,
  )
  if (differing) return mismatch(`「${labelOf(differing.name)}」が、保存用一式の中の写しと一致しません。`)
  const other = replacedEdition(stores, verification.archive)
  if (other) return mismatch(`${other}の保存用一式が、この版を確定したときに控えたSHA-256と一致しません。`)
  return {
    ok: true,
    text: '一致：保存されている入力から計算し直した結果と、すべてのファイルのSHA-256が、確定した内容と一致しました。',
    sha256: verification.sha256,
  }
}

/** What a page calls the file. */
function labelOf(name: string): string {
  return FILE_NAMES.find((file) => file.name === name)?.label ?? name
}

/** Of the editions that the archive names by their hashes the first that is not the one it names. */
function replacedEdition(stores: Stores, { record, amendment }: Archive): string | null {
  const named = 'follows' in record ? [...record.follows] : []
  if (amendment) named.push({ round: record.round, ...amendment.base })
  const replaced = named.find(({ round, edition, sha256 }) => {
    const there = stores.editions.ofRound(round).find((each) => each.edition === edition)
    return !there || sealedAs(stores, there) !== sha256
  })
  return replaced ? editionLabel(replaced.round, replaced.edition) : null
}

function mismatch(text: string): VerificationText {
  return { ok: false, text: `不一致：${text}`, sha256: null }
}
