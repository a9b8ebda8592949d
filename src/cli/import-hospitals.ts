import { basename } from 'node:path'
import type { Foreseen } from '../db/hospital-imports.ts'
import type { Stores } from '../db/stores.ts'
import { dayText } from '../domain/text/dates.ts'
import { foreseeImport, hasGeography, listOf, readMasterFile } from '../office/master/import.ts'
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

/** Reads a master file in either format; all of it is stored, or nothing. */
export const importHospitals = importCommand('hospitals', importFile, { hasBlankRule: true })

async function importFile(
  stores: Stores,
  { file, bytes, dryRun, blank }: ImportedFile,
  { print, now }: CommandContext,
): Promise<void> {
  if (!hasGeography(stores)) throw noGeography(stores)
  const reading = await readMasterFile(stores, basename(file), bytes, now())
  if (!reading.ok) throw unreadable(file, reading)
  printSheet(print, reading.file.sheet)
  if (reading.file.dayFrom === 'file') print(`${dayText(reading.file.day)}現在の名簿です。`)
  const { would, warnings, blanks, mayClear } = foreseeImport(stores, reading.file, blank)
  printIssues(print, { warnings, errors: reading.file.errors })
  for (const { column, message } of blanks) print(warningLine(column, message))
  if (mayClear) print(HOW_TO_CLEAR)
  for (const name of would.conflicts)
    print(`エラー ${name}：病院台帳の2つの病院に当てはまります。コードを確認してください。`)
  printApart(print, would)
  const errors = reading.file.errors.length + would.conflicts.length
  printCounts(print, would, { warnings: warnings.length + blanks.length, errors })
  if (errors > 0) throw refused(file, errors)
  if (dryRun) print(ONLY_LOOKED)
  else
    stores.hospitals.import(listOf(reading.file, blank), {
      actor: 'cli',
      at: now(),
      source: basename(file),
    })
}

const HOW_TO_CLEAR =
  '空欄のセルは、登録済みの値を残します。空欄として取り込むには、--blank clear を付けて実行してください。'

/** What is no change of the master, and yet to be looked at. */
function printApart(print: CommandContext['print'], { unnamed, proposals, leftOut, held }: Foreseen): void {
  if (proposals.length > 0)
    print(
      `登録済みの病院と同じ可能性がある行 ${proposals.length}件（照合待ちとします。画面の「病院の照合」で確認してください）`,
    )
  if (leftOut.length > 0) print(`以前に取り込まないこととした行 ${leftOut.length}件（取り込みません）`)
  if (held.length > 0)
    print(
      `ほかの出典を使っているため変更しない項目 ${held.length}件（画面の「出典により異なる病院」で確認してください）`,
    )
  if (unnamed.length > 0) print(`ファイルにない登録済みの病院 ${unnamed.length}件（変更しません）`)
}

function printCounts(
  print: CommandContext['print'],
  { changes }: Foreseen,
  { warnings, errors }: { warnings: number; errors: number },
): void {
  const of = (kind: string) => changes.filter((change) => change.kind === kind).length
  print(
    `追加 ${of('added')}件、変更 ${of('changed')}件、変更なし ${of('unchanged')}件、警告 ${warnings}件、エラー ${errors}件`,
  )
}

function noGeography(stores: Stores): Error {
  const { prefectureCode } = stores.settings.read()
  return badInput(
    `prefectureCode：都道府県コード${prefectureCode}の市町村と二次医療圏の表がありません。resources/ に追加してください。`,
  )
}
