import { type AuditEntry, type AuditHead, type AuditValue, auditHash, GENESIS_HASH } from './audit.ts'

/** An entry as it lies in the database: whether its facts can be read is not known yet. */
export type StoredEntry = Omit<AuditEntry, 'detail'> & { detail: string }

/** What does not hold, with the entry at which it shows. */
export type ChainFault =
  /** Its facts are no JSON: it was written by something else. */
  | { kind: 'unreadable'; seq: number }
  /** There is none of these numbers. */
  | { kind: 'missing'; seq: number; to: number }
  /** What stands under this number was written under that one. */
  | { kind: 'moved'; seq: number; from: number }
  /** It is another than its own hash says. */
  | { kind: 'changed'; seq: number }
  /** It is right in itself and does not follow from the one before: one of the two was written anew. */
  | { kind: 'unlinked'; seq: number }
  /** Its number is not one: it stands before the first. */
  | { kind: 'misnumbered'; seq: number }

/** The record as it stood at a moment, kept elsewhere than in the record. */
export interface Pin extends AuditHead {
  /** 「初回選定の保存用一式」, 「backup.tar」 */
  source: string
  at: Date | null
}

export type PinFault =
  /** Entries that were there are not any more. */
  | { kind: 'cut-off'; pin: Pin; count: number }
  /** The entry is another than was kept; the one before `after` still was as kept in another place. */
  | { kind: 'rewritten'; pin: Pin; after: number }

/** Everything that does not hold from the first entry on, each named once. */
export class ChainCheck {
  readonly faults: ChainFault[] = []
  /** By position: what a pin is held against. */
  readonly hashes: string[] = [GENESIS_HASH]
  readonly #suspects: StoredEntry[] = []
  #previous: StoredEntry | null = null
  #count = 0

  /** The next entry by its number. */
  add(entry: StoredEntry): void {
    const expected = (this.#previous?.seq ?? 0) + 1
    const isGap = entry.seq > expected
    if (entry.seq < 1) this.faults.push({ kind: 'misnumbered', seq: entry.seq })
    else if (isGap) this.faults.push({ kind: 'missing', seq: expected, to: entry.seq - 1 })
    const detail = readDetail(entry.detail)
    if (detail === null) this.faults.push({ kind: 'unreadable', seq: entry.seq })
    else if (hashUnder(entry.seq, entry, detail, entry.previousHash) !== entry.hash)
      this.#suspects.push(entry)
    else if (!isGap && entry.previousHash !== (this.#previous?.hash ?? GENESIS_HASH))
      this.faults.push({ kind: 'unlinked', seq: entry.seq })
    this.#previous = entry
    this.#count += 1
    if (entry.seq >= 1) this.hashes[entry.seq] = entry.hash
  }

  /** How many there are, and the number of the last. */
  get count(): number {
    return this.#count
  }

  /** After the last: those whose hash does not fit them are told apart, and all are put in their order. */
  end(): readonly ChainFault[] {
    // Two exchanged entries, and a run that was turned round: each is looked for among the others that do not fit.
    const among = this.#suspects.slice(0, MOST_COMPARED)
    for (const entry of this.#suspects) {
      const origin = among.find((other) => other.seq !== entry.seq && isFrom(entry, other))
      this.faults.push(
        origin ? { kind: 'moved', seq: entry.seq, from: origin.seq } : { kind: 'changed', seq: entry.seq },
      )
    }
    this.#suspects.length = 0
    return this.faults.sort((a, b) => a.seq - b.seq)
  }
}

/** Every entry is compared with so many others at most. */
const MOST_COMPARED = 50

export function checkChain(entries: Iterable<StoredEntry>): ChainCheck {
  const check = new ChainCheck()
  for (const entry of entries) check.add(entry)
  check.end()
  return check
}

/** The first thing of every pin that does not hold; of one place the pin that tells more. */
export function pinFaults({ hashes }: Pick<ChainCheck, 'hashes'>, pins: readonly Pin[]): PinFault[] {
  const length = hashes.length - 1
  const sorted = [...pins].sort((a, b) => a.count - b.count)
  const faults: PinFault[] = []
  let after = 0
  for (const pin of sorted) {
    if (pin.count > length) faults.push({ kind: 'cut-off', pin, count: length })
    else if (hashes[pin.count] !== pin.head) faults.push({ kind: 'rewritten', pin, after })
    else after = pin.count
  }
  return faults
}

/** As an earlier state of the very record has it, entry by entry: the first that is another now, or none any more. */
export function firstChangedSince(
  then: readonly StoredEntry[],
  now: ReadonlyMap<number, StoredEntry>,
): { was: StoredEntry; is: StoredEntry | null } | null {
  for (const was of then) {
    const is = now.get(was.seq) ?? null
    if (!is || !isSame(was, is)) return { was, is }
  }
  return null
}

function isSame(a: StoredEntry, b: StoredEntry): boolean {
  return (
    a.hash === b.hash &&
    a.previousHash === b.previousHash &&
    a.at.getTime() === b.at.getTime() &&
    a.actor === b.actor &&
    a.action === b.action &&
    a.subject === b.subject &&
    a.detail === b.detail
  )
}

/** Whether what stands in the one is what was written under the other's number. */
function isFrom(entry: StoredEntry, other: StoredEntry): boolean {
  const detail = readDetail(entry.detail)
  if (detail === null) return false
  // The whole row went, or what it says went without its hashes.
  return (
    hashUnder(other.seq, entry, detail, entry.previousHash) === entry.hash ||
    hashUnder(other.seq, entry, detail, other.previousHash) === other.hash
  )
}

function hashUnder(
  seq: number,
  { at, actor, action, subject }: StoredEntry,
  detail: Record<string, AuditValue>,
  previousHash: string,
): string | null {
  if (Number.isNaN(at.getTime())) return null
  return auditHash(seq, { at, actor, action, subject, detail }, previousHash)
}

/** Null where the text is no JSON, or says something else than the facts of a step. */
export function readDetail(text: string): Record<string, AuditValue> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, AuditValue>)
      : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
