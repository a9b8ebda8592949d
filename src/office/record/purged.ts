import type { Purge } from '../../db/purge.ts'
import type { Stores } from '../../db/stores.ts'
import { checkChain } from '../../domain/record/audit-chain.ts'
import { isPurgeSigned } from '../../domain/record/purge-statement.ts'
import { isRetentionOver } from '../../domain/survey/retention.ts'
import { dateTimeText, dayText } from '../../domain/text/dates.ts'
import { purgedLines } from '../retention.ts'
import type { Evidence, RecordVerdict } from './verification.ts'

interface Grounds {
  evidence: Evidence
  /** By which it has to be signed; null where nobody has said. */
  key: string | null
}

/**
 * Of a survey whose keeping is over: that it was ended as it is said, by whoever has the installation's key, and that nothing
 * is left. A row that somebody wrote to make a survey look purged does not hold.
 */
export function verifyPurged(stores: Stores, purge: Purge, { evidence, key }: Grounds): RecordVerdict {
  const findings = [
    ...signatureFindings(stores, purge, key),
    ...leftFindings(stores),
    ...dayFindings(purge),
    ...evidence.problems,
    ...evidenceFindings(purge, evidence),
  ]
  if (findings.length > 0) return { ok: false, text: `不一致：${findings.join(' ／ ')}`, findings }
  return { ok: true, text: holdsText(purge, evidence), findings }
}

function signatureFindings({ signingKeys, signer }: Stores, purge: Purge, key: string | null): string[] {
  if (purge.signature === null) return ['消去の記録に、署名がありません。']
  const keys =
    key === null ? [signer?.publicKey, ...signingKeys.all().map((known) => known.publicKey)] : [key]
  if (keys.some((one) => one !== undefined && isPurgeSigned(purge, one))) return []
  return [
    key === null
      ? '消去の記録の署名が、その内容と一致しません。'
      : '消去の記録の署名が、指定した公開鍵によるものではないか、その内容と一致しません。',
  ]
}

/** What a purged survey has all the same: a start makes a key that opens nothing, and what was done since is on the record. */
const AFTERWARDS: ReadonlySet<string> = new Set(['receipt_keys', 'audit_log'])
const ACTS_AFTERWARDS: ReadonlySet<string> = new Set([
  ...['backup.made', 'backup.restored', 'guard.restored', 'signing-key.changed'],
])

function leftFindings({ purge, audit }: Stores): string[] {
  const left = purge.counts().filter(({ table }) => !AFTERWARDS.has(table))
  const entries = audit.stored()
  const isOfBefore = entries.some(({ action }) => !ACTS_AFTERWARDS.has(action))
  const lines = purgedLines([
    ...left,
    ...(isOfBefore ? [{ table: 'audit_log', rows: entries.length }] : []),
  ]).map(({ label, rows }) => `${label}${rows}件`)
  return [
    ...(lines.length > 0 ? [`消去したという記録がありますが、${lines.join('、')}が残っています。`] : []),
    ...(checkChain(entries).faults.length > 0 ? ['消去した後の操作の記録が、書き換えられています。'] : []),
  ]
}

function dayFindings({ purgedAt, retentionUntil }: Purge): string[] {
  if (isRetentionOver({ retentionUntil }, purgedAt)) return []
  return [
    `保存期間（${dayText(retentionUntil)}まで）が満了する前の${dateTimeText(purgedAt)}に、消去したと記録されています。`,
  ]
}

/** Nothing is left of the entries; how many there were, and the last one's hash, are. */
function evidenceFindings({ record }: Purge, { pins, records }: Evidence): string[] {
  const held = [
    ...pins,
    ...records.flatMap(({ source, entries }) => {
      const last = entries.at(-1)
      return last ? [{ count: last.seq, head: last.hash, source, at: null }] : []
    }),
  ]
  const later = held.filter(({ count }) => count >= record.count)
  return later.flatMap(({ count, head, source }) => {
    if (count > record.count)
      return [
        `消去の記録では、操作の記録は${record.count}件でしたが、${source}では${count}件です。後の記録が失われています。`,
      ]
    return head === record.head ? [] : [`消去したときの操作の記録の末尾が、${source}と一致しません。`]
  })
}

function holdsText({ purgedAt, retentionUntil, basis, record }: Purge, { pins, records }: Evidence): string {
  const sources = [...pins, ...records].map(({ source }) => source)
  return [
    `一致：${dateTimeText(purgedAt)}に、保存期間（${dayText(retentionUntil)}まで）の満了により消去されました（理由：${basis}）。`,
    `消去したときの操作の記録は${record.count}件、末尾は${record.head}です。`,
    '署名は正しく、回答などは残っていません。',
    ...(sources.length > 0 ? [`${[...new Set(sources)].join('、')}とも矛盾しません。`] : []),
  ].join('')
}
