import { parseArgs } from 'node:util'
import type { Stores } from '../db/stores.ts'
import type { BlankRule } from '../domain/master/open-cells.ts'
import type { RowIssue } from '../files/table/row-issue.ts'
import { badInput, type Command, type CommandContext } from './command.ts'
import { withNewStores } from './database.ts'
import { readInput } from './input.ts'

export interface ImportedFile {
  file: string
  bytes: Buffer
  /** Look only. */
  dryRun: boolean
  /** What becomes of a blank cell where more is known. */
  blank: BlankRule
  /** What becomes of what is known of a hospital that the file does not name. */
  missing: 'keep' | 'remove'
}

/**
 * `import WHAT FILE [--dry-run]`: the file is read before the database is opened.
 * @param hasBlankRule whether `--blank keep|clear` may be said
 * @param hasMissingRule whether `--missing keep|remove` may be said
 */
export function importCommand(
  what: string,
  importFile: (stores: Stores, imported: ImportedFile, context: CommandContext) => Promise<void>,
  { hasBlankRule = false, hasMissingRule = false } = {},
): Command {
  const rules = `${hasBlankRule ? ' [--blank keep|clear]' : ''}${hasMissingRule ? ' [--missing keep|remove]' : ''}`
  const usage = `import ${what} FILE [--dry-run]${rules}`
  return {
    usage,
    async run(args, context) {
      const { file, ...rest } = importArguments(args, usage, { hasBlankRule, hasMissingRule })
      const bytes = readInput(file)
      await withNewStores(context, (stores) => importFile(stores, { file, bytes, ...rest }, context))
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

/** Of the whole file: 「警告 医療機能：空欄の3件は、登録済みの値を残します。」 */
export function warningLine(about: string, message: string): string {
  return `警告 ${about}：${message}`
}

/** Which sheet of a workbook, as another may look like it; nothing of a CSV. */
export function printSheet(print: CommandContext['print'], sheet: string): void {
  if (sheet !== '') print(`シート「${sheet}」を読み取りました。`)
}

/** The file as a whole cannot be read. */
export function unreadable(file: string, { sheet, message }: { sheet: string; message: string }): Error {
  return badInput(`${file}：${sheet && `シート「${sheet}」：`}${message}`)
}

export const ONLY_LOOKED = '確認のみ行いました（取り込んでいません）。'

/** All of a file is stored, or nothing. */
export function refused(file: string, errors: number): Error {
  return badInput(
    `${file}：エラーが${errors}件あるため、取り込みませんでした。上の各行を修正して、もう一度実行してください。`,
  )
}

function issueLine(kind: string, { row, column, hospital, message }: RowIssue): string {
  return `${kind} ${row}行目${hospital ? ` ${hospital}` : ''}${column ? ` ${column}` : ''}：${message}`
}

function importArguments(
  args: string[],
  usage: string,
  { hasBlankRule, hasMissingRule }: { hasBlankRule: boolean; hasMissingRule: boolean },
): Pick<ImportedFile, 'file' | 'dryRun' | 'blank' | 'missing'> {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: {
        'dry-run': { type: 'boolean' },
        ...(hasBlankRule && { blank: { type: 'string' } as const }),
        ...(hasMissingRule && { missing: { type: 'string' } as const }),
      },
      allowPositionals: true,
    })
    const [file] = positionals
    const { blank = 'keep', missing = 'keep' } = values as { blank?: string; missing?: string }
    const isAlone = file !== undefined && positionals.length === 1
    if (isAlone && (blank === 'keep' || blank === 'clear') && (missing === 'keep' || missing === 'remove'))
      return { file, dryRun: values['dry-run'] === true, blank, missing }
  } catch {
    // Falls through to the usage: an unknown option is the same mistake as a missing file.
  }
  throw badInput(`使い方：kakuho ${usage}`)
}
