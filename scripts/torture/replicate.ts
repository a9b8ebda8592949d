import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { BACKUP_FILES } from '../../src/domain/record/backup.ts'
import { installationFiles } from '../../src/installation.ts'
import { litestreamPath } from '../ensure-litestream.ts'
import { Answering } from './answering.ts'
import { fileFaults, recordFaults } from './invariants.ts'
import { command, Program } from './program.ts'
import { Faults, type Outcome, randomFor, type SubjectOptions } from './subject.ts'
import { filledFile, folderFor, looking, openSurvey } from './survey.ts'

const HOSPITALS = 200
const CONNECTIONS = 4
/** Litestream copies what is new each second. What it takes for that comes on top, on a machine that does other things. */
const MOST_BEHIND_MS = 3_000

/**
 * Hospitals answer while Litestream replicates; both are killed at once, every file of the survey is gone, and it is
 * put together again of the replica and of the keys of a backup.
 */
export async function replicate({ rounds, seed, say }: SubjectOptions): Promise<Outcome> {
  const faults = new Faults()
  const random = randomFor(seed, 'replicate')
  const sums = { receipts: 0, lost: 0, behind: 0 }
  for (let round = 0; round < rounds; round += 1) {
    const fault = (text: string) => faults.add(`round ${round} (seed ${seed}): ${text}`)
    const { receipts, lost, behind } = await replicated(random.between(3_000, 6_000), fault)
    sums.receipts += receipts
    sums.lost += lost
    sums.behind = Math.max(sums.behind, behind)
    say(`${round + 1} of ${rounds}: ${receipts} receipts, ${lost} of the last ${behind} ms lost`)
  }
  return {
    figures: [
      ['rounds', rounds],
      ['receipts', sums.receipts],
      ['lost', sums.lost],
      ['the oldest of them, ms before the kill', sums.behind],
    ],
    faults: faults.all,
  }
}

async function replicated(forMs: number, fault: (text: string) => void) {
  const folder = folderFor('replicate')
  const databasePath = folder.path('survey.db')
  const files = installationFiles({ databasePath })
  const [replica, backup] = [`file://${folder.path('replica')}`, folder.path('keys.tar')]
  const answering = new Answering(HOSPITALS)
  try {
    await filledFile(databasePath, openSurvey(HOSPITALS))
    const program = await Program.start({ databasePath })
    const replicating = spawn(litestreamPath(), ['replicate', databasePath, replica], { stdio: 'ignore' })
    await succeeds(command(databasePath, ['backup', backup]), 'backup', fault)
    answering.start(program, CONNECTIONS)
    await pause(forMs)
    const killedAt = performance.now()
    replicating.kill('SIGKILL')
    await program.kill()
    await answering.stop()
    for (const path of Object.values(files)) rmSync(path, { force: true })
    rmSync(folder.path('.survey.db-litestream'), { recursive: true, force: true })
    execFileSync(litestreamPath(), ['restore', '-o', databasePath, replica], { stdio: 'ignore' })
    bringKeys(backup, folder.path('keys'), files)
    for (const found of looking(databasePath, (db, stores) => [...fileFaults(db), ...recordFaults(stores)]))
      fault(found)
    return await counted(databasePath, answering, killedAt, fault)
  } finally {
    await answering.stop()
    folder.remove()
  }
}

/** As an administrator does it: a backup is a tar file. */
function bringKeys(backup: string, to: string, files: ReturnType<typeof installationFiles>): void {
  mkdirSync(to)
  execFileSync('tar', ['xf', backup, '-C', to])
  for (const name of ['receiptKey', 'invitationKey', 'signingKey'] as const) {
    const key = `${to}/${BACKUP_FILES[name]}`
    if (existsSync(key)) renameSync(key, files[name])
  }
}

async function counted(
  databasePath: string,
  answering: Answering,
  killedAt: number,
  fault: (text: string) => void,
) {
  const program = await Program.start({ databasePath })
  try {
    const gone = new Set(await answering.missing(program))
    const lost = answering.receipts.filter(({ address }) => gone.has(address.split('/')[2]!))
    const behind = Math.round(Math.max(0, ...lost.map(({ at }) => killedAt - at)))
    if (behind > MOST_BEHIND_MS) fault(`a receipt of ${behind} ms before the kill is lost`)
    await succeeds(
      command(databasePath, ['backup', `${databasePath}.tar`]),
      'a backup of what was restored',
      fault,
    )
    return { receipts: answering.receipts.length, lost: lost.length, behind }
  } finally {
    await program.stop()
  }
}

async function succeeds(
  process: ReturnType<typeof command>,
  what: string,
  fault: (text: string) => void,
): Promise<void> {
  const [code] = await once(process, 'exit')
  if (code !== 0) fault(`${what} ends with ${code}`)
}
