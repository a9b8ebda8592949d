import type { Stores } from '../../../db/stores.ts'
import { SUBMISSION_STATES } from '../../../domain/answer/submission.ts'
import { type Comparison, contradiction, type Fact, placeOf } from './facts.ts'

/** An answer as its acts leave it. Null: an earlier program did not write it down. */
interface Recorded {
  state: string | null
  hospitalCode: string | null
  versions: { at: Date; seq: number; content: string | null }[]
  /** Since when it counts, and how it came in. */
  submittedAt: number | null
  channel: string | null
  isMatched: boolean
}

type Answers = Map<string, Recorded>
/** Of a merger the answers that went over, with their states before it. */
type Mergers = Map<string, Map<string, string | null>>

/** Every answer came in by an act, says what it said then, and stands where the last act on it has put it. */
export const answersAgainstRecord: Comparison = ({ submissions }) => {
  const read = { stored: submissions.standings(), contents: submissions.contentDigests() }
  return (facts) => {
    const recorded: Answers = new Map()
    const mergers: Mergers = new Map()
    for (const fact of facts) replay(recorded, mergers, fact)
    return contradiction('回答', differences(read, recorded))
  }
}

function replay(answers: Answers, mergers: Mergers, fact: Fact): void {
  const { seq, at, action, subject, detail } = fact
  const known = answers.get(subject)
  const version = { at, seq, content: detail.text('content') || null }
  if (action === 'submission.created') {
    const [state, hospitalCode] = [detail.text('state') || null, detail.text('hospitalCode') || null]
    const channel = detail.text('channel') || null
    const submittedAt = submittedAtOf(fact)
    const isMatched = detail.flag('isMatched')
    answers.set(subject, { state, hospitalCode, versions: [version], submittedAt, channel, isMatched })
  } else if (isOfMerger(action)) {
    const numbers = textsIn(detail.list('answers'))
    replayMerger(answers, mergers, { action, kept: subject, gone: detail.text('gone'), numbers })
  } else if (action === 'submission.corrected') known?.versions.push(version)
  else if (known) {
    if (action === 'submission.made-current') replaced(answers, detail.text('replaced'))
    Object.assign(known, AFTERWARDS[action]?.(fact))
  }
}

/** Null where an earlier program did not write down since when an officer's entry counts. */
function submittedAtOf({ at, detail }: Fact): number | null {
  const received = detail.text('receivedAt')
  if (received !== '') return new Date(received).getTime()
  return detail.text('channel') === 'web' ? at.getTime() : null
}

/** An earlier program let it wait beside the other, and wrote no entry of its own for that. */
function replaced(answers: Answers, number: string): void {
  const known = answers.get(number)
  if (known?.state === 'current') known.state = 'duplicate'
}

function isOfMerger(action: string): action is MergerFact['action'] {
  return action === 'hospital.merged' || action === 'hospital.merger-undone'
}

const toState = ({ detail }: Fact) => ({ state: detail.text('state') || null })

/** Where an act puts the answer that it is about. */
const AFTERWARDS: Readonly<Record<string, (fact: Fact) => Partial<Recorded>>> = {
  'submission.withdrawn': () => ({ state: 'withdrawn' }),
  'submission.made-current': () => ({ state: 'current' }),
  'submission.linked': (fact) => ({ ...toState(fact), hospitalCode: fact.detail.text('hospitalCode') }),
  'submission.unlinked': () => ({ state: 'unlinked', hospitalCode: null }),
  'submission.closed': toState,
  'submission.reopened': toState,
}

interface MergerFact {
  action: 'hospital.merged' | 'hospital.merger-undone'
  kept: string
  gone: string
  numbers: readonly string[]
}

