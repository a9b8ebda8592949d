import { REMOVED } from '../../domain/disclosure/classes.ts'
import { UNCLASSED } from '../../domain/disclosure/documents.ts'
import type { Removal } from '../../domain/disclosure/masked-table.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { Masked } from './parts.ts'

/** 起案, 決裁 and 確定 as the archive has them, a line each: who decided what, and when. */
export function decisionPart(archive: Extract<Masked, { kind: 'json' }>): Masked {
  const { record } = archive.value as { record: DecisionRecord }
  const lines: Line[] = [
    { label: '都道府県', path: 'prefecture', value: record.prefecture },
    { label: '選定の回', path: 'round', value: record.round },
    { label: '版', path: 'edition', value: record.edition },
    { label: '選定基準の版', path: 'policyVersion', value: record.policyVersion },
    { label: '枠を残す理由', path: 'freeSeatsReason', value: record.freeSeatsReason },
    ...actLines('起案', 'proposed', record.proposed),
    ...actLines('確定', 'confirmed', record.confirmed),
    ...record.history.flatMap(({ action, ...act }) => actLines(String(action), 'history[]', act)),
  ]
  return {
    kind: 'tables',
    parts: [
      { name: '', headers: ['項目', '内容'], rows: lines.map(({ label, value }) => [label, text(value)]) },
    ],
    removals: removalsOf(lines, archive.removals),
  }
}

interface Line {
  label: string
  /** Below the record of the archive. */
  path: string
  value: unknown
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

function actLines(what: string, path: string, act: Act | null): Line[] {
  if (act === null) return []
  return [
    { label: `${what}の日時`, path: `${path}.at`, value: instantText(act.at) },
    { label: `${what}をした職員`, path: `${path}.name`, value: act.name },
    { label: `${what}の理由`, path: `${path}.reason`, value: act.reason },
  ]
}

function instantText(at: unknown): unknown {
  return typeof at === 'string' && at !== REMOVED ? dateTimeText(new Date(at)) : at
}

function text(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}

/** The grounds are those of the archive's own places. */
function removalsOf(lines: readonly Line[], ofArchive: readonly Removal[]): Removal[] {
  return lines.flatMap(({ label, path, value }): Removal[] => {
    if (value !== REMOVED) return []
    const { grounds, note } = ofArchive.find(({ column }) => column === `record.${path}`) ?? UNCLASSED
    return [{ column: label, grounds, note: note ?? '', count: 1 }]
  })
}
