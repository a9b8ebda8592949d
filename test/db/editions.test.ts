import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { NewEdition } from '../../src/db/edition-rows.ts'
import { databaseForEach, HERE, NOON } from '../support/database.ts'

const database = databaseForEach()

const KIAN = { actor: 'kian', at: NOON }
const KESSAI = { actor: 'kessai', at: new Date('2024-03-12T00:00:00Z') }
const ARCHIVE = { name: 'archive.json', bytes: Buffer.from('{"archive":1}') }
const archive = () => ARCHIVE
/** Not valid UTF-8: frozen bytes are bytes. */
const BYTES = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x8e, 0xf3])

function edition(overrides: Partial<NewEdition> = {}): NewEdition {
  return {
    number: 1,
    edition: 1,
    kind: 'confirmed',
    policyVersion: 3,
    reason: null,
    declinedCode: null,
    freeSeatsReason: '希望がないため',
    waitingReason: '締切のため',
    files: [
      { name: 'snapshot.json', bytes: Buffer.from('{}') },
      { name: 'ministry.csv', bytes: BYTES },
    ],
    follows: 0,
    ...overrides,
  }
}

test('a round is kept with its files to the byte, their hashes and its entry on the record', () => {
  const { editions, audit } = database.stores
  expect(editions.confirm(edition({ freeSeatsReason: '希望がないため' }), archive, KIAN)).toBe('confirmed')
  const stored = editions.newestOf(1)!
  expect(stored).toMatchObject({
    number: 1,
    edition: 1,
    policyVersion: 3,
    freeSeatsReason: '希望がないため',
    proposed: null,
    settled: KIAN,
  })
  const sha256 = createHash('sha256').update(BYTES).digest('hex')
  expect(editions.file(stored, 'ministry.csv')).toMatchObject({ bytes: BYTES, sha256 })
  expect(editions.file(stored, 'amended.json')).toBeNull()
  expect(editions.files(stored).map(({ name }) => name)).toEqual([
    'archive.json',
    'ministry.csv',
    'snapshot.json',
  ])
  expect(audit.latest(1)).toMatchObject([
    {
      actor: 'kian',
      action: 'round.confirmed',
      subject: 'round 1',
      detail: { policyVersion: 3, freeSeatsReason: '希望がないため', sha256: { 'ministry.csv': sha256 } },
    },
  ])
})

test('the same number is confirmed once, and the first stays as it is', () => {
  const { editions } = database.stores
  editions.confirm(edition(), archive, KIAN)
  const other = edition({ files: [{ name: 'snapshot.json', bytes: Buffer.from('x') }] })
  expect(editions.confirm(other, archive, { actor: 'other', at: NOON })).toBe('overtaken')
  expect(editions.newestOf(1)!.settled.actor).toBe('kian')
  expect(editions.file(editions.newestOf(1)!, 'snapshot.json')!.bytes.toString()).toBe('{}')
  expect(database.actions(1)).toEqual(['round.confirmed'])
})

test('rounds are listed in their order; one that is none is null', () => {
  const { editions } = database.stores
  editions.confirm(edition({ number: 2 }), archive, KIAN)
  editions.confirm(edition({ follows: editions.last() }), archive, KIAN)
  expect(editions.confirmed().map(({ number }) => number)).toEqual([1, 2])
  expect(editions.newestOf(3)).toBeNull()
})

test('a round that cannot be stored whole is not stored at all', () => {
  const { editions } = database.stores
  const file = { name: 'twice', bytes: BYTES }
  expect(() => editions.confirm(edition({ files: [file, file] }), archive, KIAN)).toThrow()
  expect(editions.confirmed()).toEqual([])
  expect(database.stores.audit.all().some(({ action }) => action === 'round.confirmed')).toBe(false)
})

test('what is approved is what was proposed, to the byte, and the archive with it', () => {
  const { editions } = database.stores
  expect(editions.propose(edition(), KIAN)).toEqual({ kind: 'proposed', proposal: 1 })
  expect(editions.open()).toMatchObject({ proposal: 1, state: 'open', proposed: KIAN, settled: null })
  expect(editions.approve(1, archive, KESSAI)).toBe('approved')
  expect(editions.open()).toBeNull()
  expect(editions.byProposal(1)).toMatchObject({ state: 'confirmed', settled: { ...KESSAI, reason: null } })
  const round = editions.newestOf(1)!
  expect(round).toMatchObject({
    edition: 1,
    policyVersion: 3,
    freeSeatsReason: '希望がないため',
    waitingReason: '締切のため',
    proposed: KIAN,
    settled: KESSAI,
  })
  expect(editions.file(round, 'ministry.csv')!.bytes).toEqual(BYTES)
  expect(editions.files(round).map(({ name }) => name)).toEqual([
    'archive.json',
    'ministry.csv',
    'snapshot.json',
  ])
  expect(database.actions(2)).toEqual(['proposal.proposed', 'round.confirmed'])
})

