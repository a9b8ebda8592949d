import { changedParts } from '../domain/master/change.ts'
import {
  factValue,
  type HeldFact,
  heldFacts,
  isSameFact,
  type Origin,
  statedFacts,
} from '../domain/master/facts.ts'
import type { Hospital } from '../domain/master/hospital.ts'
import { type MatchProposal, matchProposals } from '../domain/master/matching.ts'
import {
  type MasterChange,
  type MasterMerge,
  type MergeOptions,
  mergeIntoMaster,
} from '../domain/master/merge.ts'
import type { Fact } from '../domain/master/source.ts'
import { sha256Hex } from '../domain/text/canonical.ts'
import type { ImportAct } from './acts.ts'
import { appendAudit } from './audit.ts'
import { inChunks, storeHospitals } from './hospital-changes.ts'
import {
  type KnownFacts,
  knownFacts,
  NOTHING_STATED,
  newStatements,
  type StatedFrom,
} from './hospital-facts.ts'
import { allHospitals } from './hospital-rows.ts'
import type { Db, Transaction } from './open.ts'
import { hospitalFacts, hospitalImports } from './schema.ts'
import { endKnownRows, leftOutCodes, putToWait } from './waiting-rows.ts'

/** Hospitals as read from a file, and the fields the file speaks of. */
export interface HospitalList extends MergeOptions {
  hospitals: readonly Hospital[]
  fields: readonly (keyof Hospital)[]
  /** Where it comes from; without, what it says is no statement of a source, and its rows are joined by codes alone. */
  origin?: Origin
}

interface ForeseenChange extends MasterChange {
  before: Hospital | null
  /** As the file would have it, whatever is held. */
  stated: Hospital
}

/** What an import would do. */
export interface Foreseen extends Pick<MasterMerge, 'conflicts' | 'blanks' | 'lost'> {
  /** In the order of the file. */
  changes: ForeseenChange[]
  /** Hospitals of the master that the file does not name. */
  unnamed: Hospital[]
  /** Rows that will wait for an officer. */
  proposals: MatchProposal[]
  /** Rows that an officer has left out before. */
  leftOut: Hospital[]
  held: HeldFact[]
  /** Another text where it would do something else. */
  digest: string
}

export interface ImportCounts {
  added: number
  changed: number
  unchanged: number
  /** Rows that wait for an officer, who knows whether the master has their hospital under another number. */
  proposed: number
  /** Names of rows that fit two hospitals of the master at once. Where there is one, nothing was stored. */
  conflicts: string[]
}

export function foreseen(db: Db | Transaction, list: HospitalList): Foreseen {
  const { hospitals: incoming, fields, origin, ...options } = list
  const master = allHospitals(db)
  const merge = mergeIntoMaster(master, incoming, fields, options)
  const byKey = new Map(master.map((hospital) => [hospital.key, hospital]))
  const facts = origin ? knownFacts(db) : new Map<string, KnownFacts>()
  const named = new Set(merge.changes.flatMap(({ kind, hospital }) => (kind === 'added' ? [] : hospital.key)))
  const apart = rowsApart(db, list, master, merge, named)
  const held: HeldFact[] = []
  const changes = merge.changes.flatMap((change): ForeseenChange[] => {
    if (apart.keys.has(change.hospital.key) && change.kind === 'added') return []
    const before = change.kind === 'added' ? null : byKey.get(change.hospital.key)!
    const stated = change.hospital
    if (!before || !origin) return [{ ...change, before, stated }]
    const kept = heldFacts(before, stated, origin, facts.get(before.key) ?? NOTHING_STATED)
    for (const each of kept.held) held.push(each)
    const kind = changedParts(before, kept.hospital) ? 'changed' : 'unchanged'
    return [{ ...change, kind, hospital: kept.hospital, before, stated }]
  })
  const { conflicts, blanks, lost } = merge
  const { proposals, leftOut } = apart
  const unnamed = master.filter(
    ({ key, isClosed, mergedInto }) => !named.has(key) && !isClosed && mergedInto === null,
  )
  const would = { changes: changes.filter(({ kind }) => kind !== 'unchanged'), conflicts, blanks, proposals }
  const digest = sha256Hex(JSON.stringify([would, unnamed, leftOut, held]))
  return { changes, conflicts, blanks, lost, unnamed, proposals, leftOut, held, digest }
}

