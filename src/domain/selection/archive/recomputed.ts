import { amend } from '../amendment.ts'
import { pointsOf } from '../policy.ts'
import { select } from '../select.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Archive } from './archive.ts'
import { type Difference, firstDifference, shown } from './first-difference.ts'

type Contents = Pick<Archive, 'snapshot' | 'result' | 'amendment'>

/** The first place where what is computed again from the snapshot is not what is in the file. */
export function recomputedDifference({ snapshot, result, amendment }: Contents): Difference | null {
  const computed = select(snapshot)
  const own = resultDifference(snapshot, { computed, found: result, path: ['result'] })
  if (own || !amendment) return own
  const outcome = amend(computed, amendment.declines, amendment.result.format)
  if (outcome.ok)
    return resultDifference(snapshot, {
      computed: outcome.amended,
      found: amendment.result,
      path: ['amendment', 'result'],
    })
  return {
    path: ['amendment', 'declines'],
    expected: '選定または補欠の病院',
    found: outcome.problems[0]!.message,
  }
}

/**
 * Of a snapshot that was changed itself: what would follow from it, but for its own hash.
 * @returns null where the change decides nothing
 */
export function consequence({ snapshot, result }: Contents): Difference | null {
  const { snapshotSha256: _, ...computed } = select(snapshot)
  const { snapshotSha256: __, ...found } = result
  return resultDifference(snapshot, { computed, found, path: ['result'] })
}

interface Compared {
  computed: object & { results: readonly { code: string }[] }
  found: Record<string, unknown>
  path: string[]
}

function resultDifference(snapshot: Snapshot, { computed, found, path }: Compared): Difference | null {
  const { results } = computed
  const missing = missingLine(results, found.results)
  if (missing >= 0) {
    const { code } = results[missing]!
    const about = `「${nameOf(snapshot, code)}」の行がありません。`
    return { path: [...path, 'results', missing], expected: shown({ code }), found: 'なし', about }
  }
  const difference = firstDifference(computed, found, path)
  if (!difference) return null
  const [list, index, ...rest] = difference.path.slice(path.length)
  const line = list === 'results' && typeof index === 'number' ? results[index] : undefined
  if (!line) return difference
  return { ...difference, about: `「${nameOf(snapshot, line.code)}」の${whatOf(snapshot, rest)}です。` }
}

/** A line that was taken out is named itself, not the one that moved to its place. -1 where none is missing. */
function missingLine(computed: readonly { code: string }[], found: unknown): number {
  if (!Array.isArray(found) || found.length >= computed.length) return -1
  const codes = new Set(found.map((line) => (line as { code?: unknown } | null)?.code))
  return computed.findIndex(({ code }) => !codes.has(code))
}

function nameOf({ candidates }: Snapshot, wanted: string): string {
  return candidates.find(({ code }) => code === wanted)?.name ?? wanted
}

const WHAT: Readonly<Record<string, string>> = {
  eligible: '選定対象かどうか',
  reason: '対象外の理由',
  score: '点数',
  band: '病床規模区分',
  region: '二次医療圏',
  rank: '順位',
  bandRank: '病床規模区分での順位',
  decision: '選定、補欠、対象外の別',
  basis: '選定区分',
  order: '支援順位',
  waitlistPosition: '補欠の順位',
}

function whatOf({ policy }: Snapshot, [key, point]: (string | number)[]): string {
  const label = key === 'values' && pointsOf(policy).find(({ id }) => id === point)?.label
  return label ? `「${label}」の評価値` : (key !== undefined && WHAT[key]) || '行'
}