test('nobody approves or returns their own, and nobody withdraws another’s', () => {
  const { editions } = database.stores
  editions.propose(edition(), KIAN)
  const before = database.stores.audit.all().length
  expect(editions.approve(1, archive, KIAN)).toBe('own-proposal')
  expect(editions.close(1, 'returned', { ...KIAN, reason: '理由' })).toBe('not-entitled')
  expect(editions.close(1, 'withdrawn', { ...KESSAI, reason: '理由' })).toBe('not-entitled')
  expect(editions.open()).not.toBeNull()
  expect(editions.confirmed()).toEqual([])
  expect(database.stores.audit.all()).toHaveLength(before)
})

describe('settled once:', () => {
  test.each([
    ['approved', 'approved'],
    ['returned', 'returned'],
    ['withdrawn', 'withdrawn'],
  ] as const)('%s, it is neither approved nor closed again', (_name, state) => {
    const { editions } = database.stores
    editions.propose(edition(), KIAN)
    if (state === 'approved') editions.approve(1, archive, KESSAI)
    else editions.close(1, state, { ...(state === 'returned' ? KESSAI : KIAN), reason: '理由' })
    const settled = editions.byProposal(1)
    const confirmed = editions.confirmed()
    expect(editions.approve(1, archive, KESSAI)).toBe('not-open')
    expect(editions.close(1, 'returned', { ...KESSAI, reason: '別' })).toBe('not-open')
    expect(editions.close(1, 'withdrawn', { ...KIAN, reason: '別' })).toBe('not-open')
    expect(editions.byProposal(1)).toEqual(settled)
    expect(editions.confirmed()).toEqual(confirmed)
    expect(() => database.db.run(`UPDATE edition_settlings SET settled_by = 'x'`)).toThrow()
  })

  test('a number that is none is not open', () => {
    const { editions } = database.stores
    expect(editions.approve(9, archive, KESSAI)).toBe('not-open')
    expect(editions.close(9, 'returned', { ...KESSAI, reason: '理由' })).toBe('not-open')
    expect(editions.byProposal(9)).toBeNull()
  })
})

test('one is open at a time, and nothing is confirmed past it', () => {
  const { editions } = database.stores
  editions.propose(edition(), KIAN)
  expect(editions.propose(edition({ number: 2 }), KESSAI)).toEqual({ kind: 'already-open', proposal: 1 })
  expect(editions.confirm(edition(), archive, KESSAI)).toBe('proposal-open')
  editions.close(1, 'withdrawn', { ...KIAN, reason: '直すため' })
  expect(editions.propose(edition(), KESSAI)).toEqual({ kind: 'proposed', proposal: 2 })
  expect(editions.proposals().map(({ proposal }) => proposal)).toEqual([2, 1])
})

test('what another edition has overtaken is neither proposed nor confirmed', () => {
  const { editions } = database.stores
  editions.confirm(edition(), archive, KIAN)
  const late = edition({ edition: 2, kind: 'declined', declinedCode: HERE, reason: '申出' })
  expect(editions.propose(late, KIAN)).toEqual({ kind: 'overtaken' })
  expect(editions.confirm(late, archive, KIAN)).toBe('overtaken')
  expect(editions.confirm({ ...late, follows: editions.last() }, archive, KIAN)).toBe('confirmed')
  expect(editions.ofRound(1).map(({ kind }) => kind)).toEqual(['confirmed', 'declined'])
  expect(editions.newest()).toMatchObject([{ number: 1, edition: 2 }])
  expect(editions.newestOf(1)!.edition).toBe(2)
})

test.each(['editions', 'edition_files', 'edition_settlings'])('a row of %s is never changed', (table) => {
  const { editions } = database.stores
  editions.propose(edition(), KIAN)
  editions.approve(1, archive, KESSAI)
  expect(() => database.db.run(`UPDATE ${table} SET rowid = rowid`)).toThrow(
    expect.objectContaining({
      cause: expect.objectContaining({ message: `a row of ${table} never changes` }),
    }),
  )
})
