import type { ConfirmedEdition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { type AuditEntry, type AuditHead, GENESIS_HASH } from '../../domain/record/audit.ts'
import { editionLabel } from '../../domain/record/round.ts'
import { sha256Hex } from '../../domain/text/canonical.ts'
import { archiveOf } from '../rounds/archive.ts'

/** What a look through the whole record found, in words. */
interface RecordVerdict {
  ok: boolean
  text: string
}

/** The record as it stood when an edition was confirmed, by that edition's archive. */
interface Anchor extends AuditHead {
  label: string
  /** Of the archive itself: the entry of the confirmation, the very next one, names it. */
  sha256: string
}

/**
 * No entry was changed, taken out or put in: the chain holds from the first on, and the last confirmation's archive knows
 * how long it was. What came after that confirmation could be cut off unseen: the next one pins it.
 */
export function verifyRecord(stores: Stores): RecordVerdict {
  const broken = stores.audit.verify()
  if (broken !== null) return mismatch(`操作記録の${broken}件目から後が、記録したときの内容と一致しません。`)
  const [entries, anchor] = [stores.audit.all(), lastAnchor(stores)]
  if (anchor === 'unreadable')
    return mismatch(
      '確定した選定の保存用一式に、読み取れないものがあります。操作記録をそれと照合できません。',
    )
  const holds = `一致：操作記録${entries.length}件のつながりに問題はありません。`
  if (!anchor) return { ok: true, text: holds }
  const { label, count } = anchor
  if (entries.length <= count)
    return mismatch(
      `操作記録は${entries.length}件ですが、${label}を確定したときは${count + 1}件ありました。後の記録が失われています。`,
    )
  if (!isPinnedBy(anchor, entries))
    return mismatch(`操作記録の${count + 1}件目までが、${label}の保存用一式に控えた内容と一致しません。`)
  return { ok: true, text: `${holds}${label}の保存用一式に控えた${count}件とも一致します。` }
}

function mismatch(text: string): RecordVerdict {
  return { ok: false, text: `不一致：${text}` }
}

/** Of the confirmation that has most before it; null where every archive is of before archives had one. */
function lastAnchor(stores: Stores): Anchor | 'unreadable' | null {
  try {
    const anchors = stores.editions.confirmed().flatMap((edition) => anchorOf(stores, edition) ?? [])
    return anchors.toSorted((a, b) => b.count - a.count)[0] ?? null
  } catch (error) {
    // Whoever cuts off the record may have spoilt, or taken out, the archive that would tell.
    if (error instanceof SyntaxError || error instanceof TypeError) return 'unreadable'
    throw error
  }
}

function anchorOf(stores: Stores, edition: ConfirmedEdition): Anchor | null {
  const { record } = archiveOf(stores, edition)
  if (!('audit' in record)) return null
  const { bytes } = stores.editions.file(edition, 'archive.json')!
  return {
    ...record.audit,
    label: editionLabel(edition.number, edition.edition),
    sha256: sha256Hex(bytes),
  }
}

function isPinnedBy({ count, head, sha256 }: Anchor, entries: readonly AuditEntry[]): boolean {
  const files = entries[count]?.detail.sha256
  const named = typeof files === 'object' && files !== null && !Array.isArray(files) && files['archive.json']
  return (entries[count - 1]?.hash ?? GENESIS_HASH) === head && named === sha256
}
