import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import type { Pin } from '../../domain/record/audit-chain.ts'
import { editionLabel } from '../../domain/record/round.ts'
import type { Archive } from '../../domain/selection/archive/archive.ts'
import { signatureDifference, signatureIn } from '../../domain/selection/archive/signature.ts'
import { sha256Hex } from '../../domain/text/canonical.ts'
import { archiveOf } from '../rounds/archive.ts'

/** The record as it stood when an edition was confirmed, by that edition's archive. */
export interface Anchor extends Pin {
  /** Of the archive itself: the entry of the confirmation, the very next one, names it. */
  sha256: string
}

/** The archives of the confirmed editions: what they pin, and what is wrong with them themselves. */
export function anchorsIn(stores: Stores): { anchors: Anchor[]; problems: string[] } {
  const [anchors, problems]: [Anchor[], string[]] = [[], []]
  const keys = stores.signingKeys.all()
  for (const edition of stores.editions.confirmed()) {
    const label = `${editionLabel(edition.number, edition.edition)}の保存用一式`
    const archive = readArchive(stores, edition)
    if (archive === null) {
      problems.push(`${label}を読み取れません。操作の記録をそれと照合できません。`)
      continue
    }
    const problem = signatureProblem(archive, edition, keys)
    if (problem) problems.push(`${label}${problem}`)
    if ('audit' in archive.record) {
      const { bytes } = stores.editions.file(edition, 'archive.json')!
      const { audit, confirmed } = archive.record
      anchors.push({ ...audit, source: label, at: new Date(confirmed.at), sha256: sha256Hex(bytes) })
    }
  }
  return { anchors, problems }
}

/** Null where it is spoilt, or was taken out: whoever cuts off the record may have seen to that. */
function readArchive(stores: Stores, edition: ConfirmedEdition): Archive | null {
  try {
    const archive = archiveOf(stores, edition)
    return typeof archive.record === 'object' && archive.record !== null ? archive : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
}

/** Since there is a key, every archive is signed, by one that the installation had. */
function signatureProblem(
  archive: Archive,
  { settled }: ConfirmedEdition,
  keys: ReturnType<Stores['signingKeys']['all']>,
): string | null {
  const signature = signatureIn(archive)
  const [first] = keys
  if (!signature) return first && first.createdAt <= settled.at ? 'に、署名がありません。' : null
  if (signatureDifference(archive)) return 'の署名が、その内容と一致しません。'
  const isKnown = keys.some(({ publicKey }) => publicKey === signature.publicKey)
  return keys.length === 0 || isKnown ? null : 'の署名が、このシステムの署名鍵によるものではありません。'
}
