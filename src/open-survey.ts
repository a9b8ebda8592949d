import { chmodSync, existsSync, rmSync, statSync } from 'node:fs'
import type { Config } from './config.ts'
import { databaseProblem } from './database-problem.ts'
import { type Found, inspectDatabase, placeOf } from './db/inspection.ts'
import { type HeldInstallation, holdExclusively, holdShared } from './db/installation-lock.ts'
import { type OpenDatabase, openDatabase } from './db/open.ts'
import { openingFault } from './db/opening-fault.ts'
import { finishReplacement } from './db/replacement.ts'
import { installationFiles } from './installation.ts'
import { receiptKeyBeside } from './receipt-key.ts'

export interface OpenedSurvey {
  /** Its closing lets go of the file as well. */
  database: OpenDatabase
  /** By which its 確認コード are made. */
  receiptKey: Uint8Array
  /** A new file was made. */
  isNew: boolean
  /** Files that others than their owner could read, until now. */
  tightened: string[]
}

interface OpeningRules {
  /** Whether a file is made where there is none; else that is refused. */
  mayCreate: boolean
}

/**
 * Opens the survey's file and holds it, so that nobody replaces it meanwhile. What is found there is looked at before
 * anything is written: whatever is not this program's, not whole, or lost its changes, is refused.
 * @throws StartProblem
 */
export function openSurvey(config: Pick<Config, 'databasePath'>, rules: OpeningRules): OpenedSurvey {
  const path = config.databasePath
  if (path === ':memory:') return { ...withReceiptKey(config), isNew: true, tightened: [] }
  try {
    return openAt(installationFiles(config), rules)
  } catch (error) {
    const fault = openingFault(error)
    throw fault === null ? error : databaseProblem(fault, path)
  }
}

type Files = ReturnType<typeof installationFiles>

/** Two starts at once: the second waits while the first looks at the file and brings it to today's schema. */
const PATIENCE_MS = 20_000

function openAt(files: Files, rules: OpeningRules): OpenedSurvey {
  const place = placeOf(files.database)
  if (place === 'missing' && !existsSync(files.restoring)) refuseMissing(files, rules)
  else if (place !== 'missing' && place !== 'file') throw databaseProblem(place, files.database)
  const alone = holdExclusively(files.lock)
  if (alone === null) return openBeside(files)
  let opened: OpenedSurvey
  try {
    finishReplacement(files)
    opened = openAlone(files, rules)
  } finally {
    alone.release()
  }
  return hold(files, opened)
}

/** Nobody else has it open. */
function openAlone(files: Files, rules: OpeningRules): OpenedSurvey {
  const found = inspectDatabase(files.database, { isAlone: true })
  const isNew = found.kind === 'missing'
  if (isNew) refuseMissing(files, rules)
  else refuseUnusable(found, files)
  const tightened = tighten(files)
  try {
    return { ...withReceiptKey({ databasePath: files.database }), isNew, tightened }
  } catch (error) {
    // Half a file would be in the way of the next start.
    if (isNew) removeNew(files)
    throw error
  }
}

/** Between letting go and holding again somebody may have replaced the file. */
function hold(files: Files, opened: OpenedSurvey): OpenedSurvey {
  const before = statSync(files.database, { throwIfNoEntry: false })
  const held = holdShared(files.lock, PATIENCE_MS)
  const after = statSync(files.database, { throwIfNoEntry: false })
  if (held !== null && before?.ino === after?.ino && before?.dev === after?.dev)
    return { ...opened, database: closingBoth(opened.database, held) }
  opened.database.close()
  held?.release()
  throw databaseProblem('being-replaced', files.database)
}

/** Others have it open, and have looked at it; or it is being replaced. */
function openBeside(files: Files): OpenedSurvey {
  const held = holdShared(files.lock, PATIENCE_MS)
  if (held === null) throw databaseProblem('being-replaced', files.database)
  try {
    const found = inspectDatabase(files.database, { isAlone: false })
    refuseUnusable(found, files)
    if (found.kind === 'survey' && found.isOlder) throw databaseProblem('open-elsewhere', files.database)
    const { database, receiptKey } = withReceiptKey({ databasePath: files.database })
    return { database: closingBoth(database, held), receiptKey, isNew: false, tightened: tighten(files) }
  } catch (error) {
    held.release()
    throw error
  }
}

/** Asked for once it is known whether hospitals were given codes by one. */
function withReceiptKey(config: Pick<Config, 'databasePath'>): Pick<OpenedSurvey, 'database' | 'receiptKey'> {
  let receiptKey: Uint8Array = new Uint8Array()
  const database = openDatabase(config.databasePath, {
    receiptKey: (known) => {
      receiptKey = receiptKeyBeside(config, known)
      return receiptKey
    },
  })
  return { database, receiptKey }
}

function closingBoth(database: OpenDatabase, held: HeldInstallation): OpenDatabase {
  return {
    ...database,
    close() {
      database.close()
      held.release()
    },
  }
}

function refuseMissing(files: Files, { mayCreate }: OpeningRules): void {
  const keys = [files.sessionSecret, files.receiptKey, files.invitationKey, files.signingKey, files.wal]
  // A name that was mistyped has no keys; a survey that lost its file has.
  if (keys.some((key) => existsSync(key))) throw databaseProblem('file-gone', files.database)
  if (!mayCreate) throw databaseProblem('missing', files.database)
}

function refuseUnusable(found: Found, { database }: Files): void {
  if (found.kind !== 'survey') throw databaseProblem(found.kind, database)
}

/** Of a survey that was not there before: its keys with it, which would look like those of a lost file. */
export function removeNew(files: Omit<Files, 'lock' | 'restoring'>): void {
  const { database, wal, shm, sessionSecret, receiptKey, invitationKey, signingKey } = files
  for (const path of [database, wal, shm, sessionSecret, receiptKey, invitationKey, signingKey])
    rmSync(path, { force: true })
}

const OTHERS = 0o077

/** What a survey's files hold is its owner's alone, whatever another program or an earlier version left. */
function tighten(files: Files): string[] {
  const { restoring: _folder, ...own } = files
  return Object.values(own).filter((path) => {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0
    if ((mode & OTHERS) === 0) return false
    chmodSync(path, 0o600)
    return true
  })
}
