import { REMOVED } from '../../domain/disclosure/classes.ts'
import type { Removal } from '../../domain/disclosure/masked-table.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { Masked } from './parts.ts'

/** 起案, 決裁 and 確定 as the archive has them, a line each: who decided what, and when. */
export function decisionPart(archive: Extract<Masked, { kind: 'json' }>): Masked {
  const { record } = archive.value as { record: DecisionRecord }
  const lines = [
    ['都道府県', record.prefecture],
    ['選定の回', record.round],
    ['版', record.edition],
    ['選定基準の版', record.policyVersion],
    ['枠を残す理由', record.freeSeatsReason],
    ...actLines('起案', record.proposed),
    ...actLines('確定', record.confirmed),
    ...record.history.flatMap(({ action, ...act }) => actLines(String(action), act)),
  ].map(([label, value]) => [String(label), text(value)])
  return {
    kind: 'tables',
    parts: [{ name: '', headers: ['項目', '内容'], rows: lines }],
    removals: removalsOf(lines, archive.removals),
  }
}

interface Act {
  at: unknown
  name: unknown
  reason: unknown
}

interface DecisionRecord {
  prefecture: unknown
  round: unknown
  edition: unknown
  policyVersion: unknown
  freeSeatsReason: unknown
  proposed: Act | null
  confirmed: Act
  history: ({ action: unknown } & Act)[]
}

function actLines(what: string, act: Act | null): [string, unknown][] {
  if (act === null) return []
  return [
    [`${what}の日時`, instantText(act.at)],
    [`${what}をした職員`, act.name],
    [`${what}の理由`, act.reason],
  ]
}

function instantText(at: unknown): unknown {
  return typeof at === 'string' && at !== REMOVED ? dateTimeText(new Date(at)) : at
}

function text(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}

/** The grounds are those of the archive's own places. */
function removalsOf(lines: readonly string[][], ofArchive: readonly Removal[]): Removal[] {
  const groundsAt = (end: string) => ofArchive.find(({ column }) => column.endsWith(end))
  return lines.flatMap(([label = '', value]): Removal[] => {
    if (value !== REMOVED) return []
    const own = groundsAt(
      label.endsWith('職員') ? '.name' : label === '枠を残す理由' ? '.freeSeatsReason' : '.reason',
    )
    return [{ column: label, grounds: own?.grounds ?? ['operations'], note: own?.note ?? '', count: 1 }]
  })
}
