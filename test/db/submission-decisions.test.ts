import { describe, expect, test } from 'vitest'
import { aSubmission } from '../support/builders.ts'
import { databaseForEach, HERE, minutesAfter, NOON, THERE } from '../support/database.ts'

const database = databaseForEach()

const OTHER = { hospitalCode: 'other', hospitalName: '別院', hospitalAddress: '架空町1', hospitalBeds: '30' }
const DECISION = { actor: 'tanto', at: minutesAfter(NOON, 60), reason: '電話で確認' }
const GMIS = new Map([[HERE, { offlineBackup: true, bcp: false, networkControl: null }]])

const states = () => database.stores.submissions.all().map(({ state, hospitalCode }) => [state, hospitalCode])

describe('making a duplicate the current answer', () => {
  test('changes places with the one that was, and says whom it replaced and why', () => {
    database.send(aSubmission())
    database.send(aSubmission({ intent: 'backup' }))
    expect(database.stores.submissions.makeCurrent('R-0002', DECISION)).toBe('made-current')
    expect(states()).toEqual([
      ['duplicate', HERE],
      ['current', HERE],
    ])
    expect(database.stores.audit.latest(1)).toMatchObject([
      {
        actor: 'tanto',
        at: DECISION.at,
        action: 'submission.made-current',
        subject: 'R-0002',
        detail: { reason: '電話で確認', replaced: 'R-0001' },
      },
    ])
  })

  test('and back again', () => {
    database.send(aSubmission())
    database.send(aSubmission())
    database.stores.submissions.makeCurrent('R-0002', DECISION)
    expect(database.stores.submissions.makeCurrent('R-0001', DECISION)).toBe('made-current')
    expect(states().map(([state]) => state)).toEqual(['current', 'duplicate'])
  })

  test('replaces nobody where the current one was withdrawn', () => {
    database.send(aSubmission())
    database.send(aSubmission())
    database.stores.submissions.withdraw('R-0001', DECISION)
    expect(database.stores.submissions.makeCurrent('R-0002', DECISION)).toBe('made-current')
    expect(database.stores.audit.latest(1)[0]!.detail).toEqual({ reason: '電話で確認', replaced: null })
    expect(states().map(([state]) => state)).toEqual(['withdrawn', 'current'])
  })

  test('forgets the GMIS answers unless the new one consents as well', () => {
    database.send(aSubmission({ gmisConsent: 'yes' }))
    database.send(aSubmission({ gmisConsent: 'no' }))
    database.stores.gmis.import(GMIS, { actor: 'test', at: NOON, source: 'test' })
    expect(database.stores.gmis.all().size).toBe(1)
    database.stores.submissions.makeCurrent('R-0002', DECISION)
    expect(database.stores.gmis.all().size).toBe(0)
  })

  test.each([
    ['is current already', 'R-0001'],
    ['is of no hospital yet', 'R-0002'],
    ['does not exist', 'R-0009'],
  ])('is refused and leaves no trace where it %s', (_name, number) => {
    database.send(aSubmission())
    database.send(aSubmission(OTHER))
    const before = database.stores.audit.all().length
    expect(database.stores.submissions.makeCurrent(number, DECISION)).toBe('not-a-duplicate')
    expect(database.stores.audit.all()).toHaveLength(before)
  })
})

describe('linking an answer to a hospital', () => {
  test('counts where that hospital has not answered', () => {
    database.send(aSubmission(OTHER))
    expect(database.stores.submissions.link('R-0001', THERE, DECISION)).toBe('current')
    expect(states()).toEqual([['current', THERE]])
    expect(database.stores.submissions.byNumber('R-0001')!.typedHospital).not.toBeNull()
    expect(database.stores.audit.latest(1)[0]).toMatchObject({
      action: 'submission.linked',
      detail: { hospitalCode: THERE, state: 'current', reason: '電話で確認' },
    })
  })

  test('waits where it has', () => {
    database.send(aSubmission())
    database.send(aSubmission(OTHER))
    expect(database.stores.submissions.link('R-0002', HERE, DECISION)).toBe('duplicate')
    expect(states()).toEqual([
      ['current', HERE],
      ['duplicate', HERE],
    ])
  })

  test('is done once', () => {
    database.send(aSubmission(OTHER))
    database.stores.submissions.link('R-0001', THERE, DECISION)
    expect(database.stores.submissions.link('R-0001', HERE, DECISION)).toBe('not-unlinked')
    expect(database.stores.submissions.link('R-0009', HERE, DECISION)).toBe('not-unlinked')
    expect(states()).toEqual([['current', THERE]])
  })

  test('to a hospital that is none stores nothing', () => {
    database.send(aSubmission(OTHER))
    expect(() => database.stores.submissions.link('R-0001', '4699999999', DECISION)).toThrow()
    expect(states()).toEqual([['unlinked', null]])
    expect(database.actions(1)).toEqual(['submission.created'])
  })
})
