import type { ConfirmedEdition, Edition, ProposedEdition } from '../../../db/edition-rows.ts'
import type { Stores } from '../../../db/stores.ts'
import { editionLabel } from '../../../domain/record/round.ts'
import { roundFileLabel } from '../../../domain/record/round-file-labels.ts'
import { type Comparison, contradiction, placeOf } from './facts.ts'

interface Recorded {
  seq: number
  round: number
  edition: number
  /** By the name of each file its SHA-256, as it was frozen. */
  sha256: Readonly<Record<string, unknown>>
}

/** Every frozen file is there, with the bytes whose SHA-256 the record has; and what was confirmed is still confirmed. */
export const editionsAgainstRecord: Comparison = ({ editions }) => {
  const read = readEditions(editions)
  return (facts) => {
    const confirmed: Recorded[] = []
    const proposed = new Map<number, Recorded>()
    for (const { seq, action, subject, detail } of facts) {
      const sha256 = detail.object('sha256')
      if (sha256 === null) continue
      const recorded = {
        seq,
        round: Number(subject.replace(/^round /, '')),
        edition: detail.number('edition') ?? 0,
        sha256,
      }
      if (action.startsWith('round.')) confirmed.push(recorded)
      const proposal = detail.number('proposal')
      if (action === 'proposal.proposed' && proposal !== null) proposed.set(proposal, recorded)
    }
    return contradiction('確定した選定', differences(read, confirmed, proposed))
  }
}

interface Read {
  confirmed: ConfirmedEdition[]
  proposals: ProposedEdition[]
  /** By edition and name the SHA-256 of what is there. */
  sums: Map<number, Map<string, string>>
}

function readEditions(store: Stores['editions']): Read {
  const [confirmed, proposals] = [store.confirmed(), store.proposals()]
  const sumsOf = (edition: Edition) =>
    new Map(store.fileSums(edition).map(({ name, sha256 }) => [name, sha256] as const))
  const sums = new Map([...confirmed, ...proposals].map((each) => [each.id, sumsOf(each)]))
  return { confirmed, proposals, sums }
}

function* differences(
  read: Read,
  confirmed: readonly Recorded[],
  proposed: ReadonlyMap<number, Recorded>,
): Generator<string> {
  const unseen = new Set(confirmed)
  for (const edition of read.confirmed) {
    const label = editionLabel(edition.number, edition.edition)
    const known = confirmed.find(
      ({ round, edition: its }) => round === edition.number && its === edition.edition,
    )
    if (!known) {
      yield `${label}を確定した記録がありません。`
      continue
    }
    unseen.delete(known)
    yield* fileDifferences(read, edition, label, known)
  }
  for (const { round, edition, ...lost } of unseen)
    yield `${placeOf(lost)}で確定した${editionLabel(round, edition)}が、失われています。`
  const proposals = new Map(read.proposals.map((each) => [each.proposal, each]))
  for (const [proposal, known] of proposed) {
    const there = proposals.get(proposal)
    const label = `起案（${editionLabel(known.round, known.edition)}）`
    if (!there) yield `${placeOf(known)}の${label}が、失われています。`
    // What became of it has a file more: who decided.
    else if (there.state !== 'confirmed') yield* fileDifferences(read, there, label, known)
  }
  for (const { proposal, number, edition } of proposals.values())
    if (!proposed.has(proposal)) yield `起案（${editionLabel(number, edition)}）の記録がありません。`
}

function* fileDifferences(
  read: Read,
  edition: Edition,
  label: string,
  { sha256, ...recorded }: Recorded,
): Generator<string> {
  const found = read.sums.get(edition.id)!
  for (const [name, expected] of Object.entries(sha256)) {
    const file = `${label}の「${roundFileLabel(name)}」（${name}）`
    const sum = found.get(name)
    if (sum === undefined) yield `${file}が、失われています。`
    else if (sum !== expected)
      yield `${file}の内容が、${placeOf(recorded)}で記録したときから書き換えられています。`
  }
  for (const name of found.keys())
    if (!Object.hasOwn(sha256, name)) yield `${label}に、記録のないファイル（${name}）があります。`
}
