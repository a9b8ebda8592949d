import { toCp932 } from '../text/cp932.ts'
import { phoneText, readPhone } from '../text/phone.ts'
import { filingsText } from './filings.ts'
import type { Hospital } from './hospital.ts'
import { hasLostCharacters, isRemainderOf } from './lost-characters.ts'
import {
  type BlankCount,
  type BlankRule,
  type CellField,
  isBedType,
  isKnown,
  type OpenCells,
} from './open-cells.ts'
import { settledBeds } from './settled-beds.ts'

/** What reading a file would do to the master. */
export interface MasterChange {
  kind: 'added' | 'changed' | 'unchanged'
  /** As it would stand afterwards. */
  hospital: Hospital
}

/** A name, reading or address in the file that seems to have lost characters, where the master knows it. */
export interface LostText {
  /** The file's hospital. */
  key: string
  field: (typeof LOSABLE)[number]
  known: string
  /** The same but for what was lost, so that the known one stays; else it is replaced. */
  isKept: boolean
}

export interface MasterMerge {
  /** In the order of the file. */
  changes: MasterChange[]
  /** Names of rows that fit two hospitals of the master. */
  conflicts: string[]
  /** By column, where there are any. */
  blanks: BlankCount[]
  lost: LostText[]
  /** Hospitals of the master that the file does not name. */
  missing: number
}

/** What is known of a file's rows beside the hospitals in them. */
export interface MergeOptions {
  /** By the hospitals' keys; without, every cell is filled. */
  open?: ReadonlyMap<string, OpenCells>
  blank?: BlankRule
  /** Whether the file can only hold what CP932 has: what stands there for another character is no change of it. */
  isCp932?: boolean
}

/**
 * Lays the hospitals of a file over the master. A hospital is recognised by 医療機関コード, 機関コード or the master's
 * own code, so that a list with the one number and a list with the other speak of the same hospital; the code it first
 * came with stays its key. Fields the file does not speak of stay as they are, and so does what a blank cell leaves
 * open, unless `blank` says that it is to be cleared.
 *
 * @param fields what the file speaks of
 */
export function mergeIntoMaster(
  master: readonly Hospital[],
  incoming: readonly Hospital[],
  fields: readonly (keyof Hospital)[],
  options: MergeOptions = {},
): MasterMerge {
  const known = new Map(
    master.flatMap((hospital) => identities(hospital).map((id) => [id, hospital] as const)),
  )
  const counts = new Map<CellField, BlankCount>()
  const merge: MasterMerge = { changes: [], conflicts: [], blanks: [], lost: [], missing: 0 }
  const named = new Set<Hospital>()
  for (const hospital of incoming) {
    const matches = new Set(identities(hospital).flatMap((id) => known.get(id) ?? []))
    for (const match of matches) named.add(match)
    const [before] = matches
    if (matches.size > 1) merge.conflicts.push(hospital.name)
    else if (!before) merge.changes.push({ kind: 'added', hospital })
    else {
      const cells = options.open?.get(hospital.key) ?? NONE_OPEN
      const after = laidOver(before, hospital, fields, cells, options.blank ?? 'keep')
      const lost = lostTexts(before, hospital, fields)
      keepTexts(before, after, lost, options.isCp932 === true)
      merge.lost = merge.lost.concat(lost)
      count(counts, before, after, cells)
      merge.changes.push({ kind: isSame(before, after) ? 'unchanged' : 'changed', hospital: after })
    }
  }
  return { ...merge, blanks: [...counts.values()], missing: master.length - named.size }
}

const NONE_OPEN: OpenCells = { blank: new Set(), cut: new Set(), absent: new Set() }
/** What a blank cell never erases. */
const UNCOUNTED: ReadonlySet<CellField> = new Set(['medicalCode', 'naviiCode', 'region'])
const LOSABLE = ['name', 'kana', 'address'] as const
const NUMBERS = ['phone', 'fax'] as const
/** Written in words, of which a file in CP932 may lack characters. */
const WORDED = [...LOSABLE, 'ownership'] as const

