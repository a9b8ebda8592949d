import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { NewEdition } from '../../src/db/edition-rows.ts'
import { DEFAULT_POLICY } from '../../src/domain/selection/policy.ts'
import { aSubmission } from '../support/builders.ts'
import { databaseForEach, NOON } from '../support/database.ts'

const TANTO = { actor: 'tanto', at: NOON }
const KACHO = { actor: 'kacho', at: NOON }
const archive = () => ({ name: 'archive.json', bytes: Buffer.from('{}') })

function edition(overrides: Partial<NewEdition> = {}): NewEdition {
  return {
    number: 1,
    edition: 1,
    kind: 'confirmed',
    policyVersion: 1,
    reason: null,
    declinedCode: null,
    freeSeatsReason: null,
    waitingReason: null,
    files: [{ name: 'result.json', bytes: Buffer.from('{}') }],
    follows: 0,
    ...overrides,
  }
}

/** An answer, a policy and a confirmed edition, with their entries on the record. */
const database = databaseForEach()
beforeEach(() => {
  database.send(aSubmission())
  database.stores.policies.save(DEFAULT_POLICY, { ...TANTO, note: '試験' })
  database.stores.editions.confirm(edition(), archive, TANTO)
})

/** What the database itself says to a statement, behind the stores' back. */
function refusalOf(statement: string): string {
  try {
    database.db.run(sql.raw(statement))
  } catch (error) {
    return ((error as Error).cause as Error).message
  }
  return 'done'
}

const rows = (table: string) => database.db.all(sql.raw(`SELECT * FROM ${table}`))

describe.each([
  'audit_log',
  'submission_versions',
  'policies',
  'editions',
  'edition_files',
  'edition_settlings',
])('a row of %s is written once:', (table) => {
  test('never changed, never deleted', () => {
    const before = rows(table)
    expect(before.length).toBeGreaterThan(0)
    expect(refusalOf(`UPDATE ${table} SET rowid = rowid`)).toBe(`a row of ${table} never changes`)
    expect(refusalOf(`DELETE FROM ${table}`)).toBe(`a row of ${table} is never deleted`)
    expect(rows(table)).toEqual(before)
  })

  test('never replaced', () => {
    const before = rows(table)
    expect(refusalOf(`REPLACE INTO ${table} SELECT * FROM ${table}`)).not.toBe('done')
    expect(refusalOf(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} LIMIT 1`)).not.toBe('done')
    expect(rows(table)).toEqual(before)
  })
})

describe('the database itself refuses', () => {
  const settle = (id: number, state: string, by: string, reason = 'NULL') =>
    refusalOf(
      `INSERT INTO edition_settlings (edition, state, settled_by, settled_at, reason)
       VALUES (${id}, '${state}', '${by}', 0, ${reason})`,
    )

  test('a second edition beside one that waits', () => {
    const { editions } = database.stores
    editions.propose(edition({ number: 2, follows: editions.last() }), TANTO)
    expect(
      refusalOf(`INSERT INTO editions (number, edition, kind, policy_version) VALUES (3, 1, 'confirmed', 1)`),
    ).toBe('one edition at a time waits for its second person')
  })

  test('an approval or a return by whoever proposed, and a second settling', () => {
    const { editions } = database.stores
    editions.propose(edition({ number: 2, follows: editions.last() }), TANTO)
    const { id } = editions.open()!
    const alone = 'whoever proposed an edition does not settle it alone'
    expect(settle(id, 'confirmed', 'tanto')).toBe(alone)
    expect(settle(id, 'returned', 'tanto', `'理由'`)).toBe(alone)
    editions.approve(1, archive, KACHO)
    expect(settle(id, 'withdrawn', 'tanto', `'理由'`)).toContain('UNIQUE')
  })

  test('a second confirmation of the same edition of a round, and a further file of a settled one', () => {
    const { editions } = database.stores
    editions.propose(edition({ follows: editions.last() }), TANTO)
    expect(settle(editions.open()!.id, 'confirmed', 'kacho')).toBe('an edition of a round is confirmed once')
    const { id } = editions.newestOf(1)!
    expect(
      refusalOf(`INSERT INTO edition_files (edition, name, bytes, sha256) VALUES (${id}, 'x', x'00', 'x')`),
    ).toBe('a settled edition gets no further file')
  })
})
