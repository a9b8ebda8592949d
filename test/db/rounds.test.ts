import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { NewEdition } from '../../src/db/rounds.ts'
import { NOON, startDatabase } from './database.ts'

let database: ReturnType<typeof startDatabase>
beforeEach(() => {
  database = startDatabase()
})
afterEach(() => database.close())

/** Not valid UTF-8: frozen bytes are bytes. */
const BYTES = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x8e, 0xf3])

const TANTO = { actor: 'tanto', at: NOON }

function round(overrides: Partial<NewEdition> = {}): NewEdition {
  return {
    number: 1,
    edition: 1,
    kind: 'confirmed',
    policyVersion: 3,
    reason: null,
    declinedCode: null,
    freeSeatsReason: null,
    waitingReason: null,
    follows: 0,
    files: [
      { name: 'snapshot.json', bytes: Buffer.from('{}') },
      { name: 'ministry.csv', bytes: BYTES },
    ],
    ...overrides,
  }
}

test('a round is kept with its files to the byte, their hashes and its entry on the record', () => {
  const { rounds, audit } = database.stores
  expect(rounds.confirm(round({ freeSeatsReason: '希望がないため' }), TANTO)).toBe('confirmed')
  const stored = rounds.byNumber(1)!
  expect(stored).toMatchObject({
    number: 1,
    edition: 1,
    policyVersion: 3,
    freeSeatsReason: '希望がないため',
    confirmedBy: 'tanto',
    confirmedAt: NOON,
  })
  const sha256 = createHash('sha256').update(BYTES).digest('hex')
  expect(rounds.file(stored, 'ministry.csv')).toMatchObject({ bytes: BYTES, sha256 })
  expect(rounds.file(stored, 'archive.json')).toBeNull()
  expect(rounds.files(stored).map(({ name }) => name)).toEqual(['ministry.csv', 'snapshot.json'])
  expect(audit.latest(1)).toMatchObject([
    {
      actor: 'tanto',
      action: 'round.confirmed',
      subject: 'round 1',
      detail: { policyVersion: 3, freeSeatsReason: '希望がないため', sha256: { 'ministry.csv': sha256 } },
    },
  ])
})

test('the same number is confirmed once, and the first stays as it is', () => {
  const { rounds } = database.stores
  rounds.confirm(round(), TANTO)
  const other = round({ files: [{ name: 'snapshot.json', bytes: Buffer.from('x') }] })
  expect(rounds.confirm(other, { actor: 'other', at: NOON })).toBe('overtaken')
  expect(rounds.byNumber(1)!.confirmedBy).toBe('tanto')
  expect(rounds.file(rounds.byNumber(1)!, 'snapshot.json')!.bytes.toString()).toBe('{}')
  expect(database.actions(1)).toEqual(['round.confirmed'])
})

test('rounds are listed in their order; one that is none is null', () => {
  const { rounds } = database.stores
  rounds.confirm(round({ number: 2 }), TANTO)
  rounds.confirm(round({ follows: rounds.last() }), TANTO)
  expect(rounds.all().map(({ number }) => number)).toEqual([1, 2])
  expect(rounds.byNumber(3)).toBeNull()
})

test('a round that cannot be stored whole is not stored at all', () => {
  const { rounds } = database.stores
  const file = { name: 'twice', bytes: BYTES }
  expect(() => rounds.confirm(round({ files: [file, file] }), TANTO)).toThrow()
  expect(rounds.all()).toEqual([])
  expect(database.stores.audit.all().some(({ action }) => action === 'round.confirmed')).toBe(false)
})