function identities({ key: code, medicalCode, naviiCode }: Hospital): string[] {
  return [...new Set([code, medicalCode, naviiCode].filter((id) => id !== null))]
}

function laidOver(
  before: Hospital,
  incoming: Hospital,
  fields: readonly (keyof Hospital)[],
  open: OpenCells,
  rule: BlankRule,
): Hospital {
  const isSpoken = (field: keyof Hospital) => {
    if (field === 'key') return false
    const cell = field as CellField
    // A blank region follows from the municipality, where that is another one than is known.
    if (field === 'region' && incoming.municipality !== before.municipality) return true
    return !open.cut.has(cell) && (rule === 'clear' || !open.blank.has(cell))
  }
  const spoken = fields.filter(isSpoken)
  const hospital: Hospital = {
    ...before,
    ...Object.fromEntries(spoken.map((field) => [field, incoming[field]])),
  }
  // A file that lacks one of the two numbers in a row must not erase it.
  hospital.medicalCode ??= before.medicalCode
  hospital.naviiCode ??= before.naviiCode
  if (!fields.includes('beds')) return hospital
  const types = fields.includes('bedsByType')
  const beds = settledBeds(before, types ? incoming : { ...incoming, bedsByType: null }, open, rule)
  return { ...hospital, beds: beds.beds, bedsByType: types ? beds.bedsByType : before.bedsByType }
}

function lostTexts(before: Hospital, incoming: Hospital, fields: readonly (keyof Hospital)[]): LostText[] {
  return LOSABLE.flatMap((field) => {
    const [known, text] = [before[field], incoming[field]]
    if (!fields.includes(field) || !known || !text || known === text || !hasLostCharacters(text)) return []
    return [{ key: incoming.key, field, known, isKept: isRemainderOf(text, known) }]
  })
}

/** A number of beds that the row's other cells settle is no value that its blank cell keeps or clears. */
function count(
  counts: Map<CellField, BlankCount>,
  before: Hospital,
  after: Hospital,
  { blank, cut }: OpenCells,
): void {
  for (const field of new Set([...blank, ...cut])) {
    if (!isKnown(before, field) || UNCOUNTED.has(field)) continue
    const own = counts.get(field) ?? { field, kept: 0, cleared: 0, cut: 0 }
    const isKept = isBedType(field)
      ? after.bedsByType?.[field] === before.bedsByType?.[field]
      : after[field] === before[field]
    if (!isKept && (field === 'beds' || (isBedType(field) && after.bedsByType))) continue
    if (!isKept) own.cleared += 1
    else if (cut.has(field)) own.cut += 1
    else own.kept += 1
    counts.set(field, own)
  }
}

/** What only differs by the way of the file keeps the form that is known: 𠮷田 goes out as 吉田 in CP932. */
function keepTexts(before: Hospital, after: Hospital, lost: readonly LostText[], isCp932: boolean): void {
  const texts: Partial<Hospital> = {}
  for (const field of WORDED) {
    const known = before[field]
    if (isCp932 && known !== null && toCp932(known).text === after[field]) texts[field] = known
  }
  for (const { field, known, isKept } of lost) if (isKept) texts[field] = known
  for (const field of NUMBERS) {
    const known = before[field]
    if (isSamePhone(known, after[field]) || isLessThanPhone(known, after[field])) texts[field] = known
  }
  if (isCp932 && toCp932(filingsText(before.filings)).text === filingsText(after.filings))
    texts.filings = before.filings
  Object.assign(after, texts)
}

/** Written by the numbering plan, as it may have been typed before. */
function isSamePhone(before: string | null, after: string | null): before is string {
  return before !== null && after !== null && phoneText(before) === phoneText(after)
}

/** なし or 調査中 in the place of a number that is known. */
function isLessThanPhone(before: string | null, after: string | null): before is string {
  return before !== null && after !== null && readPhone(before).isNumber && !readPhone(after).isNumber
}

function isSame(before: Hospital, after: Hospital): boolean {
  return (Object.keys(before) as (keyof Hospital)[]).every((key) => sameValue(before[key], after[key]))
}

/** Lists and counts by their content; the order of keys does not matter. */
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) =>
    sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  )
}
