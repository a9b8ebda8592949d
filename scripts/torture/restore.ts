import { once } from 'node:events'
import { rmSync, statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { installationFiles } from '../../src/installation.ts'
import { Answering, waited } from './answering.ts'
import { fileFaults, recordFaults } from './invariants.ts'
import { command, Program } from './program.ts'
import { Faults, type Outcome, randomFor, type Subject } from './subject.ts'
import { filledFile, folderFor, looking, openSurvey } from './survey.ts'

const HOSPITALS = 200
/** How hard it is gone at. */
const HARD = { connections: 4, backups: 3 }

/**
 * Hospitals answer, backups are made meanwhile, the program is killed, every file of the survey is gone, and the newest
 * backup is restored: whoever had a receipt before that backup began opens it with the code of then.
 */
export const restore: Subject = {
  name: 'restore',
  title: 'backups under load, everything lost, restored',
  rounds: 5,
  run: async ({ rounds, seed, say }): Promise<Outcome> => {
    const faults = new Faults()
    const random = randomFor(seed, 'restore')
    const sums = { receipts: 0, before: 0, since: 0, backups: 0, backupMs: 0, bytes: 0, slowest: 0, p99: 0 }
    for (let round = 0; round < rounds; round += 1) {
      const fault = (text: string) => faults.add(`round ${round} (seed ${seed}): ${text}`)
      const drill = await drilled(HARD, () => random.between(50, 400), fault)
      sums.receipts += drill.receipts
      sums.before += drill.before
      sums.since += drill.since
      sums.backups += HARD.backups
      sums.backupMs = Math.max(sums.backupMs, drill.backupMs)
      sums.bytes = Math.max(sums.bytes, drill.bytes)
      sums.slowest = Math.max(sums.slowest, drill.slowest)
      sums.p99 = Math.max(sums.p99, drill.p99)
      say(`${round + 1} of ${rounds}: ${drill.before} receipts before the backup, ${drill.since} since`)
    }
    return {
      figures: [
        ['rounds', rounds],
        ['backups', sums.backups],
        ['receipts', sums.receipts],
        ['of them before the newest backup began', sums.before],
        ['of the later ones not in it', sums.since],
        ['slowest backup ms', sums.backupMs],
        ['largest bytes', sums.bytes],
        ['answers p99 ms while backups are made', sums.p99],
        ['slowest', sums.slowest],
      ],
      faults: faults.all,
    }
  },
}

/** One round. */
export async function drilled(
  { connections, backups: wanted }: typeof HARD,
  between: () => number,
  fault: (text: string) => void,
) {
  const folder = folderFor('restore')
  const databasePath = folder.path('survey.db')
  const answering = new Answering(HOSPITALS)
  try {
    await filledFile(databasePath, openSurvey(HOSPITALS))
    const program = await Program.start({ databasePath })
    answering.start(program, connections)
    const backups: { path: string; began: number; ended: number }[] = []
    for (let number = 1; number <= wanted; number += 1) {
      await pause(between())
      const path = folder.path(`backup-${number}.tar`)
      const began = performance.now()
      const code = await exitOf(command(databasePath, ['backup', path]))
      backups.push({ path, began, ended: performance.now() })
      if (code !== 0) fault(`backup ${number} ends with ${code}`)
    }
    await pause(between())
    const underIt = await exitOf(command(databasePath, ['restore', backups[0]!.path]))
    if (underIt !== 1) fault(`restore under the running program ends with ${underIt}`)
    await program.kill()
    await answering.stop()
    if (answering.refused.length > 0) fault(`refused: ${answering.refused.slice(0, 5).join(', ')}`)
    for (const path of Object.values(installationFiles({ databasePath }))) rmSync(path, { force: true })
    const { path, began } = backups.at(-1)!
    const code = await exitOf(command(databasePath, ['restore', path]))
    if (code !== 0) fault(`restore ends with ${code}`)
    for (const found of looking(databasePath, (db, stores) => [...fileFaults(db), ...recordFaults(stores)]))
      fault(found)
    const before = answering.receipts.filter(({ at }) => at < began)
    const after = answering.receipts.filter(({ at }) => at >= began)
    const since = await opened(databasePath, answering, before, after, fault)
    return {
      ...{ receipts: answering.receipts.length, before: before.length, since },
      backupMs: Math.round(Math.max(...backups.map(({ began: from, ended }) => ended - from))),
      bytes: statSync(path).size,
      slowest: Math.max(...backups.map((each) => waited(answering.receipts, 100, each.began, each.ended))),
      p99: Math.max(...backups.map((each) => waited(answering.receipts, 99, each.began, each.ended))),
    }
  } finally {
    await answering.stop()
    folder.remove()
  }
}

/** @returns how many of the later receipts are not there */
async function opened(
  databasePath: string,
  answering: Answering,
  before: Answering['receipts'],
  after: Answering['receipts'],
  fault: (text: string) => void,
): Promise<number> {
  const program = await Program.start({ databasePath })
  try {
    const gone = await answering.missing(program, before)
    if (gone.length > 0)
      fault(`${gone.length} receipts of before the backup do not open, the first ${gone[0]}`)
    return (await answering.missing(program, after)).length
  } finally {
    const { code } = await program.stop()
    if (code !== 0) fault(`the program ends with ${code}`)
  }
}

async function exitOf(process: ReturnType<typeof command>): Promise<number | null> {
  const [code] = await once(process, 'exit')
  return code as number | null
}
