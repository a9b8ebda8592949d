import type { By, NewEdition, NewFile } from '../../db/rounds.ts'
import type { Stores } from '../../db/stores.ts'
import { EDITION_KINDS, PROPOSAL_STATES } from '../../domain/record/round.ts'
import { type Archive, type ArchiveRecord, sealArchive } from '../../domain/selection/archive/archive.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { officerNames } from '../officer-names.ts'
import { frozenRound } from './frozen.ts'

/** Parts of the archive themselves; every other file is kept in it as it is. */
const PARTS = new Set(['snapshot.json', 'result.json', 'amended.json'])

interface Acts {
  /** Null where one person confirms alone. */
  proposed: By | null
  confirmed: By
}

/** The whole edition in one file that anybody can verify: what was decided, on what, and by whom. */
export function archiveFileOf(stores: Stores, edition: NewEdition, acts: Acts): NewFile {
  const { files } = edition
  const frozen = frozenRound((name) => files.find((file) => file.name === name) ?? null)
  const { snapshot, result, amended } = frozen
  const text = sealArchive({
    record: recordOf(stores, edition, frozen.register.prefecture, acts),
    snapshot,
    result,
    amendment:
      amended.amendments.length === 0
        ? null
        : {
            base: baseOf(stores, edition),
            declines: amended.amendments.map(({ code, reason }) => ({ code, reason })),
            result: amended,
          },
    files: files.filter(({ name }) => !PARTS.has(name)),
  })
  return { name: 'archive.json', bytes: Buffer.from(text, 'utf8') }
}

function recordOf(
  stores: Stores,
  { number, edition, policyVersion, freeSeatsReason, waitingReason, reason }: NewEdition,
  prefecture: string,
  { proposed, confirmed }: Acts,
): ArchiveRecord {
  const nameOf = officerNames(stores)
  const act = ({ actor, at }: By, why: string | null) => ({
    at: at.toISOString(),
    by: actor,
    name: nameOf(actor),
    reason: why,
  })
  const why = reason ?? waitingReason
  return {
    prefecture,
    round: number,
    edition,
    policyVersion,
    freeSeatsReason,
    proposed: proposed && act(proposed, why),
    confirmed: act(confirmed, proposed ? null : why),
    history: historyOf(stores, number).map(({ action, by, reason: because }) => ({
      action,
      ...act(by, because),
    })),
  }
}

/** What happened to the round before: its earlier editions, and the proposals that came to nothing. */
function historyOf({ rounds, proposals }: Stores, number: number) {
  const editions = rounds.editions(number).map(({ edition, kind, reason, confirmedBy, confirmedAt }) => ({
    action: `第${edition}版：${labelOf(EDITION_KINDS, kind)}`,
    by: { actor: confirmedBy, at: confirmedAt },
    reason,
  }))
  const ended = proposals.all().flatMap((proposal) => {
    const { state, closedBy, closedAt, closedReason } = proposal
    if (proposal.number !== number || (state !== 'returned' && state !== 'withdrawn')) return []
    const by = { actor: closedBy!, at: closedAt! }
    return [{ action: `起案の${labelOf(PROPOSAL_STATES, state)}`, by, reason: closedReason }]
  })
  return [...editions, ...ended].sort((a, b) => a.by.at.getTime() - b.by.at.getTime())
}

/** The edition whose selection the declines are applied to, with the hash of its archive. */
function baseOf({ rounds }: Stores, { number, edition }: NewEdition): { edition: number; sha256: string } {
  const base = rounds.editions(number).findLast((each) => each.edition < edition && each.kind !== 'declined')
  if (!base) throw new Error('an edition with declines follows one without')
  const archive: Archive = JSON.parse(rounds.file(base, 'archive.json')!.bytes.toString('utf8'))
  return { edition: base.edition, sha256: archive.sha256.archive }
}