/** As `db/hospital-merging.ts` does it: beside an answer that counts, another one waits. */
function replayMerger(answers: Answers, mergers: Mergers, { action, kept, gone, numbers }: MergerFact): void {
  const counts = (key: string) =>
    [...answers.values()].some(({ hospitalCode, state }) => hospitalCode === key && state === 'current')
  const key = `${kept} ${gone}`
  const moved = numbers.flatMap((number) => {
    const answer = answers.get(number)
    return answer ? [{ number, answer }] : []
  })
  if (action === 'hospital.merged') {
    const isAnswered = counts(kept)
    mergers.set(key, new Map(moved.map(({ number, answer }) => [number, answer.state])))
    for (const { answer } of moved) {
      answer.hospitalCode = kept
      if (answer.state === 'current' && isAnswered) answer.state = 'duplicate'
    }
    return
  }
  const before = mergers.get(key)
  for (const { number, answer } of moved) {
    if (before?.get(number) === 'current' && answer.state === 'duplicate' && !counts(gone))
      answer.state = 'current'
    answer.hospitalCode = gone
  }
}

interface Read {
  stored: ReturnType<Stores['submissions']['standings']>
  contents: ReturnType<Stores['submissions']['contentDigests']>
}

function* differences({ stored, contents }: Read, recorded: Answers): Generator<string> {
  for (const answer of stored) {
    const known = recorded.get(answer.number)
    if (!known) yield `回答${answer.number}を登録した記録がありません。`
    else {
      yield* arrivalDifferences(answer, known)
      yield* versionDifferences(answer, contents.get(answer.id) ?? [], known)
      yield* standingDifferences(answer, known)
    }
  }
  const there = new Set(stored.map(({ number }) => number))
  for (const number of recorded.keys())
    if (!there.has(number)) yield `記録のある回答${number}が、失われています。`
}

type Stored = ReturnType<Stores['submissions']['standings']>[number]
type Versions = NonNullable<ReturnType<ReturnType<Stores['submissions']['contentDigests']>['get']>>

function* arrivalDifferences(
  { number, createdAt, submittedAt, channel, isMatched }: Stored,
  known: Recorded,
): Generator<string> {
  const [first] = known.versions
  if (first && createdAt.getTime() !== first.at.getTime())
    yield `回答${number}の受付の日時が、${placeOf(first)}と異なります。`
  if (known.submittedAt !== null && submittedAt.getTime() !== known.submittedAt)
    yield `回答${number}の受付の順序を定める日時が、記録と異なります。`
  if (known.channel !== null && (channel !== known.channel || isMatched !== known.isMatched))
    yield `回答${number}の受付の方法または照合の別が、記録と異なります。`
}

function* versionDifferences({ number }: Stored, versions: Versions, known: Recorded): Generator<string> {
  for (const [index, { version, createdAt: at, content }] of versions.entries()) {
    const then = known.versions[index]
    if (!then) continue
    if ((then.content ?? content) !== (content ?? then.content))
      yield `回答${number}の第${version}版の内容が、${placeOf(then)}で記録したときから書き換えられています。`
    if (version !== index + 1 || at.getTime() !== then.at.getTime())
      yield `回答${number}の第${version}版の日時が、${placeOf(then)}と異なります。`
  }
  if (versions.length !== known.versions.length)
    yield `回答${number}は、現在は第${versions.length}版までありますが、記録では第${known.versions.length}版までです。`
}

function* standingDifferences({ number, state, hospitalCode }: Stored, known: Recorded): Generator<string> {
  if (known.state === null) return
  if (known.state !== state)
    yield `回答${number}の状態が、記録と異なります。現在は「${stateLabel(state)}」ですが、記録では「${stateLabel(known.state)}」です。`
  if (known.hospitalCode !== hospitalCode)
    yield `回答${number}の病院が、記録と異なります。現在は${hospitalText(hospitalCode)}ですが、記録では${hospitalText(known.hospitalCode)}です。`
}

function stateLabel(id: string): string {
  return SUBMISSION_STATES.find((state) => state.id === id)?.label ?? id
}

function hospitalText(key: string | null): string {
  return key === null ? '未特定' : `病院${key}`
}

function textsIn(list: readonly unknown[]): string[] {
  return list.filter((value) => typeof value === 'string')
}
