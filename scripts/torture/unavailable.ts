import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync, rmSync, statfsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { aForm } from '../../test/support/builders.ts'
import { fileFaults, recordFaults } from './invariants.ts'
import { type Answer, Program } from './program.ts'
import { Faults, type Outcome, type Subject } from './subject.ts'
import { filledFile, folderFor, hospitalKey, looking, openSurvey } from './survey.ts'

/** While nothing can be stored: nobody is given a receipt, nobody loses what was typed, and everybody else is served. */

const HOSPITALS = 40
/** Milliseconds that a page may take meanwhile, on a busy machine. */
const MOST_MS = 1_000

interface Sent {
  fields: Record<string, string>
  reply: Answer | null
}

class Answering {
  readonly sent: Sent[] = []
  readonly #program: () => Program

  constructor(program: () => Program) {
    this.#program = program
  }

  async one(again?: Record<string, string>): Promise<Sent> {
    const at = this.sent.length
    const fields = again ?? {
      ...aForm({
        submissionId: randomUUID(),
        hospitalCode: hospitalKey(at % HOSPITALS),
        remarks: `回答${at}の備考`.padEnd(300, '。'),
      }),
    }
    const reply = await this.#program().ask('POST', '/survey', fields, {
      from: `10.0.${at % 250}.${1 + (at % 200)}`,
    })
    const sent = { fields, reply }
    this.sent.push(sent)
    return sent
  }

  get receipts(): string[] {
    return [
      ...new Set(
        this.sent
          .filter(({ reply }) => reply?.status === 303)
          .map(({ reply }) => String(reply!.headers.location)),
      ),
    ]
  }

  /** What an answer is that could not be taken: 503, when to come again, and everything that was typed. */
  refusalFaults({ fields, reply }: Sent): string[] {
    if (reply?.status !== 503) return [`${reply?.status ?? 'no answer'} instead of 503`]
    return [
      ...(reply.headers['retry-after'] ? [] : ['503 without Retry-After']),
      ...(reply.body.includes(fields.remarks!) && reply.body.includes(fields.submissionId!)
        ? []
        : ['503 without what was typed']),
    ]
  }

  async openedFaults(): Promise<string[]> {
    const faults: string[] = []
    for (const receipt of this.receipts) {
      const reply = await this.#program().ask('GET', receipt)
      if (reply?.status !== 200) faults.push(`receipt ${receipt.split('/')[2]}: ${reply?.status}`)
    }
    return faults
  }
}

/** A small file system of its own, filled to the last byte while hospitals answer. Needs the right to mount one. */
export const disk: Subject = {
  name: 'disk',
  title: 'disk full',
  rounds: 1,
  run: async ({ say }): Promise<Outcome> => {
    const faults = new Faults()
    const folder = folderFor('disk')
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'kakuho-torture', folder.path('')])
    } catch {
      folder.remove()
      return { figures: [['not tried', 'this user may not mount a tmpfs']], faults: [] }
    }
    const databasePath = folder.path('survey.db')
    let program: Program | null = null
    const answering = new Answering(() => program!)
    try {
      await filledFile(databasePath, openSurvey(HOSPITALS))
      program = await Program.start({ databasePath })
      for (let count = 0; count < 5; count += 1) await answering.one()
      fillDisk(folder.path('ballast'), folder.path(''))
      let refused = 0
      for (let count = 0; count < 400 && refused < 8; count += 1) {
        const sent = await answering.one()
        if (sent.reply?.status === 303) continue
        refused += 1
        for (const fault of answering.refusalFaults(sent)) faults.add(`full: ${fault}`)
      }
      say(`${answering.receipts.length} receipts, then ${refused} refusals`)
      faults.check(refused > 0, () => 'the disk did not become full')
      for (const path of ['/', '/survey', answering.receipts[0]!]) {
        const reply = await program.ask('GET', path)
        faults.check(
          reply?.status === 200 && reply.ms < MOST_MS,
          () => `full: GET ${path.split('/')[1]}: ${reply?.status}, ${reply?.ms.toFixed(0)} ms`,
        )
      }
      const health = await healthOf(program, () => fillDisk(folder.path('ballast2'), folder.path(''), 0))
      faults.check(health === 503, () => `full: healthz ${health}`)
      for (const name of ['ballast', 'ballast2']) rmSync(folder.path(name), { force: true })
      const [first] = answering.sent.filter(({ reply }) => reply?.status === 503)
      const soon = await answering.one(first!.fields)
      faults.check(soon.reply?.status === 303, () => `with room again, still running: ${soon.reply?.status}`)
      await program.kill()
      program = await Program.start({ databasePath })
      const waiting = answering.sent.filter(({ reply }) => reply?.status === 503)
      for (const { fields } of waiting) {
        const again = await answering.one(fields)
        faults.check(again.reply?.status === 303, () => `with room again: ${again.reply?.status}`)
      }
      for (const fault of await answering.openedFaults()) faults.add(fault)
      const found = looking(databasePath, (db, stores) => [
        ...fileFaults(db),
        ...recordFaults(stores),
        ...(stores.submissions.all().length === answering.receipts.length
          ? []
          : ['as many answers as receipts']),
      ])
      for (const fault of found) faults.add(fault)
      return {
        figures: [
          ['receipts', answering.receipts.length],
          ['refused while full', refused],
        ],
        faults: faults.all,
      }
    } finally {
      await program?.kill()
      execFileSync('umount', [folder.path('')])
      folder.remove()
    }
  },
}

