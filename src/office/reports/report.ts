import type { ConfirmedEdition, NewFile } from '../../db/edition-rows.ts'
import type { Report } from '../../db/reports.ts'
import type { Stores } from '../../db/stores.ts'
import { NUMBERINGS, type Numbering, roundsLabel } from '../../domain/record/report.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { type MinistryRow, ministryColumns } from '../../files/reports/ministry.ts'
import { rowsOfRounds } from '../../files/reports/several-rounds.ts'
import { type Column, toCsv } from '../../files/table/csv.ts'
import { encodeCsv } from '../../files/table/encoding.ts'
import { sheetOf, toXlsx } from '../../files/xlsx/write.ts'
import { type Preflight, preflight, preflightOf } from '../draft/preflight.ts'
import { frozenRoundReader } from '../rounds/frozen.ts'
import { reportedRound } from '../rounds/reported.ts'

/** The files of a report, under the names that an edition has them by. */
const REPORT_FILES = ['ministry.csv', 'ministry.cp932.csv', 'ministry.xlsx'] as const
export type ReportFileName = (typeof REPORT_FILES)[number]

/** A report as it would go out now, out of frozen editions alone. */
export interface ReportDraft {
  /** The newest edition of each of its rounds, in their order. */
  editions: ConfirmedEdition[]
  numbering: Numbering
  /** 初回選定と追加選定（第2回） */
  label: string
  preflight: Preflight
  files(): Promise<NewFile[]>
  /** Reports of the same rounds that this one takes the place of, the first one first. */
  replaced: Report[]
}

/** @param editions at least one, in the order of their rounds */
export function reportDraft(stores: Stores, editions: ConfirmedEdition[], numbering: Numbering): ReportDraft {
  const frozenOf = frozenRoundReader(stores)
  const rounds = editions.map(frozenOf)
  const [only] = editions
  // Where the columns were set anew since, those of the last round are the ones that were asked for.
  const { register, questions } = rounds.at(-1)!
  const columns = ministryColumns(register.columns, questions)
  const isOne = editions.length === 1
  const rows = isOne ? [] : rowsOfRounds(rounds, numbering)
  const reports = stores.reports.all()
  const earlier = editions.flatMap(({ number }) => reportedRound(reports, number)?.report ?? [])
  return {
    editions,
    numbering: isOne ? 'per-round' : numbering,
    label: roundsLabel(editions.map(({ number }) => number)),
    preflight: isOne ? preflight(rounds[0]!) : preflightOf(rows, columns),
    files: async () => (isOne ? frozenFiles(stores, only!) : filesOf(rows, columns)),
    replaced: [...new Map(earlier.map((report) => [report.id, report])).values()],
  }
}

/** Of one round the very bytes that its edition has. */
function frozenFiles({ editions }: Stores, edition: ConfirmedEdition): NewFile[] {
  return REPORT_FILES.flatMap((name) => {
    const file = editions.file(edition, name)
    return file ? [{ name, bytes: file.bytes }] : []
  })
}

async function filesOf(
  rows: readonly MinistryRow[],
  columns: readonly Column<MinistryRow>[],
): Promise<NewFile[]> {
  const csv = toCsv(columns, rows)
  const files: [name: ReportFileName, bytes: Buffer][] = [
    ['ministry.csv', encodeCsv(csv, 'utf-8')],
    ['ministry.cp932.csv', encodeCsv(csv, 'cp932')],
    ['ministry.xlsx', await toXlsx([sheetOf('厚生労働省への報告', columns, rows)])],
  ]
  return files.map(([name, bytes]) => ({ name, bytes }))
}

/** 初回選定と追加選定（第2回）（通し番号）: which rounds a report covers, and how their places stand. */
export function coverage(rounds: readonly number[], numbering: Numbering): string {
  const how = rounds.length > 1 ? `（順位は${labelOf(NUMBERINGS, numbering).replace(/（.*$/, '')}）` : ''
  return `${roundsLabel(rounds)}${how}`
}

/** How a recorded report stands by now. */
export type ReportStanding = 'in-force' | 'partly-replaced' | 'replaced' | 'taken-back'

export function standingOf(report: Report, reports: readonly Report[]): ReportStanding {
  if (report.isTakenBack) return 'taken-back'
  const holds = report.editions.filter(
    ({ number }) => reportedRound(reports, number)?.report.id === report.id,
  )
  if (holds.length === report.editions.length) return 'in-force'
  return holds.length === 0 ? 'replaced' : 'partly-replaced'
}

/** A file's name for those who keep it. @param of 報告第1号, or what it is to become */
export function reportFileNames(
  of: string,
  ascii: string,
  name: string,
): { japanese: string; ascii: string } {
  const suffix = name.endsWith('.xlsx') ? '.xlsx' : '.csv'
  return { japanese: `${of}_厚生労働省報告${suffix}`, ascii: `${ascii}-${name}` }
}
