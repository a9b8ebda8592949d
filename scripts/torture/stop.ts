import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileFaults, recordFaults } from './invariants.ts'
import { Clerks } from './kill/clerks.ts'
import { Program } from './program.ts'
import { Faults, type Outcome, randomFor, type Subject } from './subject.ts'
import { filledFile, folderFor, looking, openSurvey } from './survey.ts'

const HOSPITALS = 50
const CONNECTIONS = 6
const HALF_SENT = 8
/** Milliseconds in which it has ended. */
const MOST_MS = 2_000

/** Told to end while hospitals answer, and while others have begun to send and do not go on. */
export const stop: Subject = {
  name: 'stop',
  title: 'SIGTERM under load, with half-sent requests',
  rounds: 15,
  run: async ({ rounds, seed, say }): Promise<Outcome> => {
    const faults = new Faults()
    const folder = folderFor('stop')
    const databasePath = folder.path('survey.db')
    const random = randomFor(seed, 'stop')
    const clerks = new Clerks(random, HOSPITALS)
    let slowest = 0
    try {
      await filledFile(databasePath, openSurvey(HOSPITALS))
      for (let round = 0; round < rounds; round += 1) {
        const program = await Program.start({ databasePath })
        const working = clerks.work(program, CONNECTIONS)
        const half = await Promise.all(
          Array.from({ length: HALF_SENT }, (_, index) => halfSent(program.port, index)),
        )
        await pause(random.between(100, 600))
        const { code, ms } = await program.stop()
        for (const socket of half) socket.destroy()
        await working
        slowest = Math.max(slowest, ms)
        const found = [
          ...(code === 0 ? [] : [`exit ${code}: ${program.errors.slice(0, 200)}`]),
          ...(ms <= MOST_MS ? [] : [`${ms.toFixed(0)} ms`]),
          ...looking(databasePath, (db, stores) => [
            ...fileFaults(db),
            ...recordFaults(stores),
            ...clerks.stored(stores),
          ]),
        ]
        for (const fault of found) faults.add(`round ${round} (seed ${seed}): ${fault}`)
        say(`${round + 1} of ${rounds}: ${ms.toFixed(0)} ms`)
      }
      const program = await Program.start({ databasePath })
      for (const fault of await clerks.openReceipts(program)) faults.add(fault)
      await program.stop()
    } finally {
      folder.remove()
    }
    return {
      figures: [
        ['rounds', rounds],
        ['half-sent requests each', HALF_SENT],
        ['receipts', clerks.receipts],
        ['slowest end', `${slowest.toFixed(0)} ms`],
      ],
      faults: faults.all,
    }
  },
}

/** A head that does not end, a body that does not come, one that drips, or nothing at all. */
async function halfSent(port: number, kind: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  const head = 'POST /survey HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n'
  if (kind % 4 === 0) socket.write(head)
  if (kind % 4 === 1) socket.write(`${head}Content-Length: 1000\r\n\r\nremarks=`)
  if (kind % 4 === 2) drip(socket, head)
  return socket
}

function drip(socket: Socket, head: string): void {
  socket.write(`${head}Content-Length: 100000\r\n\r\n`)
  const timer = setInterval(() => socket.write('a'), 50)
  socket.on('close', () => clearInterval(timer))
}
