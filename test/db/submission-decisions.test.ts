import { describe, expect, test } from 'vitest'
import { Sealed } from '../../src/domain/answer/sealed.ts'
import { aSubmission } from '../support/builders.ts'
import { databaseForEach, HERE, minutesAfter, NOON, THERE } from '../support/database.ts'

const database = databaseForEach()

const OTHER = { hospitalCode: 'other', hospitalName: '別院', hospitalAddress: '架空町1', hospitalBeds: '30' }
const DECISION = { actor: 'tanto', at: minutesAfter(NOON, 60), reason: '電話で確認' }
const GMIS = new Map([[HERE, new Sealed({ offlineBackup: true, bcp: false, networkControl: null })]])

const states = () => database.stores.submissions.all().map(({ state, hospitalCode }) => [state, hospitalCode])

describe('making a duplicate the current answer', () => {
  test('closes the one that was, and both say on the record what became of them and why', () => {
    database.send(aSubmission())
    database.send(aSubmission({ intent: 'backup' }))
    expect(database.stores.submissions.makeCurrent('R-0002', DECISION)).toBe('made-current')
    expect(states()).toEqual([
      ['rejected', HERE],
      ['current', HERE],
    ])
    expect(database.stores.audit.latest(2)).toMatchObject([
      {
        actor: 'tanto',
        at: DECISION.at,
        action: 'submission.made-current',
        subject: 'R-0002',
        detail: { reason: '電話で確認', replaced: 'R-0001' },
      },
      {
        actor: 'tanto',
        at: DECISION.at,
        action: 'submission.closed',
        subject: 'R-0001',
        detail: {
          was: 'current',
          state: 'rejected',
          hospitalCode: HERE,
          reason: 'R-0002を有効としたため：電話で確認',
        },
      },
    ])
    expect(database.stores.submissions.byNumber('R-0001')!.closedAt).toEqual(DECISION.at)
  })

  test('and back again', () => {
    database.send(aSubmission())
    database.send(aSubmission())
    database.stores.submissions.makeCurrent('R-0002', DECISION)
    expect(database.stores.submissions.makeCurrent('R-0001', DECISION)).toBe('made-current')
    expect(states().map(([state]) => state)).toEqual(['current', 'rejected'])
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

describe('closing an answer that is not used', () => {
  test.each([
    ['a duplicate', {}, 'duplicate', 'rejected', HERE],
    ['one from outside the master', OTHER, 'unlinked', 'outside', null],
  ] as const)(
    '%s: it waits no more, and again once it is opened',
    (_name, answer, was, state, hospitalCode) => {
      database.send(aSubmission())
      database.send(aSubmission(answer))
      const { submissions, audit } = database.stores
      expect(submissions.close('R-0002', DECISION)).toBe(state)
      expect(submissions.byNumber('R-0002')).toMatchObject({ state, closedAt: DECISION.at, hospitalCode })
      expect(audit.latest(1)).toMatchObject([
        {
          actor: 'tanto',
          action: 'submission.closed',
          subject: 'R-0002',
          detail: { was, state, hospitalCode, reason: '電話で確認' },
        },
      ])
      expect(submissions.close('R-0002', DECISION)).toBe('not-waiting')
      expect(submissions.reopen('R-0002', DECISION)).toBe(was)
      expect(submissions.byNumber('R-0002')).toMatchObject({ state: was, closedAt: null, hospitalCode })
      expect(audit.latest(1)).toMatchObject([
        {
          actor: 'tanto',
          action: 'submission.reopened',
          subject: 'R-0002',
          detail: { was: state, state: was, hospitalCode, reason: '電話で確認' },
        },
      ])
      expect(submissions.reopen('R-0002', DECISION)).toBe('not-closed')
    },
  )

  test.each(['R-0001', 'R-0009'])('%s, which does not wait, is refused and leaves no trace', (number) => {
    database.send(aSubmission())
    const before = database.stores.audit.all().length
    expect(database.stores.submissions.close(number, DECISION)).toBe('not-waiting')
    expect(database.stores.submissions.reopen(number, DECISION)).toBe('not-closed')
    expect(database.stores.audit.all()).toHaveLength(before)
  })

  test('of three answers the one that is chosen counts, the one that counted is closed, the third waits', () => {
    for (let times = 0; times < 3; times += 1) database.send(aSubmission())
    database.stores.submissions.makeCurrent('R-0003', DECISION)
    expect(states().map(([state]) => state)).toEqual(['rejected', 'duplicate', 'current'])
    database.stores.submissions.close('R-0002', DECISION)
    expect(states().map(([state]) => state)).toEqual(['rejected', 'rejected', 'current'])
    expect(database.stores.submissions.makeCurrent('R-0002', DECISION)).toBe('made-current')
    expect(states().map(([state]) => state)).toEqual(['rejected', 'current', 'rejected'])
    expect(database.stores.submissions.byNumber('R-0002')!.closedAt).toBeNull()
  })

  test('an answer linked to a hospital that has one can be closed as the duplicate that it is', () => {
    database.send(aSubmission())
    database.send(aSubmission(OTHER))
    database.stores.submissions.link('R-0002', HERE, DECISION)
    expect(database.stores.submissions.close('R-0002', DECISION)).toBe('rejected')
    expect(database.stores.submissions.reopen('R-0002', DECISION)).toBe('duplicate')
  })
})

describe('what a hospital does with a closed answer', () => {
  const hospital = (number: string) => ({ at: minutesAfter(NOON, 90), actor: null, number })
  const closed = () => {
    database.send(aSubmission())
    database.send(aSubmission())
    database.send(aSubmission(OTHER))
    database.stores.submissions.close('R-0002', DECISION)
    database.stores.submissions.close('R-0003', DECISION)
  }

  test.each([
    ['R-0002', {}, 'duplicate'],
    ['R-0003', OTHER, 'unlinked'],
  ] as const)('a correction of %s is looked at: it waits again', (number, answer, state) => {
    closed()
    const { submissions } = database.stores
    const content = aSubmission({ ...answer, intent: 'backup' })
    expect(submissions.correct(number, content, hospital(number)).kind).toBe('corrected')
    expect(submissions.byNumber(number)).toMatchObject({ state, closedAt: null, version: 2 })
    expect(database.actions(2)).toEqual(['submission.corrected', 'submission.reopened'])
  })

  test('the same sent again is no correction: it stays closed', () => {
    closed()
    const { submissions } = database.stores
    expect(submissions.correct('R-0002', aSubmission(), hospital('R-0002')).kind).toBe('unchanged')
    expect(submissions.byNumber('R-0002')!.state).toBe('rejected')
  })

  test('a sending that comes again with other answers is a correction as well', () => {
    database.send(aSubmission())
    const second = aSubmission()
    database.send(second)
    database.stores.submissions.close('R-0002', DECISION)
    database.send({ ...second, answers: { ...second.answers, intent: 'none' } })
    expect(states().map(([state]) => state)).toEqual(['current', 'duplicate'])
  })

  test.each(['R-0002', 'R-0003'])('%s taken back is withdrawn, and nothing else moves', (number) => {
    closed()
    const before = states()
    expect(database.stores.submissions.withdraw(number, hospital(number))).toBe('withdrawn')
    const { state, closedAt } = database.stores.submissions.byNumber(number)!
    expect([state, closedAt]).toEqual(['withdrawn', null])
    expect(states().filter(([each]) => each === 'withdrawn')).toHaveLength(1)
    expect(states()[0]).toEqual(before[0])
    expect(database.stores.submissions.reopen(number, DECISION)).toBe('not-closed')
  })

  test('once the answer that counts is taken back, those closed beside it wait again', () => {
    closed()
    database.stores.submissions.withdraw('R-0001', hospital('R-0001'))
    expect(states().map(([state]) => state)).toEqual(['withdrawn', 'duplicate', 'outside'])
    expect(database.stores.audit.latest(1)).toMatchObject([
      {
        actor: 'hospital:R-0001',
        action: 'submission.reopened',
        subject: 'R-0002',
        detail: { was: 'rejected', state: 'duplicate', reason: 'R-0001の取下げのため' },
      },
    ])
    expect(database.stores.submissions.makeCurrent('R-0002', DECISION)).toBe('made-current')
  })

  test('a duplicate taken back opens nothing: the one that counts still does', () => {
    closed()
    database.send(aSubmission())
    database.stores.submissions.withdraw('R-0004', hospital('R-0004'))
    expect(states().map(([state]) => state)).toEqual(['current', 'rejected', 'outside', 'withdrawn'])
  })

  test('a new answer beside a closed one counts only where none does', () => {
    closed()
    database.send(aSubmission())
    expect(database.stores.submissions.byNumber('R-0004')!.state).toBe('duplicate')
    database.stores.submissions.close('R-0004', DECISION)
    database.stores.submissions.withdraw('R-0001', hospital('R-0001'))
    database.stores.submissions.close('R-0002', DECISION)
    database.send(aSubmission())
    expect(database.stores.submissions.byNumber('R-0005')!.state).toBe('current')
  })
})

describe('an answer that was linked to the wrong hospital', () => {
  const linked = () => {
    database.send(aSubmission(OTHER))
    database.stores.submissions.link('R-0001', HERE, DECISION)
    database.send(aSubmission())
    database.stores.submissions.close('R-0002', DECISION)
  }

  test('waits for the right one, and what was closed beside it waits as well', () => {
    linked()
    database.stores.gmis.import(GMIS, { actor: 'test', at: NOON, source: 'test' })
    const { submissions, audit, gmis } = database.stores
    expect(submissions.unlink('R-0001', DECISION)).toBe('unlinked')
    expect(states()).toEqual([
      ['unlinked', null],
      ['duplicate', HERE],
    ])
    expect(gmis.all().size).toBe(0)
    expect(audit.latest(3).map(({ action, subject, detail }) => [action, subject, detail])).toEqual([
      [
        'submission.reopened',
        'R-0002',
        {
          was: 'rejected',
          state: 'duplicate',
          hospitalCode: HERE,
          reason: 'R-0001の病院の特定の取消しのため',
        },
      ],
      ['gmis.forgotten', HERE, { number: 'R-0001', answers: 1, looked: 0 }],
      ['submission.unlinked', 'R-0001', { was: 'current', hospitalCode: HERE, reason: '電話で確認' }],
    ])
    expect(submissions.link('R-0001', THERE, DECISION)).toBe('current')
  })

  test('leaves the one that counts alone where it was a duplicate or closed', () => {
    for (const closes of [false, true]) {
      const { number } = database.send(aSubmission(OTHER)).submission
      if (!database.stores.submissions.currentOf(HERE)) database.send(aSubmission())
      expect(database.stores.submissions.link(number, HERE, DECISION)).toBe('duplicate')
      if (closes) database.stores.submissions.close(number, DECISION)
      expect(database.stores.submissions.unlink(number, DECISION)).toBe('unlinked')
      expect(database.stores.submissions.byNumber(number)).toMatchObject({
        closedAt: null,
        hospitalCode: null,
      })
      expect(database.stores.submissions.currentOf(HERE)!.number).toBe('R-0002')
    }
  })

  test.each([
    ['of the master', 'R-0003'],
    ['taken back', 'R-0004'],
    ['not linked', 'R-0005'],
    ['that does not exist', 'R-0099'],
  ])('one %s is refused and leaves no trace', (_name, number) => {
    linked()
    database.send(aSubmission({ hospitalCode: THERE }))
    database.send(aSubmission(OTHER))
    database.stores.submissions.link('R-0004', THERE, DECISION)
    database.stores.submissions.withdraw('R-0004', DECISION)
    database.send(aSubmission(OTHER))
    const before = database.stores.audit.all().length
    expect(database.stores.submissions.unlink(number, DECISION)).toBe('not-linked')
    expect(database.stores.audit.all()).toHaveLength(before)
  })
})
