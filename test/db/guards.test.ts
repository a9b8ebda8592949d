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
  afterTheDecision()
})

/** A row of everything that is kept of what comes after a decision. */
function afterTheDecision(): void {
  const { acceptance, publications, approvalPapers, reports, letters, editions } = database.stores
  const hospitalCode = '4619900011'
  acceptance.ask({ round: 1, closesAt: NOON, reason: null, follows: 0 }, [], TANTO)
  const said = { round: 1, hospitalCode, answer: 'accepted', channel: 'phone', reason: '事務長' } as const
  acceptance.enter({ ...said, receivedAt: NOON, follows: 0 }, TANTO)
  publications.set({ round: 1, isShown: true, follows: 0 }, { ...TANTO, reason: '決裁済み' })
  const paper = { round: 1, edition: 1, documentNumber: '第1号', decidedOn: '2024-03-19', reason: null }
  approvalPapers.record({ ...paper, follows: 0 }, TANTO)
  const sent = { reportedOn: '2024-03-19', documentNumber: '第1号', way: 'mail', note: null } as const
  const made = { editions: [editions.newestOf(1)!.id], files: [{ name: 'x', bytes: Buffer.from('x') }] }
  reports.record({ ...sent, ...made, numbering: 'per-round', reason: null, follows: 0 }, TANTO)
  reports.correct({ report: 1, ...sent, isTakenBack: false, follows: 0 }, { ...TANTO, reason: '書き誤り' })
  letters.writeText({ kind: 'selected', text: { subject: '件名', body: '本文' }, follows: 0 }, TANTO)
  const head = { round: 1, documentNumber: '第2号', datedOn: '2024-03-19' }
  letters.setHead({ ...head, follows: 0 }, TANTO)
  const letter = {
    hospitalCode,
    kind: 'selected',
    recipient: '架空町',
    subject: '件名',
    body: '本文',
  } as const
  const sending = {
    ...head,
    edition: 1,
    way: 'post',
    sentOn: '2024-03-19',
    reason: null,
    follows: 0,
  } as const
  letters.send({ ...sending, letters: [{ ...letter, mail: null }] }, TANTO)
}

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
  'acceptance_requests',
  'acceptance_answers',
  'publications',
  'approval_papers',
  'reports',
  'report_editions',
  'report_files',
  'report_corrections',
  'letter_texts',
  'letter_heads',
  'letter_sendings',
  'letters',
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

  test('nor by a program that has the triggers of a REPLACE off, as is usual', () => {
    const before = rows(table)
    database.db.run(sql.raw('PRAGMA recursive_triggers = OFF'))
    database.db.run(sql.raw('PRAGMA foreign_keys = OFF'))
    expect(refusalOf(`REPLACE INTO ${table} SELECT * FROM ${table}`)).toMatch(
      /never replaced|settled|confirmed once/,
    )
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
    expect(settle(id, 'withdrawn', 'tanto', `'理由'`)).toContain('never replaced')
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
