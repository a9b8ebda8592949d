import { parseArgs } from 'node:util'
import type { Stores } from '../db/stores.ts'
import type { RowIssue } from '../files/table/row-issue.ts'
import { badInput, type Command, type CommandContext } from './command.ts'
import { withStores } from './database.ts'
import { readInput } from './input.ts'

export interface ImportedFile {
  file: string
  bytes: Buffer
  /** Look only. */
  dryRun: boolean
}

/** `import WHAT FILE [--dry-run]`: the file is read before the database is opened. */
export function importCommand(
  what: string,
  importFile: (stores: Stores, imported: ImportedFile, context: CommandContext) => void,
): Command {
  const usage = `import ${what} FILE [--dry-run]`
  return {
    usage,
    async run(args, context) {
      const { file, dryRun } = importArguments(args, usage)
      const bytes = readInput(file)
      await withStores(context, (stores) => importFile(stores, { file, bytes, dryRun }, context))
    },
  }
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

function importArguments(args: string[], usage: string): Pick<ImportedFile, 'file' | 'dryRun'> {
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
