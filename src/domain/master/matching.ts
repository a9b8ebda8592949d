import { foldName } from '../text/folding.ts'
import type { Hospital } from './hospital.ts'

/** A hospital of the master that a row without a common code may be of, and what speaks for it. */
export interface MatchCandidate {
  key: string
  /** The same name however written; or one of them ends with the other, as behind 医療法人…会. */
  name: 'same' | 'ending'
  isSamePlace: boolean
  isSameBeds: boolean
  /** It has another number of the same kind: a new 開設者 or a move gives a hospital another 医療機関コード. */
  isRenumbered: boolean
}

/** A row that no code joins to the master, with the hospitals that it may be of: the likeliest first. */
export interface MatchProposal {
  row: Hospital
  candidates: MatchCandidate[]
  /** One hospital and one row of this name alone, in one municipality, with as many beds. */
  isCertain: boolean
}

/**
 * Rows of a file that may be of hospitals which the master knows by another number: 医療機関コード here, 機関コード there.
 * Or under a number that it had before: then the name is the same, and the file does not name the hospital by its number.
 * Nothing is joined by a name; whoever looks at both decides. A row that is not proposed is a hospital of its own.
 *
 * @param master every hospital of the master
 * @param rows those that no code joins to it
 * @param named hospitals that the file names by their code in other rows
 */
export function matchProposals(
  master: readonly Hospital[],
  rows: readonly Hospital[],
  named: ReadonlySet<string> = new Set(),
): MatchProposal[] {
  const known = master.filter(({ key }) => !named.has(key)).map(folded)
  const byName = Map.groupBy(known, ({ name }) => name)
  const byPlace = Map.groupBy(known, ({ hospital }) => hospital.municipality)
  const incoming = rows.map(folded)
  const alike = Map.groupBy(incoming, ({ name }) => name)
  const everywhere = Map.groupBy(master.map(folded), ({ name }) => name)
  return incoming.flatMap(({ hospital: row, name }) => {
    const near = row.municipality === null ? [] : (byPlace.get(row.municipality) ?? [])
    const found = new Set([
      ...(byName.get(name) ?? []),
      ...near.filter((other) => isEnding(name, other.name)),
    ])
    const candidates = [...found]
      .map((other) => candidateOf(row, name, other))
      .filter(isPossible)
      .sort((a, b) => weight(b) - weight(a))
    if (candidates.length === 0) return []
    const isAlone = alike.get(name)!.length === 1 && everywhere.get(name)?.length === 1
    const [best] = candidates
    const isCertain = isAlone && candidates.length === 1 && weight(best!) === CERTAIN && !best!.isRenumbered
    return [{ row, candidates, isCertain }]
  })
}

interface Folded {
  hospital: Hospital
  name: string
}

function folded(hospital: Hospital): Folded {
  return { hospital, name: foldName(hospital.name) }
}

function candidateOf(row: Hospital, name: string, other: Folded): MatchCandidate {
  const { key, municipality, beds } = other.hospital
  return {
    key,
    name: other.name === name ? 'same' : 'ending',
    isSamePlace: municipality !== null && municipality === row.municipality,
    isSameBeds: beds === row.beds,
    isRenumbered: CODES.some((code) => isAnother(row[code], other.hospital[code])),
  }
}

/** Where two numbers of one kind differ, all else has to agree: they are rather two hospitals. */
function isPossible({ name, isSamePlace, isRenumbered }: MatchCandidate): boolean {
  return !isRenumbered || (name === 'same' && isSamePlace)
}

const CERTAIN = 7

function weight({ name, isSamePlace, isSameBeds }: MatchCandidate): number {
  return (isSamePlace ? 4 : 0) + (name === 'same' ? 2 : 0) + (isSameBeds ? 1 : 0)
}

/** 医療法人慈愛会今村総合病院 and 今村総合病院. What is only 病院 ends many names. */
function isEnding(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short !== long && [...short].length >= SHORTEST && long.endsWith(short)
}

const SHORTEST = 3

function isAnother(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b
}

const CODES = ['medicalCode', 'naviiCode', 'gmisId'] as const satisfies readonly (keyof Hospital)[]
