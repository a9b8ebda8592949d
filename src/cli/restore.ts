import { existsSync, lstatSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { appendToRecord } from '../db/backups.ts'
import { answersIn, type CopyFacts, inspectCopy } from '../db/online-copy.ts'
import { decideReplacement, finishReplacement, syncFile } from '../db/replacement.ts'
import { BACKUP_FILE_IDS, type BackupFile } from '../domain/record/backup.ts'
import { dateTimeText, tokyoClock } from '../domain/text/dates.ts'
import { extractFile, readBackup, type WholeBackup } from '../files/backup/backup-file.ts'
import { sumOf } from '../files/backup/tar.ts'
import { installationFiles } from '../installation.ts'
import { KEY_NAMES, keysOf } from './backup-keys.ts'
import type { Installation } from './backup-making.ts'
import { badInput, type Command, type CommandContext, failed } from './command.ts'
import { configOf } from './database.ts'
import { fileProblem } from './file-problem.ts'
import { whileNobodyElse } from './held.ts'

const USAGE = 'restore FILE'

/**
 * Puts a backup into the place of the survey, which it keeps beside it. Nothing of what is there is touched before
 * everything that is to come has been read through and lies ready.
 */
export const restore: Command = {
  usage: USAGE,
  async run(args, context) {
    const [path, ...rest] = args
    if (path === undefined || rest.length > 0 || path.startsWith('-'))
      throw badInput(`使い方：kakuho ${USAGE}`)
    const files = installationFiles(configOf(context))
    const whole = wholeBackup(path)
    await whileNobodyElse(files, async () => {
      // What an earlier restore had decided comes first: it is what is there now.
      finishReplacement(files)
      await replaceBy(whole, files, context)
    })
  },
}

function wholeBackup(path: string): WholeBackup {
  if (!existsSync(path)) throw badInput(`${path}：ファイルがありません。`)
  if (!lstatSync(resolve(path)).isFile() && !lstatSync(resolve(path)).isSymbolicLink())
    throw badInput(`${path}：${REFUSED['not-a-backup']}`)
  try {
    const found = readBackup(path)
    if (typeof found === 'string') throw badInput(`${path}：${REFUSED[found]}`)
    return found
  } catch (error) {
    throw fileProblem(path, error)
  }
}

const REFUSED = {
  'not-a-backup': 'バックアップではありません。kakuho backupで作成したファイルを指定してください。',
  damaged:
    'バックアップが壊れています（途中で切れているか、内容が変わっています）。ほかのバックアップを指定してください。',
  newer: '新しい版のプログラムで作成したバックアップです。その版のプログラムで復元してください。',
  'not-a-survey': 'バックアップの中のデータベースが、調査のデータベースではありません。',
} as const

async function replaceBy(whole: WholeBackup, files: Installation, context: CommandContext): Promise<void> {
  // A link would be replaced by the file, and what it leads to would stay.
  if (existsSync(files.database) && !lstatSync(files.database).isFile())
    throw badInput(`${files.database}：リンクかフォルダーです。DATABASE_PATHにはファイルを指定してください。`)
  const otherKey = signingKeysDiffer(whole, files)
  const at = context.now()
  const facts = await stageAndDecide(whole, files, at)
  const kept = finishReplacement(files)
  tell(whole, facts, context)
  if (kept)
    context.print(
      `復元する前のファイルは、${kept}に残しました${heldThere(kept, files)}。不要になったら削除してください。`,
    )
  else context.print(`調査のファイルがなかったため、${files.database}を作成しました。`)
  if (otherKey)
    context.print('復元する前とは署名の鍵が異なります。別の調査のバックアップでないか、確認してください。')
}

/** （回答3件）; '' where the old database is gone or cannot be read. */
function heldThere(kept: string, { database }: Installation): string {
  const path = join(kept, basename(database))
  const answers = existsSync(path) ? answersIn(path) : null
  return answers === null ? '' : `（回答${answers}件）`
}

/** Everything that is to come is made ready, and looked through as it lies there; by the last step it is decided. */
async function stageAndDecide(whole: WholeBackup, files: Installation, at: Date): Promise<CopyFacts> {
  const folder = mkdtempSync(`${files.restoring}.part-`)
  try {
    const staged = BACKUP_FILE_IDS.filter((file) => whole.entries[file])
    for (const file of staged)
      if (!extractFile(whole, file, join(folder, file))) throw badInput(`${whole.path}：${REFUSED.damaged}`)
    const facts = inspectCopy(join(folder, 'database'))
    if (typeof facts === 'string') throw badInput(`${whole.path}：${REFUSED[facts]}`)
    refuseOtherKeys(whole.path, folder, staged, facts.keys)
    await recordRestore(whole, join(folder, 'database'), at)
    decideReplacement(files, folder, { staged, kept: keptName(files, at) })
    return facts
  } catch (error) {
    throw fileProblem(files.database, error)
  } finally {
    // Nothing is left under this name once it is decided.
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Every key that came is one, and the database's own. */
function refuseOtherKeys(
  path: string,
  folder: string,
  staged: readonly BackupFile[],
  known: CopyFacts['keys'],
): void {
  const keys = KEY_NAMES.filter((name) => staged.includes(name))
  const found = keysOf(Object.fromEntries(keys.map((name) => [name, join(folder, name)])), known)
  if (typeof found === 'string') throw badInput(`${path}：バックアップの中の${found}`)
}

/** The record goes on from where the backup was made, and says that it did. */
async function recordRestore({ description }: WholeBackup, database: string, at: Date): Promise<void> {
  const { madeAt, answers, record } = description
  const detail = { madeAt, answers, entries: record.count, head: record.head }
  const event = { at, actor: 'cli', action: 'backup.restored', subject: 'survey', detail }
  if (!(await appendToRecord(database, event)))
    throw failed(`${database}：復元したことを操作の記録に残せません。復元していません。`)
  syncFile(database)
}

/** kakuho.db.before-20261218-170530, and a number where that is taken. */
function keptName(files: Installation, at: Date): string {
  const instant = tokyoClock(at).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')
  const name = `${basename(files.database)}.before-${instant}`
  const taken = (each: string) => existsSync(join(dirname(resolve(files.database)), each))
  let number = 2
  if (!taken(name)) return name
  while (taken(`${name}-${number}`)) number += 1
  return `${name}-${number}`
}

/** By the whole files: both are written by the same hand. */
function signingKeysDiffer({ entries }: WholeBackup, { signingKey }: Installation): boolean {
  const there = entries.signingKey
  return there !== undefined && existsSync(signingKey) && sumOf(signingKey).sha256 !== there.sha256
}

function tell(
  { description }: WholeBackup,
  { answers, hospitals, record, waitingMails }: CopyFacts,
  { print }: CommandContext,
): void {
  const { madeAt } = description
  const { count, head, brokenAt } = record
  print(
    `${dateTimeText(new Date(madeAt))}のバックアップを復元しました（回答${answers}件、病院${hospitals}件、操作の記録${count}件、末尾${head}）。これより後に届いた回答と操作は、含まれていません。`,
  )
  if (brokenAt !== null)
    print(
      `操作の記録の${brokenAt}件目から後が、記録したときの内容と一致しません。audit verifyで確認してください。`,
    )
  if (waitingMails > 0)
    print(`送信待ちのメールが${waitingMails}件あります。既に送信したものが、もう一度送られることがあります。`)
  print('ログインしていた人は、もう一度ログインする必要があります。')
}