/** Rows of a source that no code joins to the master and that are not simply added. */
function rowsApart(
  db: Db | Transaction,
  { origin }: HospitalList,
  master: readonly Hospital[],
  { changes }: MasterMerge,
  named: ReadonlySet<string>,
) {
  if (!origin) return { proposals: [], leftOut: [], keys: new Set<string>() }
  const codes = leftOutCodes(db)
  const unjoined = changes.flatMap(({ kind, hospital }) => (kind === 'added' ? [hospital] : []))
  const leftOut = unjoined.filter(({ key }) => codes.has(key))
  const rest = unjoined.filter(({ key }) => !codes.has(key))
  const proposals = matchProposals(master, rest, named)
  const keys = new Set([...leftOut, ...proposals.map(({ row }) => row)].map(({ key }) => key))
  return { proposals, leftOut, keys }
}

/**
 * All rows or none, in the caller's transaction.
 * @param shown the digest of what an officer saw before; null where nobody looked
 */
export function importAll(
  tx: Transaction,
  list: HospitalList,
  { actor, at, source }: ImportAct,
  shown: string | null,
): (ImportCounts & { id: number }) | { conflicts: string[] } | 'stale' {
  const would = foreseen(tx, list)
  if (shown !== null && shown !== would.digest) return 'stale'
  if (would.conflicts.length > 0) return { conflicts: would.conflicts }
  const { blank = 'keep', origin } = list
  const result = countsOf(would)
  const { conflicts: _, ...counts } = result
  const file = {
    ...counts,
    at,
    actor,
    file: source,
    blank,
    missing: would.unnamed.length,
    source: origin?.source ?? null,
    day: origin?.day ?? null,
  }
  const { id } = tx.insert(hospitalImports).values(file).returning({ id: hospitalImports.id }).get()
  const facts = origin ? knownFacts(tx) : new Map<string, KnownFacts>()
  const changed = would.changes.filter(({ kind }) => kind !== 'unchanged')
  storeHospitals(tx, changed, { kind: 'imported', at, actor, source, import: id })
  if (origin) {
    const from = { ...origin, file: source, at }
    const rows = would.changes.flatMap((change) =>
      change.isOfGone ? [] : statementsOf(change, list, facts, from),
    )
    for (const some of inChunks(rows)) tx.insert(hospitalFacts).values(some).run()
    for (const { row } of would.proposals)
      putToWait(tx, { import: id, hospital: row, fields: list.fields, open: list.open?.get(row.key), origin })
    endKnownRows(tx, at)
  }
  appendAudit(tx, {
    at,
    actor,
    action: 'hospitals.imported',
    subject: source,
    detail: {
      added: counts.added,
      changed: counts.changed,
      unchanged: counts.unchanged,
      ...(counts.proposed > 0 && { proposed: counts.proposed }),
      ...(blank === 'clear' && { blank: 'clear' }),
    },
  })
  return { ...result, id }
}

/** A sheet goes out of the master and comes back: what it repeats is no statement of its own. */
function statementsOf(
  { before, stated, row }: ForeseenChange,
  { fields, open }: HospitalList,
  facts: ReadonlyMap<string, KnownFacts>,
  from: StatedFrom,
) {
  const said = statedFacts(fields, open?.get(row.key))
  const isNew = (fact: Fact) => !before || !isSameFact(factValue(before, fact), factValue(stated, fact))
  const wanted = from.source === 'sheet' ? said.filter(isNew) : said
  return newStatements(stated, wanted, facts.get(stated.key) ?? NOTHING_STATED, from)
}

export function countsOf({ changes, proposals, conflicts }: Foreseen): ImportCounts {
  const of = (kind: MasterChange['kind']) => changes.filter((change) => change.kind === kind).length
  return {
    added: of('added'),
    changed: of('changed'),
    unchanged: of('unchanged'),
    proposed: proposals.length,
    conflicts,
  }
}
