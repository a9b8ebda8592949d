import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { aForm } from '../../test/support/builders.ts'
import type { Visitor } from '../proxy/visitor.ts'
import { hospitalKey } from '../torture/survey.ts'

/** A receipt that a hospital has seen. */
interface Seen {
  address: string
  /** When the hospital saw it, and how long its four requests took. */
  at: number
  ms: number
}

/** So many hospitals come from one address: fewer than any limit by address knows. */
const AN_ADDRESS = 20

/**
 * Hospitals that answer one after the other on each of some connections: the form, 確認, sent, the receipt. What is not taken is
 * sent again, as the page says, until it is.
 */
export class Journeys {
  readonly receipts: Seen[] = []
  /** What came in place of the page, and when; null where the connection ended. */
  readonly refused: { step: string; status: number | null; at: number }[] = []
  readonly #visitor: Visitor
  readonly #hospitals: number
  /** The second part of the addresses from which they come, of 127.0.0.0/8. */
  readonly #network: number
  #begun = 0
  #isOver = false
  #work: Promise<unknown> = Promise.resolve()

  constructor(visitor: Visitor, { hospitals, network }: { hospitals: number; network: number }) {
    this.#visitor = visitor
    this.#hospitals = hospitals
    this.#network = network
  }

  start(connections: number): void {
    this.#isOver = false
    this.#work = Promise.all(Array.from({ length: connections }, () => this.#answer()))
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await this.#work
  }

  async #answer(): Promise<void> {
    while (!this.#isOver) {
      const first = this.#begun
      this.#begun += AN_ADDRESS
      const from = `127.${this.#network}.${(first / AN_ADDRESS / 250) | 0}.${1 + ((first / AN_ADDRESS) % 250)}`
      for (let at = first; at < first + AN_ADDRESS && !this.#isOver; at += 1) await this.#one(at, from)
      this.#visitor.leave(from)
    }
  }

  async #one(number: number, from: string): Promise<void> {
    const hospitalCode = hospitalKey(number % this.#hospitals)
    const fields = { ...aForm({ submissionId: randomUUID(), hospitalCode }) }
    const started = performance.now()
    const headers = { 'accept-encoding': 'br' }
    await this.#until('form', 200, () => this.#visitor.ask('GET', '/survey', undefined, { from, headers }))
    await this.#until('確認', 200, () => this.#visitor.ask('POST', '/survey/confirm', fields, { from }))
    const sent = await this.#until('send', 303, () => this.#visitor.ask('POST', '/survey', fields, { from }))
    const address = String(sent?.headers.location ?? '')
    if (!address.startsWith('/receipts/')) return
    const seen = await this.#until('receipt', 200, () =>
      this.#visitor.ask('GET', address, undefined, { from }),
    )
    if (seen) this.receipts.push({ address, at: performance.now(), ms: performance.now() - started })
  }

  async #until(step: string, expected: number, ask: () => ReturnType<Visitor['ask']>) {
    while (!this.#isOver) {
      const reply = await ask()
      if (reply?.status === expected) return reply
      this.refused.push({ step, status: reply?.status ?? null, at: performance.now() })
      await pause(50)
    }
    return null
  }

  /** The receipts that do not open any more. */
  async missing(receipts: readonly Seen[] = this.receipts): Promise<Seen[]> {
    const gone: Seen[] = []
    const left = [...receipts]
    const open = async (reader: number) => {
      for (let next = left.pop(), at = 0; next; next = left.pop(), at += 1) {
        const from = `127.${this.#network + 100}.${reader}.${1 + ((at >> 5) % 250)}`
        const reply = await this.#visitor.ask('GET', next.address, undefined, { from })
        if (reply?.status !== 200 || !reply.body.includes(next.address.split('/')[2]!)) gone.push(next)
      }
    }
    await Promise.all(Array.from({ length: 4 }, (_, reader) => open(reader)))
    return gone
  }
}
