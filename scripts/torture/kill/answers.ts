import { setTimeout as pause } from 'node:timers/promises'
import { fileFaults, recordFaults } from '../invariants.ts'
import { Program } from '../program.ts'
import { type Faults, randomFor } from '../subject.ts'
import { filledFile, folderFor, looking, Officer, openSurvey } from '../survey.ts'
import { Clerks } from './clerks.ts'

const HOSPITALS = 300
const CONNECTIONS = 4
/** After so many rounds on one file another one begins, so that all of a file can be looked through every time. */
const A_FILE = 25

interface AnswerFigures {
  rounds: number
  receipts: number
  corrections: number
  withdrawals: number
  resent: number
  settings: number
}

/** Killed while hospitals answer, correct and take back, and an officer changes the settings. */
export async function killAnswering({
  rounds,
  seed,
  faults,
  say,
}: {
  rounds: number
  seed: number
  faults: Faults
  say(line: string): void
}): Promise<AnswerFigures> {
  const figures: AnswerFigures = {
    rounds: 0,
    receipts: 0,
    corrections: 0,
    withdrawals: 0,
    resent: 0,
    settings: 0,
  }
  for (let first = 0; first < rounds; first += A_FILE) await oneFile(first)
  return figures

  async function oneFile(first: number): Promise<void> {
    const folder = folderFor('kill')
    const databasePath = folder.path('survey.db')
    const random = randomFor(seed + first, 'kill')
    await filledFile(databasePath, openSurvey(HOSPITALS))
    const clerks = new Clerks(random, HOSPITALS)
    const settings = new SettingsPage()
    try {
      for (let round = first; round < Math.min(rounds, first + A_FILE); round += 1) {
        const program = await Program.start({ databasePath })
        await settings.open(program)
        const working = Promise.all([clerks.work(program, CONNECTIONS), settings.work(program)])
        await pause(random.between(20, 700))
        await program.kill()
        await working
        const found = [
          ...looking(databasePath, (db, stores) => [
            ...fileFaults(db),
            ...recordFaults(stores),
            ...clerks.stored(stores),
            ...settings.stored(stores.settings.stored()),
          ]),
          ...(await reopened(databasePath, clerks)),
          ...clerks.refusals(),
        ]
        for (const fault of found) faults.add(`round ${round} (seed ${seed}): ${fault}`)
        figures.rounds += 1
        say(`${round + 1} of ${rounds}: ${figures.receipts + clerks.receipts} receipts`)
      }
      figures.receipts += clerks.receipts
      figures.corrections += clerks.corrections
      figures.withdrawals += clerks.withdrawals
      figures.resent += clerks.resent
      figures.settings += settings.seen
    } finally {
      folder.remove()
    }
  }
}

/** It starts again; what got no answer is sent again, and makes one record; every receipt opens. */
async function reopened(databasePath: string, clerks: Clerks): Promise<string[]> {
  const program = await Program.start({ databasePath })
  try {
    await clerks.sendAgain(program)
    const opened = [...(await clerks.openReceipts(program)), ...(await clerks.pressAgain(program))]
    const once = looking(databasePath, (db, stores) => [
      ...clerks.stored(stores),
      ...db
        .all<{ id: string; count: number }>(
          'SELECT submission_id AS id, count(*) AS count FROM submissions GROUP BY 1 HAVING count(*) > 1',
        )
        .map(({ id, count }) => `${id} is stored ${count} times`),
    ])
    return [...opened, ...once]
  } finally {
    await program.stop()
  }
}

/** An officer who sets two settings to the same number, again and again. */
class SettingsPage {
  #number = 0
  /** What the page said is stored. */
  #told = 0
  #sent = 0
  #session = { cookie: '', csrf: '' }
  seen = 0
  #officer: Officer | null = null

  /** The session outlives the kill. */
  async open(program: Program): Promise<void> {
    this.#officer = new Officer(program, 'admin', this.#session)
    if (this.#session.cookie === '') await this.#officer.signIn()
  }

  async work(program: Program): Promise<void> {
    const officer = this.#officer!
    while (!program.isOver) {
      const fields = await officer.formOf('/admin/settings', '/admin/settings').catch(() => null)
      if (fields === null) break
      this.#sent = ++this.#number
      const reply = await officer.post('/admin/settings', {
        ...fields,
        title: `試験${this.#sent}`,
        issuer: `試験${this.#sent}`,
      })
      if (reply === null) break
      const to = String(reply.headers.location ?? '')
      if (reply.status !== 303 || !to.startsWith('/admin/settings'))
        throw new Error(`the settings are not taken: ${reply.status} ${to}`)
      this.#told = this.#sent
      this.seen += 1
    }
    this.#session = { cookie: officer.cookie, csrf: officer.csrf }
  }

  stored({ title = '試験0', issuer = '試験0' }: Record<string, string>): string[] {
    const number = Number(title.replace('試験', ''))
    return [
      ...(title === issuer ? [] : [`settings half done: ${title}, ${issuer}`]),
      ...(number >= this.#told && number <= this.#sent
        ? []
        : [`settings lost: ${title}, told ${this.#told}`]),
    ]
  }
}
