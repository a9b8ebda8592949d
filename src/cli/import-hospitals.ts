import { basename } from 'node:path'
import type { ImportPreview } from '../db/hospitals.ts'
import type { Stores } from '../db/stores.ts'
import { latestFiling } from '../domain/master/filings.ts'
import { prefectureOf } from '../domain/survey/prefecture.ts'
import { dayText } from '../domain/text/dates.ts'
import { shippedGeography } from '../files/geography/shipped-geography.ts'
import { blankCellLines } from '../files/hospitals/blank-cells.ts'
import { readHospitalFile } from '../files/hospitals/file.ts'
import { withKnownTexts } from '../files/hospitals/lost-texts.ts'
import type { HospitalFileOptions } from '../files/hospitals/reading.ts'
import { badInput, type CommandContext } from './command.ts'
import {
  type ImportedFile,
  importCommand,
  ONLY_LOOKED,
  printIssues,
  printSheet,
  refused,
  unreadable,
  warningLine,
} from './imported-file.ts'

/** Reads a master file in any of the formats; all of it is stored, or nothing. */
export const importHospitals = importCommand('hospitals', importFile, { hasBlankRule: true })

async function importFile(
  stores: Stores,
  { file, bytes, dryRun, blank }: ImportedFile,
  { print, now }: CommandContext,
): Promise<void> {
  const reading = await readHospitalFile(bytes, options(stores))
  if (!reading.ok) throw unreadable(file, reading)
  printSheet(print, reading.sheet)
  if (reading.asOf !== null) print(`${dayText(reading.asOf)}現在の名簿です。`)
  const list = {
    hospitals: reading.hospitals.map(({ hospital }) => hospital),
    fields: reading.fields,
    open: new Map(reading.hospitals.map(({ hospital, open }) => [hospital.key, open])),
    blank,
    isCp932: reading.encoding === 'cp932',
  }
  const foreseen = stores.hospitals.preview(list)
  const warnings = withKnownTexts(reading, foreseen.lost)
  printIssues(print, { warnings, errors: reading.errors })
  const blankCells = blankCellLines(foreseen.blanks)
  for (const { column, message } of blankCells) print(warningLine(column, message))
  if (foreseen.blanks.some(({ kept }) => kept > 0)) print(HOW_TO_CLEAR)
  for (const name of foreseen.conflicts)
    print(`エラー ${name}：病院台帳の2つの病院に当てはまります。コードを確認してください。`)
  if (foreseen.missing > 0) print(`ファイルにない登録済みの病院 ${foreseen.missing}件（変更しません）`)
  const errors = reading.errors.length + foreseen.conflicts.length
  printCounts(print, foreseen, { warnings: warnings.length + blankCells.length, errors })
  if (errors > 0) throw refused(file, errors)
  if (dryRun) print(ONLY_LOOKED)
  else stores.hospitals.import(list, { actor: 'cli', at: now(), source: basename(file) })
}

const HOW_TO_CLEAR =
  '空欄のセルは、登録済みの値を残します。空欄として取り込むには、--blank clear を付けて実行してください。'

function printCounts(
  print: CommandContext['print'],
  { added, changed, unchanged }: ImportPreview,
  { warnings, errors }: { warnings: number; errors: number },
): void {
  print(`追加 ${added}件、変更 ${changed}件、変更なし ${unchanged}件、警告 ${warnings}件、エラー ${errors}件`)
}

function options(stores: Stores): HospitalFileOptions {
  const { prefectureCode, prefecture } = stores.settings.read()
  const geography = shippedGeography(prefectureCode)
  if (geography.regions.length === 0) {
    throw badInput(
      `prefectureCode：都道府県コード${prefectureCode}の市町村と二次医療圏の表がありません。resources/ に追加してください。`,
    )
  }
  const [smallest] = stores.policies.current().policy.bands
  return {
    prefectureCode,
    prefecture: prefectureOf(prefecture),
    geography,
    smallestBand: smallest?.min ?? 0,
    knownAsOf: latestFiling(stores.hospitals.all()),
  }
}
