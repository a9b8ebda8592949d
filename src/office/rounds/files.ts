import type { EditionFacts, NewFile } from '../../db/edition-rows.ts'
import { questionListFile } from '../../domain/record/question-list.ts'
import { editionLabel } from '../../domain/record/round.ts'
import { ROUND_FILE_LABELS } from '../../domain/record/round-file-labels.ts'
import type { SelectionResult } from '../../domain/selection/result.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import { reasonsFile } from '../../domain/selection/words/reasons.ts'
import { canonicalJson } from '../../domain/text/canonical.ts'
import { internalSheets } from '../../files/reports/internal-report.ts'
import { ministryColumns, ministryRows } from '../../files/reports/ministry.ts'
import { toCsv } from '../../files/table/csv.ts'
import { encodeCsv } from '../../files/table/encoding.ts'
import { sheetOf, toXlsx } from '../../files/xlsx/write.ts'
import { inTurn } from '../in-turn.ts'
import type { FrozenRound, RoundFileName } from './frozen.ts'

/** The files of an edition as they are frozen, all but the archive. */
export async function roundFiles(frozen: FrozenRound): Promise<NewFile[]> {
  const { reading, register, questions, checks, lottery, reasons } = frozen
  const { snapshot, result, amended } = reading
  // All of what is said of thousands, before the files put it together.
  if (reasons) await inTurn(reading.rows, ({ code }) => reasons(code).officer)
  const [columns, rows] = [ministryColumns(register.columns, questions), ministryRows(frozen)]
  const csv = toCsv(columns, rows)
  const files: [name: RoundFileName, bytes: Buffer][] = [
    ['snapshot.json', snapshotBytes(snapshot)],
    ['result.json', resultBytes(result)],
    ['register.json', canonicalBytes(register)],
    ['checks.json', jsonBytes(checks)],
    ['ministry.csv', encodeCsv(csv, 'utf-8')],
    ['ministry.cp932.csv', encodeCsv(csv, 'cp932')],
    ['ministry.xlsx', await toXlsx([sheetOf('厚生労働省への報告', columns, rows)])],
    ['internal.xlsx', await toXlsx(internalSheets(frozen))],
  ]
  if (lottery) files.push(['lottery.json', canonicalBytes(lottery)])
  if (questions.length > 0) files.push(['questions.json', canonicalBytes(questionListFile(questions))])
  if (reasons) files.push(['reasons.json', canonicalBytes(reasonsFile(reading, reasons))])
  if (amended.amendments.length > 0) files.push(['amended.json', jsonBytes(amended)])
  return files.map(([name, bytes]) => ({ name, bytes }))
}

function jsonBytes(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8')
}

/** The snapshot's file is its canonical form: its own SHA-256 is the one that the result names. */
export function snapshotBytes(snapshot: Snapshot): Buffer {
  return canonicalBytes(snapshot)
}

function canonicalBytes(value: object): Buffer {
  return Buffer.from(canonicalJson(value), 'utf8')
}

/** As the command `select` prints it. */
export function resultBytes(result: SelectionResult): Buffer {
  return jsonBytes(result)
}

/** What each file is called on a page and on the disk, the ones that are used most first. */
export const FILE_NAMES: readonly { name: RoundFileName; label: string; saved: string }[] = (
  [
    ['ministry.csv', '厚生労働省報告.csv'],
    ['ministry.cp932.csv', '厚生労働省報告.csv'],
    ['ministry.xlsx', '厚生労働省報告.xlsx'],
    ['internal.xlsx', '内部資料.xlsx'],
    ['archive.json', '保存用一式.json'],
    ['snapshot.json', '入力.json'],
    ['result.json', '結果.json'],
    ['amended.json', '辞退反映後の結果.json'],
    ['register.json', '台帳と回答の写し.json'],
    ['lottery.json', '抽選の記録.json'],
    ['questions.json', '質問の写し.json'],
    ['reasons.json', '病院ごとの理由.json'],
    ['checks.json', '確定前の確認.json'],
    ['classes.json', '開示の区分.json'],
  ] as const
).map(([name, saved]) => ({ name, label: ROUND_FILE_LABELS[name], saved }))

/** A file's name for those who keep it: `初回選定（第2版）_結果.json`, and `round-1-2-result.json` where only ASCII will do. */
export function savedNames(
  { number, edition }: Pick<EditionFacts, 'number' | 'edition'>,
  name: string,
): { japanese: string; ascii: string } {
  const saved = FILE_NAMES.find((file) => file.name === name)?.saved ?? name
  return {
    japanese: `${editionLabel(number, edition)}_${saved}`,
    ascii: `round-${number}${edition > 1 ? `-${edition}` : ''}-${name}`,
  }
}
