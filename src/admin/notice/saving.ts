import type { FastifyRequest } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import type { Notice } from '../../domain/notice/notice.ts'
import { canonicalJson, sha256Hex } from '../../domain/text/canonical.ts'
import { officerOf } from '../session/officer.ts'

/** How a part of the notice stands, carried along by its form; 'new' of one that there is not yet. */
export function standingOf(part: object | null): string {
  return part === null ? 'new' : sha256Hex(canonicalJson({ ...part })).slice(0, 16)
}

/**
 * Changes the notice as it stands, whatever else others have changed in it.
 * @param change in words, for the history: 「事業の流れ」を変更
 */
export function saveNotice(
  { stores, now }: { stores: Stores; now: () => Date },
  request: FastifyRequest,
  change: string,
  changed: (notice: Notice) => Notice,
): void {
  const by = { actor: officerOf(request).login, at: now(), change }
  // Nothing comes between: reading and saving are one step of this process, and another's save is read again.
  for (let outcome = ''; outcome !== 'saved'; ) {
    const { version, notice } = stores.notice.current()
    outcome = stores.notice.saveAfter(version, changed(notice), by)
  }
}
