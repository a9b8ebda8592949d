import type { Act } from '../../db/acts.ts'
import type { ConfirmedEdition, Edition, EditionFacts, NewFile } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import type { AuditHead } from '../../domain/record/audit.ts'
import { EDITION_KINDS, PROPOSAL_STATES } from '../../domain/record/round.ts'
import {
  type Archive,
  type ArchiveRecord,
  archiveOfWritten,
  type WrittenFile,
  type WrittenParts,
  writtenFile,
  writtenParts,
} from '../../domain/selection/archive/archive.ts'
import { signatureOf } from '../../domain/selection/archive/signature.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { inTurn } from '../in-turn.ts'
import { officerNames } from '../officer-names.ts'
import type { FrozenRound } from './frozen.ts'

/** Parts of the archive themselves; every other file is kept in it as it is. */
const PARTS = new Set(['snapshot.json', 'result.json', 'amended.json'])

/** An edition at the moment in which it is confirmed. */
interface Confirmation {
  edition: EditionFacts
  frozen: FrozenRound
  /** What of it is known before. */
  parts: WrittenParts
  /** Null where one person confirms alone. */
  proposed: Act | null
  confirmed: Act
  /** The record just before. */
  audit: AuditHead
}

/** The whole edition in one file that anybody can verify: what was decided, on what, and by whom. */
export function archiveFileOf(stores: Stores, confirmation: Confirmation): NewFile {
  const record = recordOf(stores, confirmation)
  const text = archiveOfWritten(confirmation.parts, record, signedBy(stores, confirmation))
  return { name: 'archive.json', bytes: Buffer.from(text, 'utf8') }
}

/**
 * What of the archive is known before the moment of confirmation: nearly all, and of thousands of hospitals it takes long.
 * @param files of the edition but for the archive
 */
export async function archiveParts(
  stores: Stores,
  edition: EditionFacts,
  { frozen, files }: Pick<Confirmation, 'frozen'> & { files: readonly NewFile[] },
): Promise<WrittenParts> {
  const { snapshot, result, amended } = frozen.reading
  const amendment =
    amended.amendments.length === 0
      ? null
      : {
          base: baseOf(stores, edition),
          declines: amended.amendments.map(({ promoted: _, ...decline }) => decline),
          result: amended,
        }
  const written: WrittenFile[] = []
  await inTurn(files, (file) => PARTS.has(file.name) || written.push(writtenFile(file)))
  return { ...writtenParts({ snapshot, result, amendment }), files: written }
}

/** By the installation, as it is confirmed. */
function signedBy({ signer }: Stores, { frozen, confirmed }: Confirmation) {
  const by = frozen.register.prefecture
  return signer && ((sha256: string) => signatureOf(sha256, signer, { at: confirmed.at, by }))
}

function recordOf(stores: Stores, confirmation: Confirmation): ArchiveRecord {
  const { edition, frozen, proposed, confirmed, audit } = confirmation
  const nameOf = officerNames(stores)
  const act = ({ actor, at }: Act, reason: string | null) => ({
    at: at.toISOString(),
    by: actor,
    name: nameOf(actor),
    reason,
  })
  const why = edition.reason ?? edition.waitingReason
  return {
    prefecture: frozen.register.prefecture,
    round: edition.number,
    edition: edition.edition,
    policyVersion: edition.policyVersion,
    freeSeatsReason: edition.freeSeatsReason,
    proposed: proposed && act(proposed, why),
    confirmed: act(confirmed, proposed ? null : why),
    history: historyOf(stores, edition.number).map(({ action, by, reason }) => ({
      action,
      ...act(by, reason),
    })),
    audit,
    follows: stores.editions
      .newest()
      .filter(({ number }) => number !== edition.number)
      .map((other) => ({ round: other.number, edition: other.edition, sha256: sealedAs(stores, other) })),
  }
}

interface Step {
  action: string
  by: Act
  reason: string | null
}

/** What happened to the round before: its earlier editions, and the proposals that came to nothing. */
function historyOf({ editions }: Stores, number: number): Step[] {
  const confirmed = editions.ofRound(number).map(({ edition, kind, reason, settled }) => ({
    action: `第${edition}版：${labelOf(EDITION_KINDS, kind)}`,
    by: settled,
    reason,
  }))
  const ended = editions.proposals().flatMap((proposal) => endOf(proposal, number))
  return [...confirmed, ...ended].sort((a, b) => a.by.at.getTime() - b.by.at.getTime())
}

function endOf({ number, state, settled }: Edition, round: number): Step[] {
  if (number !== round || state === 'open' || state === 'confirmed') return []
  return [{ action: `起案の${labelOf(PROPOSAL_STATES, state)}`, by: settled, reason: settled.reason }]
}

/** The edition whose selection the declines are applied to, with the hash of its archive. */
function baseOf(stores: Stores, { number, edition }: EditionFacts): { edition: number; sha256: string } {
  const base = stores.editions
    .ofRound(number)
    .findLast((each) => each.edition < edition && each.kind !== 'declined')
  if (!base) throw new Error('an edition with declines follows one without')
  return { edition: base.edition, sha256: sealedAs(stores, base) }
}

/** The one hash of a confirmed edition's archive. */
export function sealedAs(stores: Stores, edition: ConfirmedEdition): string {
  return archiveOf(stores, edition).sha256.archive
}

export function archiveOf({ editions }: Stores, edition: ConfirmedEdition): Archive {
  return JSON.parse(editions.file(edition, 'archive.json')!.bytes.toString('utf8'))
}
