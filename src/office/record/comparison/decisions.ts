import { type Comparison, contradiction, type Fact, placeOf } from './facts.ts'

/** 指定, 除外 and 順位の変更 as their acts leave them, in the order in which they were made. */
interface Recorded {
  seq: number
  hospitalCode: string
  /** `exclude`, or the round and the place. */
  what: string
  reason: string | null
  author: string
  at: Date
  undone: { actor: string; at: Date } | null
}

/** One kind of decision: how an act makes, ends and moves them. */
interface Decisions {
  made: Recorded[]
  /** Of a merger what went over with it. */
  moved: Map<string, Recorded[]>
}

export const overridesAgainstRecord: Comparison = ({ overrides }) => {
  const stored = overrides.all().map((row) => ({ ...row, what: row.kind as string }))
  return (facts) => {
    const decisions: Decisions = { made: [], moved: new Map() }
    for (const fact of facts) {
      const { action, subject, detail } = fact
      if (action === 'override.added')
        decisions.made.push(made(fact, subject, detail.text('kind'), detail.text('reason')))
      else if (action === 'override.undone')
        end(decisions, fact, ({ hospitalCode }) => hospitalCode === subject)
      else merge(decisions, fact)
    }
    return contradiction('指定・除外', differences('指定・除外', stored.toReversed(), decisions.made))
  }
}

export const movesAgainstRecord: Comparison = ({ rankMoves }) => {
  const stored = rankMoves.all().map((row) => ({ ...row, what: `${row.round}:${row.position}` }))
  return (facts) => {
    const decisions: Decisions = { made: [], moved: new Map() }
    for (const fact of facts) replayMoves(decisions, fact)
    return contradiction('順位の変更', differences('順位の変更', stored.toReversed(), decisions.made))
  }
}

function replayMoves(decisions: Decisions, fact: Fact): void {
  const { action, subject, detail } = fact
  const round = detail.number('round')
  const isOwn = (move: Recorded) => move.hospitalCode === subject && roundOf(move) === String(round)
  if (action === 'rank-move.added') {
    end(decisions, fact, isOwn)
    decisions.made.push(made(fact, subject, `${round}:${detail.number('position')}`, detail.text('reason')))
  } else if (action === 'rank-move.undone') end(decisions, fact, isOwn)
  else if (action === 'rank-moves.replaced') replaceAll(decisions, fact)
  else {
    if (action === 'hospital.merged') endInBoth(decisions, fact)
    merge(decisions, fact)
  }
}

/** Each with a reason of its own, which the record has not: it has the one of the whole. */
function replaceAll(decisions: Decisions, fact: Fact): void {
  const round = fact.subject.replace(/^round /, '')
  end(decisions, fact, (move) => roundOf(move) === round)
  for (const move of fact.detail.list('moves'))
    if (Array.isArray(move)) decisions.made.push(made(fact, String(move[0]), `${round}:${move[1]}`, null))
}

function made({ seq, actor, at }: Fact, hospitalCode: string, what: string, reason: string | null): Recorded {
  return { seq, hospitalCode, what, reason, author: actor, at, undone: null }
}

function end({ made }: Decisions, { actor, at }: Fact, isEnded: (decision: Recorded) => boolean): void {
  for (const decision of made)
    if (decision.undone === null && isEnded(decision)) decision.undone = { actor, at }
}

/** Of two moves in one round that of the hospital that goes ends. */
function endInBoth(decisions: Decisions, fact: Fact): void {
  const [kept, gone] = [fact.subject, fact.detail.text('gone')]
  const rounds = new Set(
    decisions.made.filter(({ hospitalCode, undone }) => hospitalCode === kept && !undone).map(roundOf),
  )
  end(decisions, fact, (move) => move.hospitalCode === gone && rounds.has(roundOf(move)))
}

function roundOf({ what }: Recorded): string {
  return what.split(':')[0]!
}

function merge({ made, moved }: Decisions, { action, subject: kept, detail }: Fact): void {
  if (action !== 'hospital.merged' && action !== 'hospital.merger-undone') return
  const gone = detail.text('gone')
  const key = `${kept} ${gone}`
  if (action === 'hospital.merged') {
    const going = made.filter(({ hospitalCode }) => hospitalCode === gone)
    moved.set(key, going)
    for (const decision of going) decision.hospitalCode = kept
  } else for (const decision of moved.get(key) ?? []) decision.hospitalCode = gone
}

interface Stored {
  hospitalCode: string
  what: string
  reason: string
  author: string
  createdAt: Date
  undoneBy: string | null
  undoneAt: Date | null
}

function* differences(
  kind: string,
  stored: readonly Stored[],
  recorded: readonly Recorded[],
): Generator<string> {
  for (const [index, row] of stored.entries()) {
    const known = recorded[index]
    const which = `病院${row.hospitalCode}の${kind}`
    if (!known) {
      yield `${which}をした記録がありません。`
      continue
    }
    const isSame =
      known.hospitalCode === row.hospitalCode &&
      known.what === row.what &&
      (known.reason ?? row.reason) === row.reason &&
      known.author === row.author &&
      known.at.getTime() === row.createdAt.getTime()
    if (!isSame) yield `${which}が、${placeOf(known)}で記録した内容と異なります。`
    const isEnded = row.undoneAt !== null
    if (isEnded !== (known.undone !== null))
      yield `${which}は、現在は${ended(isEnded)}ですが、記録では${ended(!isEnded)}です。`
    else if (
      known.undone &&
      (known.undone.actor !== row.undoneBy || known.undone.at.getTime() !== row.undoneAt!.getTime())
    )
      yield `${which}の取消しが、記録と異なります。`
  }
  for (const lost of recorded.slice(stored.length))
    yield `${placeOf(lost)}の病院${lost.hospitalCode}の${kind}が、失われています。`
}

function ended(isEnded: boolean): string {
  return isEnded ? '取り消されたもの' : '有効なもの'
}
