import type { EditionFacts, NewFile } from '../../db/edition-rows.ts'
import { questionListFile } from '../../domain/record/question-list.ts'
import { editionLabel } from '../../domain/record/round.ts'
import type { SelectionResult } from '../../domain/selection/result.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import { reasonsFile } from '../../domain/selection/words/reasons.ts'
import { canonicalJson } from '../../domain/text/canonical.ts'
import { internalSheets } from '../../files/reports/internal-report.ts'
import { ministryColumns, ministryRows } from '../../files/reports/ministry.ts'
import { toCsv } from '../../files/table/csv.ts'
import { encodeCsv } from '../../files/table/encoding.ts'
import { sheetOf, toXlsx } from '../../files/xlsx/write.ts'
import type { FrozenRound, RoundFileName } from './frozen.ts'

/** The files of an edition as they are frozen, all but the archive. */
export async function roundFiles(frozen: FrozenRound): Promise<NewFile[]> {
  const { reading, register, questions, checks, lottery, reasons } = frozen
  const { snapshot, result, amended } = reading
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
export const FILE_NAMES: readonly { name: RoundFileName; label: string; saved: string }[] = [
  { name: 'ministry.csv', label: '厚生労働省への報告（CSV、UTF-8）', saved: '厚生労働省報告.csv' },
  { name: 'ministry.cp932.csv', label: '厚生労働省への報告（CSV、Shift_JIS）', saved: '厚生労働省報告.csv' },
  { name: 'ministry.xlsx', label: '厚生労働省への報告（Excel）', saved: '厚生労働省報告.xlsx' },
  { name: 'internal.xlsx', label: '内部資料：順位と点数（Excel）', saved: '内部資料.xlsx' },
  { name: 'archive.json', label: '保存用一式', saved: '保存用一式.json' },
  { name: 'snapshot.json', label: '選定の入力（JSON形式）', saved: '入力.json' },
  { name: 'result.json', label: '選定の結果（JSON形式）', saved: '結果.json' },
  { name: 'amended.json', label: '辞退を反映した結果（JSON形式）', saved: '辞退反映後の結果.json' },
  { name: 'register.json', label: '病院台帳と回答の写し（JSON形式）', saved: '台帳と回答の写し.json' },
  { name: 'lottery.json', label: '抽選の記録（JSON形式）', saved: '抽選の記録.json' },
  { name: 'questions.json', label: '質問の写し（JSON形式）', saved: '質問の写し.json' },
  { name: 'reasons.json', label: '病院ごとの理由（JSON形式）', saved: '病院ごとの理由.json' },
  { name: 'checks.json', label: '確定前の確認（JSON形式）', saved: '確定前の確認.json' },
  { name: 'classes.json', label: '開示の区分（JSON形式）', saved: '開示の区分.json' },
]

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
