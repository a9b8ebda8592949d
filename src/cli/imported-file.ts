import { parseArgs } from 'node:util'
import type { RowIssue } from '../files/table/row-issue.ts'
import { badInput, type CommandContext } from './command.ts'

/** What every import is asked for: a file, and whether to look only. */
export function importArguments(args: string[], usage: string): { file: string; dryRun: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { 'dry-run': { type: 'boolean' } },
      allowPositionals: true,
    })
    const [file] = positionals
    if (file !== undefined && positionals.length === 1) return { file, dryRun: values['dry-run'] === true }
  } catch {
    // Falls through to the usage: an unknown option is the same mistake as a missing file.
  }
  throw badInput(`使い方：kakuho ${usage}`)
}

export function printIssues(
  print: CommandContext['print'],
  { warnings, errors }: { warnings: readonly RowIssue[]; errors: readonly RowIssue[] },
): void {
  for (const issue of warnings) print(issueLine('警告', issue))
  for (const issue of errors) print(issueLine('エラー', issue))
}

export const ONLY_LOOKED = '確認のみ行いました（取り込んでいません）。'

/** All of a file is stored, or nothing. */
export function refused(file: string, errors: number): Error {
  return badInput(
    `${file}：エラーが${errors}件あるため、取り込みませんでした。上の各行を直して、もう一度実行してください。`,
  )
}

function issueLine(kind: string, { row, column, hospital, message }: RowIssue): string {
  return `${kind} ${row}行目${hospital ? ` ${hospital}` : ''}${column ? ` ${column}` : ''}：${message}`
}
