import { basename } from 'node:path'
import type { Stores } from '../db/stores.ts'
import { type Hospital, hospitalText } from '../domain/master/hospital.ts'
import { importGmis as takeIn } from '../office/gmis/import.ts'
import { lookAtGmis } from '../office/gmis/look.ts'
import { readGmis } from '../office/gmis/reading.ts'
import { badInput, type CommandContext } from './command.ts'
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
export const importGmis = importCommand('gmis', importFile, { hasMissingRule: true })

async function importFile(
  stores: Stores,
  { file, bytes, dryRun, missing }: ImportedFile,
  { print, now }: CommandContext,
): Promise<void> {
  const looked = await lookAtGmis(stores, { name: basename(file), bytes })
  if (!looked.ok) throw unreadable(file, looked)
  printSheet(print, looked.sheet)
  const reading = readGmis(stores, looked)
  const { warnings, errors, problem } = reading
  printIssues(print, { warnings, errors })
  for (const { label, column, values } of reading.questions)
    for (const { value, count } of values.filter((each) => each.readAs === null))
      print(`警告 ${column}：回答「${value}」（${count}病院）は、${label}を不明として扱います。`)
  const counts: [label: string, hospitals: string[]][] = [
    ['活用に同意した病院', names(reading.used)],
    ['同意のない病院', names(reading.withoutConsent)],
    ['有効な回答がない病院', names(reading.withoutAnswer)],
    ['病院台帳にない病院', looked.unknown.map(({ row, code, name }) => `${row}行目 ${name || code}`)],
    ['登録済みでファイルにない病院', reading.missing.map(hospitalText)],
  ]
  for (const [label, hospitals] of counts.slice(1))
    if (hospitals.length > 0) print(`${label}：${hospitals.join('、')}`)
  const summary = counts.map(([label, hospitals]) => `${label} ${hospitals.length}件`).join('、')
  print(`${summary}、警告 ${warnings.length}件、エラー ${errors.length}件`)
  if (problem !== null) throw badInput(`${file}：${problem}`)
  if (errors.length > 0) throw refused(file, errors.length)
  if (dryRun) print(ONLY_LOOKED)
  else takeIn(stores, looked, reading, { actor: 'cli', at: now(), missing })
}

function names(named: readonly { hospital: Hospital }[]): string[] {
  return named.map(({ hospital }) => hospitalText(hospital))
}
