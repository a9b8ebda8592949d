import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** The files of a survey that another one's take the place of, and the folder from which they come. */
interface ReplacedFiles {
  database: string
  wal: string
  shm: string
  receiptKey: string
  invitationKey: string
  signingKey: string
  restoring: string
}

/** What may stand in a staged folder, under these very names. */
type StagedFile = 'database' | 'receiptKey' | 'invitationKey' | 'signingKey'

interface Plan {
  staged: StagedFile[]
  /** The folder, beside the database, that the old files go to. */
  kept: string
}

const PLAN = 'plan.json'
/** First goes the database: without it nothing of what is left is taken for a survey. */
const OLD = ['database', 'wal', 'shm', 'receiptKey', 'invitationKey', 'signingKey'] as const
/** Last comes the database. */
const NEW = ['receiptKey', 'invitationKey', 'signingKey', 'database'] as const

/**
 * Several files cannot be replaced at once; one folder can be renamed. So the new files, complete and on the disk, wait in
 * a folder, and by its renaming it is decided. From then on whoever opens the survey first does the rest
 * (`finishReplacement`), however often it is interrupted: it is the old survey or the new one, never the one's
 * database beside the other's changes.
 * @param folder with the staged files, beside the database
 */
export function decideReplacement(files: ReplacedFiles, folder: string, plan: Plan): void {
  const path = join(folder, PLAN)
  writeFileSync(path, JSON.stringify(plan), { mode: 0o600, flush: true })
  syncFolder(folder)
  renameSync(folder, files.restoring)
  syncFolder(dirname(files.restoring))
}

/**
 * Does what is left of a replacement that was decided; nothing where there is none. Only by whoever holds the survey
 * exclusively.
 * @returns the folder in which the old files are, '' where there were none; null where nothing was left to do
 */
export function finishReplacement(files: ReplacedFiles): string | null {
  if (!existsSync(files.restoring)) return null
  const planPath = join(files.restoring, PLAN)
  // Whoever was stopped between the last two steps.
  if (!existsSync(planPath)) {
    rmdirSync(files.restoring)
    return null
  }
  const plan = JSON.parse(readFileSync(planPath, 'utf8')) as Plan
  const folder = dirname(files.database)
  const kept = join(folder, plan.kept)
  const waits = (file: StagedFile) => existsSync(join(files.restoring, file))
  // What has come from the staged folder already is no longer the old one.
  const isOld = (file: keyof ReplacedFiles) =>
    !(plan.staged as string[]).includes(file) || waits(file as StagedFile)
  for (const file of OLD.filter((each) => isOld(each) && existsSync(files[each]))) {
    mkdirSync(kept, { recursive: true, mode: 0o700 })
    renameSync(files[file], join(kept, basename(files[file])))
  }
  if (existsSync(kept)) syncFolder(kept)
  syncFolder(folder)
  for (const file of NEW.filter(waits)) renameSync(join(files.restoring, file), files[file])
  syncFolder(folder)
  unlinkSync(planPath)
  rmdirSync(files.restoring)
  syncFolder(folder)
  return existsSync(kept) ? kept : ''
}

/** A name is on the disk when its folder is. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

export function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
