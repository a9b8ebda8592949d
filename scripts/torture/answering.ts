import { randomUUID } from 'node:crypto'
import { aForm } from '../../test/support/builders.ts'
import type { Program } from './program.ts'
import { hospitalKey } from './survey.ts'

/** A receipt that a hospital has seen. */
interface Seen {
  /** Its address, with the code. */
  address: string
  /** When the hospital saw it, and how long it had waited. */
  at: number
  ms: number
}

/** Hospitals that answer, one after the other on each of some connections, and keep what they were told. */
export class Answering {
  readonly receipts: Seen[] = []
  /** Answers of the program that were no receipt, by their status. */
  readonly refused: number[] = []
  readonly #hospitals: number
  #isOver = false
  #work: Promise<unknown> = Promise.resolve()

  constructor(hospitals: number) {
    this.#hospitals = hospitals
  }

  start(program: Program, connections: number): void {
    this.#isOver = false
    this.#work = Promise.all(Array.from({ length: connections }, (_, at) => this.#answer(program, at)))
  }

  /** Once every request has had its answer, or its connection has ended. */
  async stop(): Promise<void> {
    this.#isOver = true
    await this.#work
  }

  async #answer(program: Program, connection: number): Promise<void> {
    for (let sent = connection; !this.#isOver && !program.isOver; sent += 1) {
      const hospitalCode = hospitalKey(sent % this.#hospitals)
      const fields = { ...aForm({ submissionId: randomUUID(), hospitalCode }) }
      const from = `10.${connection}.${(sent >> 6) & 255}.1`
      const reply = await program.ask('POST', '/survey', fields, { from })
      if (reply === null) return
      const address = String(reply.headers.location ?? '')
      if (reply.status === 303 && address.startsWith('/receipts/'))
        this.receipts.push({ address, at: performance.now(), ms: reply.ms })
      else this.refused.push(reply.status)
    }
  }

  /** Those of the receipts that the program does not open any more. */
  async missing(program: Program, receipts: readonly Seen[] = this.receipts): Promise<string[]> {
    const gone: string[] = []
    const left = [...receipts.entries()]
    const open = async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const [index, { address }] = next
        const number = address.split('/')[2]!
        const reply = await program.ask('GET', address, undefined, { from: `10.9.${(index >> 4) & 255}.1` })
        if (reply?.status !== 200 || !reply.body.includes(number)) gone.push(number)
      }
    }
    await Promise.all(Array.from({ length: READERS }, open))
    return gone
  }
}

/** At once. */
const READERS = 8

/** In milliseconds, of receipts between two moments: so many of a hundred waited no longer. */
export function waited(
  receipts: readonly Seen[],
  share: number,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): number {
  const sorted = receipts
    .filter(({ at }) => at >= from && at <= to)
    .map(({ ms }) => ms)
    .toSorted((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? 0)
}