/** Several times as long as a proof of writing holds. */
const HEALTH_MS = 20_000

/** What it comes to say: a proof of a moment ago holds for some seconds, and the log gives back what it no longer needs. */
async function healthOf(program: Program, fill: () => void): Promise<number | undefined> {
  let status: number | undefined
  for (const until = Date.now() + HEALTH_MS; Date.now() < until && status !== 503; await pause(200)) {
    fill()
    status = (await program.ask('GET', '/healthz'))?.status
  }
  return status
}

/** All but a few blocks. */
function fillDisk(file: string, folder: string, left = 4): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail > left) appendFileSync(file, Buffer.alloc((bavail - left) * bsize))
}

/** Milliseconds for which the other program keeps the lock. */
const HELD_MS = 6_000

/** Another program keeps the database to itself for seconds. */
export const lock: Subject = {
  name: 'lock',
  title: 'a lock held for seconds',
  rounds: 2,
  run: async ({ rounds, say }): Promise<Outcome> => {
    const faults = new Faults()
    const folder = folderFor('lock')
    const databasePath = folder.path('survey.db')
    let program: Program | null = null
    const answering = new Answering(() => program!)
    let [slowest, refused] = [0, 0]
    try {
      await filledFile(databasePath, openSurvey(HOSPITALS))
      program = await Program.start({ databasePath })
      await answering.one()
      for (let round = 0; round < rounds; round += 1) {
        const other = new Database(databasePath)
        other.exec('BEGIN IMMEDIATE')
        const until = Date.now() + HELD_MS
        const asked = Array.from({ length: 4 }, () => answering.one())
        while (Date.now() < until) {
          for (const path of ['/', '/survey', '/receipts', answering.receipts[0]!]) {
            const reply = await program.ask('GET', path)
            slowest = Math.max(slowest, reply?.ms ?? Number.POSITIVE_INFINITY)
            faults.check(
              reply?.status === 200 && reply.ms < MOST_MS,
              () => `held: GET ${path.split('/')[1]}: ${reply?.status}, ${reply?.ms.toFixed(0)} ms`,
            )
          }
          await pause(100)
        }
        const early = await Promise.race([Promise.all(asked), pause(1).then(() => null)])
        other.exec('ROLLBACK')
        other.close()
        faults.check(early !== null, () => `four sendings still wait after ${HELD_MS} ms`)
        for (const sent of await Promise.all(asked)) {
          refused += 1
          for (const fault of answering.refusalFaults(sent)) faults.add(`held: ${fault}`)
          const again = await answering.one(sent.fields)
          faults.check(again.reply?.status === 303, () => `afterwards: ${again.reply?.status}`)
        }
        say(`${round + 1} of ${rounds}: slowest page ${slowest.toFixed(0)} ms`)
      }
      for (const fault of await answering.openedFaults()) faults.add(fault)
      for (const fault of looking(databasePath, (db, stores) => [...fileFaults(db), ...recordFaults(stores)]))
        faults.add(fault)
    } finally {
      await program?.stop()
      folder.remove()
    }
    return {
      figures: [
        ['held', `${HELD_MS / 1_000} s`],
        ['refused and sent again', refused],
        ['slowest page meanwhile', `${slowest.toFixed(0)} ms`],
      ],
      faults: faults.all,
    }
  },
}
