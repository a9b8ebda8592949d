import { existsSync, linkSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { copyOnline, inspectCopy } from '../db/online-copy.ts'
import { syncFolder } from '../db/replacement.ts'
import { BACKUP_FORMAT, type BackupDescription, descriptionBytes } from '../domain/record/backup.ts'
import { signedHead } from '../domain/record/signed-head.ts'
import { readBackup, writeBackup } from '../files/backup/backup-file.ts'
import { sumOf } from '../files/backup/tar.ts'
import type { installationFiles } from '../installation.ts'
import { keysOf } from './backup-keys.ts'
import { badInput, failed } from './command.ts'
import { fileProblem } from './file-problem.ts'

export interface MadeBackup {
  description: BackupDescription
  bytes: number
  sha256: string
}

export type Installation = ReturnType<typeof installationFiles>

/** Between what a backup is called and what tells the folder in which it is made from others: `kakuho.tar.part-Xy12Zz`. */
export const PART = '.part-'

/**
 * Makes one backup, while the survey is served or not. It stands under its name when it is whole, looked through and on the
 * disk, and not before.
 * @throws CommandError in all cases that an operator can do something about
 */
export async function makeBackup(files: Installation, target: string, at: Date): Promise<MadeBackup> {
  if (existsSync(target))
    throw badInput(`${target}：既にあるファイルです。上書きしません。別の名前を指定してください。`)
  const folder = partFolder(target)
  try {
    return await madeIn(folder, files, target, at)
  } catch (error) {
    throw fileProblem(target, error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function partFolder(target: string): string {
  try {
    return mkdtempSync(`${target}${PART}`)
  } catch (error) {
    throw fileProblem(target, error)
  }
}

async function madeIn(folder: string, files: Installation, target: string, at: Date): Promise<MadeBackup> {
  const [copy, packed] = [join(folder, 'database'), join(folder, 'backup')]
  await copyOnline(files.database, copy)
  const facts = inspectCopy(copy)
  if (typeof facts === 'string') throw failed(`${files.database}：${DAMAGE[facts]}`)
  const { waitingMails: _, keys: known, ...described } = facts
  const keys = keysOf(files, known)
  if (typeof keys === 'string')
    throw failed(`${files.database}：${keys}鍵を元の場所に戻してから、もう一度実行してください。`)
  const { sources, signer } = keys
  const description = writeBackup(
    packed,
    { format: BACKUP_FORMAT, madeAt: at.toISOString(), ...described },
    { database: copy, ...sources },
    signer && signedHead(facts.record, at, signer),
  )
  const written = readBackup(packed)
  if (
    typeof written === 'string' ||
    !descriptionBytes(written.description).equals(descriptionBytes(description))
  )
    throw failed(
      `${target}：書き込んだ内容を読み直したところ、一致しませんでした。ディスクの状態を確認してください。`,
    )
  const sum = sumOf(packed)
  putInPlace(packed, target)
  return { description, ...sum }
}

const DAMAGE = {
  damaged:
    'データベースが壊れています。バックアップは作成していません。これまでのバックアップを消さずに、復元を検討してください。',
  newer: '新しい版のプログラムのデータベースです。その版のプログラムでバックアップを作成してください。',
  'not-a-survey': '調査のデータベースではありません。',
} as const

/** Never over another file. */
function putInPlace(packed: string, target: string): void {
  try {
    linkSync(packed, target)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    // Not every disk has links: there a moment is left between the look and the act.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(code) || existsSync(target)) throw error
    renameSync(packed, target)
  }
  syncFolder(dirname(resolve(target)))
}
