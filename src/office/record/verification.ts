import { setImmediate } from 'node:timers/promises'
import type { Stores } from '../../db/stores.ts'
import type { AuditEntry, AuditValue } from '../../domain/record/audit.ts'
import {
  ChainCheck,
  firstChangedSince,
  type Pin,
  pinFaults,
  readDetail,
  type StoredEntry,
} from '../../domain/record/audit-chain.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import { type Anchor, anchorsIn } from './anchors.ts'
import { COMPARISONS } from './comparison/comparison.ts'
import { type Fact, factOf } from './comparison/facts.ts'
import { FaultWords } from './fault-words.ts'

/** What a look through the whole record found, in words. */
export interface RecordVerdict {
  ok: boolean
  /** In one line. */
  text: string
  /** What does not hold, a sentence or two each. */
  findings: string[]
}

/** What is known of the record from elsewhere than the database. */
export interface Evidence {
  /** How long it was, and its last hash. */
  pins: readonly Pin[]
  /** The record of an earlier state of the very database, entry by entry. */
  records: readonly { source: string; entries: readonly StoredEntry[] }[]
  /** What is wrong with the evidence itself. */
  problems: readonly string[]
}

/** What is said where the database no longer refused a change: by whom, nobody knows. */
export function guardsText(names: readonly string[]): string[] {
  if (names.length === 0) return []
  return [`変更と削除を防ぐ設定が、データベースから外されていました（${names.join('、')}）。元に戻しました。`]
}

export const NO_EVIDENCE: Evidence = { pins: [], records: [], problems: [] }

/** As many are named of a sort. */
const MOST_NAMED = 5
/** After so many entries everything else has its turn. */
const AT_ONCE = 250

/**
 * No entry was changed, taken out, put in or exchanged; none is missing at the end, as far as an archive, or what was given,
 * knows how long the record was; and what stands in the database is what the record says of it.
 */
export async function verifyRecord(
  stores: Stores,
  place: Prefecture,
  evidence: Evidence = NO_EVIDENCE,
): Promise<RecordVerdict> {
  // All of one moment, while others go on writing.
  const { entries, comparisons, anchors, problems } = stores.audit.atOnce(() => ({
    entries: stores.audit.stored(),
    comparisons: COMPARISONS.map((compare) => compare(stores)),
    ...anchorsIn(stores),
  }))
  const { chain, facts } = await lookedThrough(entries)
  const contradictions: string[] = []
  for (const compare of comparisons) {
    for (const { text } of compare(facts)) contradictions.push(text)
    await setImmediate()
  }
  const words = new FaultWords(stores, place, entries)
  const pins = [...anchors, ...evidence.pins]
  const findings = [
    ...chainFindings({ chain, pins, words }),
    ...(chain.faults.length > 0 ? [] : unnamedAnchors(anchors, entries)),
    ...problems,
    ...evidence.problems,
    ...changesSince(evidence, entries, words),
    ...contradictions,
  ]
  if (findings.length > 0) return { ok: false, text: `不一致：${findings.join(' ／ ')}`, findings }
  return { ok: true, text: holdsText(entries.length, pins, evidence, place), findings }
}

interface Checked {
  chain: ChainCheck
  pins: readonly Pin[]
  words: FaultWords
}

function chainFindings({ chain, pins, words }: Checked): string[] {
  const broken = chain.end()
  const unpinned = pinFaults(chain, pins)
  // Where the chain itself is broken it is clear why a later state is another.
  const told = broken.length > 0 ? unpinned.filter(({ kind }) => kind === 'cut-off') : unpinned
  return [...named(broken, (fault) => words.ofChain(fault)), ...named(told, (fault) => words.ofPin(fault))]
}

function changesSince({ records }: Evidence, entries: readonly StoredEntry[], words: FaultWords): string[] {
  const now = new Map(entries.map((entry) => [entry.seq, entry]))
  return records.flatMap(({ source, entries: then }) => {
    const changed = firstChangedSince(then, now)
    return changed ? [words.ofChange(source, changed)] : []
  })
}

/** In pieces, so that others have their turn. */
async function lookedThrough(entries: readonly StoredEntry[]): Promise<{ chain: ChainCheck; facts: Fact[] }> {
  const [chain, facts]: [ChainCheck, Fact[]] = [new ChainCheck(), []]
  for (const [index, entry] of entries.entries()) {
    chain.add(entry)
    facts.push(factOf(readable(entry)))
    if (index % AT_ONCE === AT_ONCE - 1) await setImmediate()
  }
  return { chain, facts }
}

function named<Fault>(faults: readonly Fault[], textOf: (fault: Fault) => string): string[] {
  const texts = faults.slice(0, MOST_NAMED).map(textOf)
  const more = faults.length - texts.length
  return more > 0 ? [...texts, `このほかに${more}件あります。`] : texts
}

/** The entry right after what an archive pins is that of its confirmation, and names its SHA-256. */
function unnamedAnchors(anchors: readonly Anchor[], entries: readonly StoredEntry[]): string[] {
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]))
  return anchors.flatMap(({ count, sha256, source }) => {
    const next = bySeq.get(count + 1)
    const files: AuditValue = (next && readDetail(next.detail)?.sha256) ?? null
    if (!next && entries.length <= count)
      return entries.length < count
        ? []
        : [
            `操作の記録は${entries.length}件ですが、${source.replace(/の保存用一式$/, '')}を確定したときは${count + 1}件ありました。後の記録が失われています。`,
          ]
    const isNamed =
      typeof files === 'object' && files !== null && !Array.isArray(files) && files['archive.json'] === sha256
    return isNamed
      ? []
      : [`操作の記録の${count + 1}件目は、${source}を確定した記録のはずですが、その内容と一致しません。`]
  })
}

function readable({ detail, ...entry }: StoredEntry): AuditEntry {
  return { ...entry, detail: readDetail(detail) ?? {} }
}

function holdsText(count: number, pins: readonly Pin[], { records }: Evidence, { kind }: Prefecture): string {
  const longest = pins.reduce<Pin | null>((most, pin) => (most && most.count >= pin.count ? most : pin), null)
  return [
    `一致：操作の記録${count}件のつながりに問題はありません。`,
    ...(longest ? [`${longest.source}に控えた${longest.count}件とも一致します。`] : []),
    ...records.map(({ source, entries }) => `${source}の${entries.length}件とも一致します。`),
    `設定、利用者、回答、選定基準、${kind}の判断及び確定した選定は、記録のとおりです。`,
  ].join('')
}
