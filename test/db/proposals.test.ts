import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { NewEdition } from '../../src/db/rounds.ts'
import { HERE, NOON, startDatabase } from './database.ts'

let database: ReturnType<typeof startDatabase>
beforeEach(() => {
  database = startDatabase()
})
afterEach(() => database.close())

const KIAN = { actor: 'kian', at: NOON }
const KESSAI = { actor: 'kessai', at: new Date('2024-03-12T00:00:00Z') }
const ARCHIVE = { name: 'archive.json', bytes: Buffer.from('{"archive":1}') }

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
    files: [{ name: 'ministry.csv', bytes: Buffer.from([0xef, 0xbb, 0xbf, 0xff]) }],
    follows: 0,
    ...overrides,
  }
}

test('what is approved is what was proposed, to the byte, and the archive with it', () => {
  const { proposals, rounds } = database.stores
  expect(proposals.propose(edition(), KIAN)).toEqual({ kind: 'proposed', id: 1 })
  expect(proposals.open()).toMatchObject({ id: 1, state: 'open', proposedBy: 'kian', closedBy: null })
  expect(proposals.approve(1, ARCHIVE, KESSAI)).toBe('approved')
  expect(proposals.open()).toBeNull()
  expect(proposals.byId(1)).toMatchObject({ state: 'approved', closedBy: 'kessai', closedAt: KESSAI.at })
  const round = rounds.byNumber(1)!
  expect(round).toMatchObject({
    edition: 1,
    policyVersion: 3,
    freeSeatsReason: '希望がないため',
    waitingReason: '締切のため',
    proposedBy: 'kian',
    proposedAt: NOON,
    confirmedBy: 'kessai',
  })
  expect(rounds.file(round, 'ministry.csv')!.bytes).toEqual(edition().files[0]!.bytes)
  expect(rounds.files(round).map(({ name }) => name)).toEqual(['archive.json', 'ministry.csv'])
  expect(database.actions(2)).toEqual(['proposal.proposed', 'round.confirmed'])
})

test('nobody approves or returns their own, and nobody withdraws another’s', () => {
  const { proposals, rounds } = database.stores
  proposals.propose(edition(), KIAN)
  const before = database.stores.audit.all().length
  expect(proposals.approve(1, ARCHIVE, KIAN)).toBe('own-proposal')
  expect(proposals.close(1, 'returned', { ...KIAN, reason: '理由' })).toBe('not-entitled')
  expect(proposals.close(1, 'withdrawn', { ...KESSAI, reason: '理由' })).toBe('not-entitled')
  expect(proposals.open()).not.toBeNull()
  expect(rounds.all()).toEqual([])
  expect(database.stores.audit.all()).toHaveLength(before)
})

describe('settled once:', () => {
  test.each([
    ['approved', 'approved'],
    ['returned', 'returned'],
    ['withdrawn', 'withdrawn'],
  ] as const)('%s, it is neither approved nor closed again', (_name, state) => {
    const { proposals, rounds } = database.stores
    proposals.propose(edition(), KIAN)
    if (state === 'approved') proposals.approve(1, ARCHIVE, KESSAI)
    else proposals.close(1, state, { ...(state === 'returned' ? KESSAI : KIAN), reason: '理由' })
    const settled = proposals.byId(1)
    const editions = rounds.all()
    expect(proposals.approve(1, ARCHIVE, KESSAI)).toBe('not-open')
    expect(proposals.close(1, 'returned', { ...KESSAI, reason: '別' })).toBe('not-open')
    expect(proposals.close(1, 'withdrawn', { ...KIAN, reason: '別' })).toBe('not-open')
    expect(proposals.byId(1)).toEqual(settled)
    expect(rounds.all()).toEqual(editions)
    expect(() => database.db.run(`UPDATE proposals SET closed_by = 'x' WHERE id = 1`)).toThrow()
  })

  test('a number that is none is not open', () => {
    const { proposals } = database.stores
    expect(proposals.approve(9, ARCHIVE, KESSAI)).toBe('not-open')
    expect(proposals.close(9, 'returned', { ...KESSAI, reason: '理由' })).toBe('not-open')
    expect(proposals.byId(9)).toBeNull()
  })
})

test('one is open at a time, and nothing is confirmed past it', () => {
  const { proposals, rounds } = database.stores
  proposals.propose(edition(), KIAN)
  expect(proposals.propose(edition({ number: 2 }), KESSAI)).toEqual({ kind: 'already-open', id: 1 })
  expect(rounds.confirm(edition(), KESSAI)).toBe('proposal-open')
  proposals.close(1, 'withdrawn', { ...KIAN, reason: '直すため' })
  expect(proposals.propose(edition(), KESSAI)).toEqual({ kind: 'proposed', id: 2 })
  expect(proposals.all().map(({ id }) => id)).toEqual([2, 1])
})

test('what another edition has overtaken is neither proposed nor confirmed', () => {
  const { proposals, rounds } = database.stores
  rounds.confirm(edition(), KIAN)
  const late = edition({ edition: 2, kind: 'declined', declinedCode: HERE, reason: '申出' })
  expect(proposals.propose(late, KIAN)).toEqual({ kind: 'overtaken' })
  expect(rounds.confirm(late, KIAN)).toBe('overtaken')
  expect(rounds.confirm({ ...late, follows: rounds.last() }, KIAN)).toBe('confirmed')
  expect(rounds.editions(1).map(({ kind }) => kind)).toEqual(['confirmed', 'declined'])
  expect(rounds.newest()).toMatchObject([{ number: 1, edition: 2 }])
  expect(rounds.byNumber(1)!.edition).toBe(2)
})

test.each(['rounds', 'round_files', 'proposal_files'])('a row of %s is never changed', (table) => {
  const { proposals } = database.stores
  proposals.propose(edition(), KIAN)
  proposals.approve(1, ARCHIVE, KESSAI)
  expect(() => database.db.run(`UPDATE ${table} SET rowid = rowid`)).toThrow(
    expect.objectContaining({
      cause: expect.objectContaining({ message: `a row of ${table} never changes` }),
    }),
  )
})
