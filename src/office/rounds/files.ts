import type { SelectionResult } from '../../domain/selection/result.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import { canonicalJson } from '../../domain/text/canonical.ts'
import { internalSheets } from '../../files/reports/internal-report.ts'
import { type MinistryFacts, ministryColumns, ministryRows } from '../../files/reports/ministry.ts'
import { toCsv } from '../../files/table/csv.ts'
import { encodeCsv, type TextEncoding } from '../../files/table/encoding.ts'
import { sheetOf, toXlsx } from '../../files/xlsx/write.ts'
import type { Check } from './check.ts'

/** What an edition of a round consists of: frozen as bytes when it is proposed, or confirmed by one person. */
export interface RoundFileBytes {
  name: RoundFileName
  bytes: Buffer
}

const ROUND_FILES = [
  'snapshot.json',
  'result.json',
  /** The result after the declines; only where there were any. */
  'amended.json',
  'register.json',
  /** What was checked before, as it stood. */
  'checks.json',
  'ministry.csv',
  'ministry.cp932.csv',
  'ministry.xlsx',
  'internal.xlsx',
  /** All of the above, and who decided: made at the confirmation. */
  'archive.json',
] as const
export type RoundFileName = (typeof ROUND_FILES)[number]

/**
 * The files as they are frozen.
 * @throws where CP932 cannot hold the report: the checks have let nothing of the kind through
 */
export async function roundFiles(facts: MinistryFacts, checks: readonly Check[]): Promise<RoundFileBytes[]> {
  const { snapshot, result, amended, register } = facts
  const csv = toCsv(ministryColumns(register.columns), ministryRows(facts))
  return [
    { name: 'snapshot.json', bytes: snapshotBytes(snapshot) },
    { name: 'result.json', bytes: resultBytes(result) },
    ...(amended.amendments.length > 0 ? [{ name: 'amended.json' as const, bytes: jsonBytes(amended) }] : []),
    { name: 'register.json', bytes: Buffer.from(canonicalJson(register), 'utf8') },
    { name: 'checks.json', bytes: jsonBytes(checks) },
    { name: 'ministry.csv', bytes: encoded(csv, 'utf-8') },
    { name: 'ministry.cp932.csv', bytes: encoded(csv, 'cp932') },
    { name: 'ministry.xlsx', bytes: await ministryXlsx(facts) },
    { name: 'internal.xlsx', bytes: await toXlsx(internalSheets(facts)) },
  ]
}

function encoded(csv: string, encoding: TextEncoding): Buffer {
  const bytes = encodeCsv(csv, encoding)
  if (bytes.ok) return bytes.bytes
  throw new Error(bytes.message)
}

function ministryXlsx(facts: MinistryFacts): Promise<Buffer> {
  const columns = ministryColumns(facts.register.columns)
  return toXlsx([sheetOf('厚生労働省への報告', columns, ministryRows(facts))])
}

function jsonBytes(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8')
}

/** The snapshot's file is its canonical form: its own SHA-256 is the one that the result names. */
export function snapshotBytes(snapshot: Snapshot): Buffer {
  return Buffer.from(canonicalJson(snapshot), 'utf8')
}

/** As the command `select` prints it. */
export function resultBytes(result: SelectionResult): Buffer {
  return Buffer.from(`${JSON.stringify(result, null, 2)}\n`, 'utf8')
}
