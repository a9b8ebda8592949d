import { basename } from 'node:path'
import type { Stores } from '../db/stores.ts'
import { type GmisFile, readGmisFile } from '../files/gmis/gmis.ts'
import type { RowIssue } from '../files/table/row-issue.ts'
import type { CommandContext } from './command.ts'
import {
  type ImportedFile,
  importCommand,
  ONLY_LOOKED,
  printIssues,
  printSheet,
  refused,
  unreadable,
} from './imported-file.ts'

/** Reads a GMIS export: of hospitals that consented it is stored, all of it or nothing; the others are only counted. */
export const importGmis = importCommand('gmis', importFile)

type GmisRow = Extract<GmisFile, { ok: true }>['rows'][number]

async function importFile(
  stores: Stores,
  { file, bytes, dryRun }: ImportedFile,
  { print, now }: CommandContext,
): Promise<void> {
  const { prefectureCode } = stores.settings.read()
  const reading = await readGmisFile(bytes, { prefectureCode })
  if (!reading.ok) throw unreadable(file, reading)
  printSheet(print, reading.sheet)
  const { known, unknown, twice } = byHospital(stores, reading.rows)
  const errors = [...reading.errors, ...twice]
  printIssues(print, { warnings: reading.warnings, errors })
  const facts = new Map([...known].map(([key, row]) => [key, row.facts]))
  const by = { actor: 'cli', at: now(), source: basename(file) }
  const isStored = !dryRun && errors.length === 0
  const { stored, withoutConsent } = isStored ? stores.gmis.import(facts, by) : stores.gmis.count(facts)
  print(
    `活用に同意した病院 ${stored}件、同意または有効な回答がない病院 ${withoutConsent}件、病院台帳にない病院 ${unknown}件、警告 ${reading.warnings.length}件、エラー ${errors.length}件`,
  )
  if (errors.length > 0) throw refused(file, errors.length)
  if (dryRun) print(ONLY_LOOKED)
}

/** The rows by the master's key, whichever code of a hospital each has; a second row of a hospital is an error. */
function byHospital(stores: Stores, rows: readonly GmisRow[]) {
  const known = new Map<string, GmisRow>()
  const twice: RowIssue[] = []
  let unknown = 0
  for (const row of rows) {
    const hospital = [row.medicalCode, row.naviiCode]
      .flatMap((code) => (code === null ? [] : [stores.hospitals.byCode(code)]))
      .find((found) => found !== null)
    const earlier = hospital && known.get(hospital.key)
    if (!hospital) unknown += 1
    else if (earlier)
      twice.push({
        row: row.row,
        column: row.medicalCode === null ? '機関コード' : '医療機関コード',
        hospital: hospital.name,
        message: `${earlier.row}行目と同じ病院です。どちらかの行を削除してください。`,
      })
    else known.set(hospital.key, row)
  }
  return { known, unknown, twice }
}
