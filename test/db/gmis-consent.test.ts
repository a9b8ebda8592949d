import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gmisAnswers, gmisStagedRows } from '../../src/db/schema.ts'
import { Sealed } from '../../src/domain/answer/sealed.ts'
import { aSubmission } from '../support/builders.ts'
import { HERE, NOON, startDatabase, THERE } from '../support/database.ts'

const BY = { actor: 'tanto', at: NOON, reason: '試験' }
const FACTS = { offlineBackup: true, bcp: false, networkControl: null }
const OTHER = { hospitalCode: 'other', hospitalName: '架空', hospitalAddress: '架空町1', hospitalBeds: '30' }

type Database = ReturnType<typeof startDatabase>
type Act = { kind: (typeof KINDS)[number]; place: number; consent: boolean; hospital: string }

/** Everything that a hospital or an officer may do to an answer, and a file that is looked at or taken in between. */
const ACTS = {
  answer: ({ send }: Database, { hospital, consent }: Act) =>
    send(aSubmission({ hospitalCode: hospital, gmisConsent: consent ? 'yes' : 'no' })),
  answerAsOther: ({ send }: Database, { consent }: Act) =>
    send(aSubmission({ ...OTHER, gmisConsent: consent ? 'yes' : 'no' })),
  sendAgain: ({ stores, send }: Database, { place, consent }: Act) => {
    const known = at(stores, place)
    if (!known) return
    const whose = known.typedHospital ? OTHER : { hospitalCode: known.hospitalCode! }
    send(aSubmission({ ...whose, submissionId: known.submissionId, gmisConsent: consent ? 'yes' : 'no' }))
  },
  correct: ({ stores }: Database, { place, consent }: Act) => {
    const known = at(stores, place)
    if (!known) return
    const whose = known.typedHospital ? OTHER : { hospitalCode: known.hospitalCode! }
    const answer = aSubmission({ ...whose, gmisConsent: consent ? 'yes' : 'no' })
    stores.submissions.correct(known.number, answer, { at: NOON, actor: place % 2 === 0 ? null : 'tanto' })
  },
  withdraw: ({ stores }: Database, { place }: Act) => {
    const known = at(stores, place)
    if (known) stores.submissions.withdraw(known.number, { at: NOON, actor: null })
  },
  makeCurrent: ({ stores }: Database, { place }: Act) =>
    stores.submissions.makeCurrent(at(stores, place)?.number ?? '', BY),
  link: ({ stores }: Database, { place, hospital }: Act) =>
    stores.submissions.link(at(stores, place)?.number ?? '', hospital, BY),
  unlink: ({ stores }: Database, { place }: Act) =>
    stores.submissions.unlink(at(stores, place)?.number ?? '', BY),
  close: ({ stores }: Database, { place }: Act) =>
    stores.submissions.close(at(stores, place)?.number ?? '', BY),
  reopen: ({ stores }: Database, { place }: Act) =>
    stores.submissions.reopen(at(stores, place)?.number ?? '', BY),
  import: ({ stores }: Database) => {
    const rows = new Map([HERE, THERE].map((key) => [key, new Sealed(FACTS)]))
    stores.gmis.import(rows, { ...BY, source: 'gmis.csv' })
  },
  lookAt: ({ stores }: Database, { place }: Act) => {
    const rows = new Map([HERE, THERE].map((key) => [key, new Sealed(['はい'])]))
    stores.gmisStages.add(STAGE, rows, { ...BY, actor: `officer ${place % 2}` })
  },
} as const
const KINDS = Object.keys(ACTS) as (keyof typeof ACTS)[]

const STAGE = {
  fileName: 'gmis.csv',
  sha256: '',
  sheet: '',
  columns: ['Q6'],
  hospitals: [HERE, THERE].map((key, index) => ({ key, row: index + 2 })),
  unknown: [],
  warnings: [],
}

function at(stores: Database['stores'], place: number) {
  const all = stores.submissions.all()
  return all.length === 0 ? null : all[place % all.length]!
}

/** What is kept of a hospital, read past the stores. */
function kept({ db }: Database): Map<string, number> {
  const answers = db.select().from(gmisAnswers).all()
  const looked = db.select().from(gmisStagedRows).all()
  return new Map(
    [...Map.groupBy([...answers, ...looked], ({ hospitalCode }) => hospitalCode)].map(([key, rows]) => [
      key,
      rows.length,
    ]),
  )
}

const consents = ({ stores }: Database, key: string) =>
  stores.submissions.currentOf(key)?.answers.gmisConsent ?? false

const act = fc.record({
  // Without data there is nothing to lose: files come in more often than the rest.
  kind: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...KINDS) }, fc.constant('import' as const)),
  place: fc.nat(5),
  consent: fc.boolean(),
  hospital: fc.constantFrom(HERE, THERE),
})

test('whatever is done, nothing is kept of a hospital without an answer that counts and consents, and the record says what went', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 30, size: 'max' }), (acts) => {
      const database = startDatabase()
      try {
        for (const each of acts) {
          const before = kept(database)
          const entries = database.stores.audit.all().length
          ACTS[each.kind](database, each)
          const after = kept(database)
          for (const key of after.keys()) expect(consents(database, key)).toBe(true)
          const gone = [...before.keys()].filter((key) => !after.has(key))
          const said = database.stores.audit
            .all()
            .slice(entries)
            .filter(({ action }) => action === 'gmis.forgotten')
          // A file that is looked at anew takes the place of the officer's last one: nothing has ended then.
          if (each.kind !== 'lookAt')
            expect(said.map(({ subject }) => subject)).toEqual(expect.arrayContaining(gone))
          expect(said.length).toBeLessThanOrEqual(gone.length)
        }
        expect(database.stores.audit.verify()).toBeNull()
      } finally {
        database.close()
      }
    }),
    { numRuns: 100 },
  )
})

describe('the database itself', () => {
  test.each(['gmis_answers', 'gmis_staged_rows'])('takes nothing into %s without consent', (table) => {
    const database = startDatabase()
    const { db, stores, send } = database
    send(aSubmission({ gmisConsent: 'yes' }))
    send(aSubmission({ hospitalCode: THERE, gmisConsent: 'no' }))
    const stage = stores.gmisStages.add(STAGE, new Map(), BY)
    const insert = (key: string) =>
      table === 'gmis_answers'
        ? db.run(sql`INSERT INTO gmis_answers (hospital_code, imported_at) VALUES (${key}, 0)`)
        : db.run(
            sql`INSERT INTO gmis_staged_rows (stage, hospital_code, cells) VALUES (${stage}, ${key}, '[]')`,
          )
    insert(HERE)
    expect(() => insert(THERE)).toThrow(
      expect.objectContaining({
        cause: expect.objectContaining({ message: expect.stringContaining('consent') }),
      }),
    )
    database.close()
  })

  test('a consent that was changed past the program is not read either', () => {
    const database = startDatabase()
    const { db, stores, send } = database
    send(aSubmission({ gmisConsent: 'yes' }))
    stores.gmis.import(new Map([[HERE, new Sealed(FACTS)]]), { ...BY, source: 'gmis.csv' })
    db.run(sql`UPDATE submissions SET state = 'withdrawn', withdrawn_at = 0`)
    expect([stores.gmis.all().size, stores.gmis.kept().size, stores.gmis.emrClaims().size]).toEqual([0, 0, 0])
    database.close()
  })
})
