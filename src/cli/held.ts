import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { databaseProblem } from '../database-problem.ts'
import { holdExclusively, holdShared } from '../db/installation-lock.ts'
import { finishReplacement } from '../db/replacement.ts'
import type { Installation } from './backup-making.ts'
import { badInput, failed } from './command.ts'

/** Works on a survey that is there, while nobody replaces it. */
export async function whileHeld<T>(files: Installation, work: () => Promise<T>): Promise<T> {
  finishRestore(files)
  if (!existsSync(files.database)) throw badInput(databaseProblem('missing', files.database).message)
  const held = holdShared(files.lock, PATIENCE_MS)
  if (held === null) throw failed(databaseProblem('being-replaced', files.database).message)
  try {
    return await work()
  } finally {
    held.release()
  }
}

/** A start looks at the file alone, for a moment. */
const PATIENCE_MS = 2_000

/** What a restore decided, and was stopped before it had done, is done first. */
function finishRestore(files: Installation): void {
  if (!existsSync(files.restoring)) return
  const alone = holdExclusively(files.lock)
  if (alone === null) return
  try {
    finishReplacement(files)
  } finally {
    alone.release()
  }
}

/** Works on the files of a survey while nobody has them open, whether they are there or not. */
export async function whileNobodyElse<T>(files: Installation, work: () => Promise<T>): Promise<T> {
  const folder = dirname(resolve(files.database))
  if (!existsSync(folder)) throw badInput(databaseProblem('no-folder', files.database).message)
  const held = holdExclusively(files.lock)
  if (held === null)
    throw failed(
      `${files.database}：サーバーかほかのコマンドが使用中です。止めてから、もう一度実行してください。`,
    )
  try {
    return await work()
  } finally {
    held.release()
  }
}
