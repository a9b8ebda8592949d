import { basename } from 'node:path'
import type { Stores } from '../db/stores.ts'
import { shippedGeography } from '../files/geography/shipped-geography.ts'
import { parseHospitalFile } from '../files/hospitals/file.ts'
import { badInput, type CommandContext } from './command.ts'
import { type ImportedFile, importCommand, ONLY_LOOKED, printIssues, refused } from './imported-file.ts'

/** Reads a master file in either format; all of it is stored, or nothing. */
export const importHospitals = importCommand('hospitals', importFile)

function importFile(
  stores: Stores,
  { file, bytes, dryRun }: ImportedFile,
  { print, now }: CommandContext,
): void {
  const reading = parseHospitalFile(bytes, options(stores))
  if (!reading.ok) throw badInput(`${file}：${reading.message}`)
  printIssues(print, reading)
  const list = { hospitals: reading.hospitals.map(({ hospital }) => hospital), fields: reading.fields }
  const by = { actor: 'cli', at: now(), source: basename(file) }
  const isRefused = reading.errors.length > 0
  const counts = dryRun || isRefused ? stores.hospitals.compare(list) : stores.hospitals.import(list, by)
  const { added, changed, unchanged, conflicts } = counts
  for (const name of conflicts)
    print(`エラー ${name}：台帳の2つの病院に当てはまります。コードを確認してください。`)
  const errors = reading.errors.length + conflicts.length
  print(
    `追加 ${added}件、変更 ${changed}件、変更なし ${unchanged}件、警告 ${reading.warnings.length}件、エラー ${errors}件`,
  )
  if (errors > 0) throw refused(file, errors)
  if (dryRun) print(ONLY_LOOKED)
}

function options(stores: Stores) {
  const { prefectureCode } = stores.settings.read()
  const geography = shippedGeography(prefectureCode)
  if (geography.regions.length === 0) {
    throw badInput(
      `prefectureCode：都道府県コード${prefectureCode}の市町村と二次医療圏の表がありません。resources/ に追加してください。`,
    )
  }
  const [smallest] = stores.policies.current().policy.bands
  return { prefectureCode, geography, smallestBand: smallest?.min ?? 0 }
}
