import { randomUUID } from 'node:crypto'
import type { Stores } from '../../../src/db/stores.ts'
import type { Random } from '../../../src/demo/random.ts'
import type { Submission } from '../../../src/domain/answer/submission.ts'
import { aForm } from '../../../test/support/builders.ts'
import type { Program } from '../program.ts'
import { hospitalKey } from '../survey.ts'

/** What a hospital knows of its answer: what it was told, and what it sent without being told anything. */
interface Known {
  fields: Record<string, string>
  /** Address of the receipt; null where none was seen. */
  receipt: string | null
  /** Versions that were receipted. */
  version: number
  isWithdrawn: boolean
  /** Sent, and the connection ended before an answer: it may have been stored or not. */
  unseen: 'nothing' | 'correction' | 'withdrawal'
}

/** So many of those with a receipt send once more. */
const PRESSED_AGAIN = 3

/** Hospitals that answer, correct and take back, each by its own connection, and remember what they were told. */
export class Clerks {
  readonly #random: Random
  readonly #hospitals: number
  readonly #known: Known[] = []
  /** Answers that came but were no receipt, e.g. 503. */
  readonly refused = new Map<number, number>()
  corrections = 0
  withdrawals = 0
  resent = 0

  constructor(random: Random, hospitals: number) {
    this.#random = random
    this.#hospitals = hospitals
  }

  get receipts(): number {
    return this.#known.filter(({ receipt }) => receipt !== null).length
  }

  /** Asks until the program is gone. */
  async work(program: Program, connections: number, isOver = () => program.isOver): Promise<void> {
    await Promise.all(Array.from({ length: connections }, () => this.#workOn(program, isOver)))
  }

  async #workOn(program: Program, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const mine = this.#random.chance(0.4) ? this.#take() : null
      const isThere = mine === null ? await this.#answer(program) : await this.#change(program, mine)
      if (!isThere) return
    }
  }

  readonly #busy = new Set<Known>()

  /** One that nobody else is at, of the last ones: the others are left as they are. */
  #take(): Known | null {
    const free = this.#known
      .slice(-60)
      .filter(
        (known) =>
          known.receipt !== null &&
          !known.isWithdrawn &&
          known.unseen === 'nothing' &&
          !this.#busy.has(known),
      )
    return free.length === 0 ? null : this.#random.pick(free)
  }

  async #answer(program: Program): Promise<boolean> {
    const fields = {
      ...aForm({
        submissionId: randomUUID(),
        hospitalCode: hospitalKey(this.#random.between(0, this.#hospitals - 1)),
        remarks: '第1版',
      }),
    }
    const known: Known = { fields, receipt: null, version: 0, isWithdrawn: false, unseen: 'nothing' }
    this.#known.push(known)
    return this.#send(program, known)
  }

  async #send(program: Program, known: Known): Promise<boolean> {
    const reply = await program.ask('POST', '/survey', known.fields, { from: this.#address() })
    if (reply === null) return false
    if (reply.status !== 303) return this.#wasRefused(reply.status)
    known.receipt = String(reply.headers.location)
    known.version = Math.max(1, known.version)
    return true
  }

  async #change(program: Program, known: Known): Promise<boolean> {
    this.#busy.add(known)
    const isWithdrawal = this.#random.chance(0.3)
    const fields = { ...known.fields, remarks: `第${known.version + 1}版`, version: String(known.version) }
    const path = `${known.receipt}/${isWithdrawal ? 'withdraw' : 'edit'}`
    known.unseen = isWithdrawal ? 'withdrawal' : 'correction'
    const reply = await program.ask('POST', path, isWithdrawal ? { version: fields.version } : fields, {
      from: this.#address(),
    })
    this.#busy.delete(known)
    if (reply === null) return false
    known.unseen = 'nothing'
    if (reply.status !== 303) return this.#wasRefused(reply.status)
    if (isWithdrawal) known.isWithdrawn = true
    else known.version += 1
    this[isWithdrawal ? 'withdrawals' : 'corrections'] += 1
    return true
  }

  #wasRefused(status: number): boolean {
    this.refused.set(status, (this.refused.get(status) ?? 0) + 1)
    return true
  }

  /** What was answered, and by no receipt, since this was asked last. */
  refusals(): string[] {
    const faults = [...this.refused].map(([status, count]) => `${count} × ${status} instead of a receipt`)
    this.refused.clear()
    return faults
  }

  /** Once it runs again: what got no answer is sent once more, as a browser does when its person presses the button again. */
  async sendAgain(program: Program): Promise<void> {
    for (const known of this.#known) {
      if (known.receipt !== null) continue
      this.resent += 1
      await this.#send(program, known)
    }
  }

  /** Whoever has a receipt and presses the button again is led to that one. */
  async pressAgain(program: Program): Promise<string[]> {
    const untouched = this.#known.filter(
      ({ receipt, version, isWithdrawn }) => receipt !== null && version === 1 && !isWithdrawn,
    )
    const faults: string[] = []
    for (const { fields, receipt } of untouched.slice(-PRESSED_AGAIN)) {
      const reply = await program.ask('POST', '/survey', fields, { from: this.#address() })
      if (reply?.status !== 303 || reply.headers.location !== receipt)
        faults.push(`sent again, ${receipt!.split('/')[2]} is answered with ${reply?.status}`)
    }
    return faults
  }

  /** Every receipt that was seen opens and says so. @param last only of so many */
  async openReceipts(program: Program, last = Number.POSITIVE_INFINITY): Promise<string[]> {
    const faults: string[] = []
    const seen = this.#known.filter(({ receipt }) => receipt !== null).slice(-last)
    for (const { receipt } of seen) {
      const reply = await program.ask('GET', receipt!, undefined, { from: this.#address() })
      const number = receipt!.split('/')[2]!
      if (reply?.status !== 200 || !reply.body.includes(number))
        faults.push(`receipt ${number} does not open: ${reply?.status}`)
    }
    return faults
  }

  /** Nothing lost, nothing half, nothing twice. */
  stored({ submissions }: Stores): string[] {
    return this.#known.flatMap((known) => {
      const stored = submissions.bySubmissionId(known.fields.submissionId!)
      if (stored === null) return known.receipt === null ? [] : [`lost: ${known.receipt.split('/')[2]}`]
      const faults = differences(known, stored, submissions.versions(stored.id).length)
      // What was taken in unseen is known from now on.
      if (known.unseen === 'correction') known.version = stored.version
      if (known.unseen === 'withdrawal') known.isWithdrawn = stored.state === 'withdrawn'
      known.unseen = 'nothing'
      return faults
    })
  }

  #address(): string {
    return `10.${this.#random.between(0, 255)}.${this.#random.between(0, 255)}.${this.#random.between(1, 254)}`
  }
}

/** What is stored of an answer, and what its hospital was told. */
function differences(
  { version, unseen, isWithdrawn }: Known,
  { number, version: newest, state, answers }: Submission,
  versions: number,
): string[] {
  const told = Math.max(1, version)
  const expected = unseen === 'correction' ? [told, told + 1] : [told]
  const faults: string[] = []
  if (!expected.includes(newest) || versions !== newest)
    faults.push(`${number} has ${versions} versions, not ${expected.join(' or ')}`)
  if (answers.remarks !== `第${newest}版`)
    faults.push(`${number} says ${answers.remarks} in version ${newest}`)
  if (isWithdrawn && state !== 'withdrawn') faults.push(`${number} is not withdrawn`)
  if (state === 'withdrawn' && !isWithdrawn && unseen !== 'withdrawal') faults.push(`${number} is withdrawn`)
  return faults
}
