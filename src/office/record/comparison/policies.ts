import type { Stores } from '../../../db/stores.ts'
import { type Comparison, contradiction, placeOf } from './facts.ts'

interface Recorded {
  seq: number
  author: string
  at: Date
  note: string
  /** Null: an earlier program did not write it down. */
  sha256: string | null
}

/** Every version of the criteria, and of the scenarios beside them, is what was saved by an act. */
export const policiesAgainstRecord: Comparison = ({ policies }) => {
  const stored = policies.stored()
  return (facts) => {
    const recorded = new Map<string, Recorded>()
    let begun: Date | null = null
    for (const { seq, at, actor, action, subject, detail } of facts) {
      if (action === 'survey.begun') begun = at
      const version =
        action === 'policy.saved'
          ? subject.replace(/^policy /, '第')
          : action === 'scenario.created' || action === 'scenario.saved'
            ? `${subject} 第${detail.number('version') ?? 1}`
            : null
      if (version === null) continue
      recorded.set(version, {
        seq,
        at,
        author: actor,
        note: detail.text('note'),
        sha256: detail.text('sha256') || null,
      })
    }
    return contradiction('選定基準', differences(stored, recorded, begun))
  }
}

type StoredPolicy = ReturnType<Stores['policies']['stored']>[number]

function* differences(
  stored: readonly StoredPolicy[],
  recorded: ReadonlyMap<string, Recorded>,
  begun: Date | null,
): Generator<string> {
  const there = new Set<string>()
  for (const { scenario, version, author, createdAt, note, sha256 } of stored) {
    const key = scenario === null ? `第${version}` : `scenario ${scenario} 第${version}`
    there.add(key)
    const known = recorded.get(key)
    const label = labelOf(key)
    if (!known) {
      if (!isProgramsOwn({ author, createdAt }, begun)) yield `${label}を保存した記録がありません。`
      continue
    }
    const isSame =
      known.author === author &&
      known.at.getTime() === createdAt.getTime() &&
      known.note === note &&
      (known.sha256 ?? sha256) === sha256
    if (!isSame) yield `${label}が、${placeOf(known)}で保存したときの内容と異なります。`
  }
  for (const [key, known] of recorded)
    if (!there.has(key)) yield `${placeOf(known)}で保存した${labelOf(key)}が、失われています。`
}

/** What the program itself kept of its defaults, and what an edition began with. */
function isProgramsOwn(
  { author, createdAt }: Pick<StoredPolicy, 'author' | 'createdAt'>,
  begun: Date | null,
): boolean {
  return author === 'program' || createdAt.getTime() === begun?.getTime()
}

function labelOf(key: string): string {
  const [, scenario, version] = /^(?:scenario (\d+) )?第(\d+)$/.exec(key) ?? []
  return scenario === undefined ? `選定基準の第${version}版` : `検討案${scenario}の第${version}版`
}
