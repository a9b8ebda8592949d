import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AmendedResult,
  amend,
  amendmentsOf,
  type Decline,
  declinesIn,
  passedOver,
} from '../../../src/domain/selection/amendment.ts'
import type { SelectionResult } from '../../../src/domain/selection/result.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { contests, MEDIUM, SMALL, snapshots } from './arbitraries.ts'
import { bands, candidate, snapshot } from './builders.ts'

const PLAIN = { criteria: {}, tieBreak: [], regionFloor: 0, bands: bands(2, 1) }

/** 1 and 2 selected, 3 to 5 waiting; 6 selected, 7 waiting; 8 not eligible. */
const CONFIRMED = select(
  snapshot(
    [
      ...['1', '2', '3', '4', '5'].map((code) =>
        candidate(code, { region: code === '3' ? '熊毛' : '鹿児島' }),
      ),
      ...['6', '7'].map((code) => candidate(code, { beds: 200 })),
      candidate('8', { submission: null }),
    ],
    PLAIN,
  ),
)
const decline = (code: string): Decline => ({ code, reason: '病院からの申出' })

function amended(result: SelectionResult, declines: Decline[]): AmendedResult {
  const outcome = amend(result, declines)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
  return outcome.amended
}

function placesAfter(...codes: string[]): string[] {
  return amended(CONFIRMED, codes.map(decline)).results.map(
    ({ code, decision, basis, order, waitlistPosition }) =>
      `${code} ${basis ?? decision} ${order ?? waitlistPosition ?? '-'}`,
  )
}

test('the first of the waiting list of its band moves up, behind the last in order', () => {
  expect(placesAfter('1')).toEqual([
    '1 declined -',
    '2 rank 2',
    '3 promoted 4',
    '4 waitlisted 2',
    '5 waitlisted 3',
    '6 rank 3',
    '7 waitlisted 1',
    '8 ineligible -',
  ])
})

test('whoever moved up may decline as well, and whoever declined while waiting is passed over', () => {
  expect(placesAfter('1', '3').slice(0, 4)).toEqual([
    '1 declined -',
    '2 rank 2',
    '3 declined -',
    '4 promoted 5',
  ])
  expect(placesAfter('3', '1').slice(0, 4)).toEqual([
    '1 declined -',
    '2 rank 2',
    '3 declined -',
    '4 promoted 4',
  ])
})

test('with nobody left to move up the seat stays free, and the tallies say so', () => {
  const { results, bands: tallies, regions, amendments } = amended(CONFIRMED, [decline('6'), decline('7')])
  expect(results.filter(({ decision }) => decision === 'selected').map(({ code }) => code)).toEqual([
    '1',
    '2',
  ])
  expect(tallies.map(({ id, selected, shortfall }) => [id, selected, shortfall])).toEqual([
    ['small', 2, 0],
    ['large', 0, 1],
  ])
  expect(regions.find(({ id }) => id === '鹿児島')!.selected).toBe(2)
  expect(amendments).toEqual([
    { code: '6', reason: '病院からの申出', promoted: '7' },
    { code: '7', reason: '病院からの申出', promoted: null },
  ])
})

describe('refuses', () => {
  test.each<[string, Decline[], RegExp]>([
    ['declines[0].code', [decline('8')], /「8」の病院は、選定も補欠もされていません/],
    ['declines[0].code', [decline('9')], /「9」の病院は、選定も補欠もされていません/],
    ['declines[1].code', [decline('1'), decline('1')], /「1」が declines\[0\] と重複/],
    ['declines[0].reason', [{ code: '1', reason: ' ' }], /理由を記入/],
  ])('%s', (path, declines, message) => {
    expect(amend(CONFIRMED, declines)).toEqual({
      ok: false,
      problems: [{ path, message: expect.stringMatching(message) }],
    })
  })
})

describe('the kind of a decline', () => {
  const [PASSED, TYPED] = ['初回選定で選定済み', '申出のため（繰上げの対象外）']

  test('tells who was passed over; without one, and with reasons that either rule reads the same, the list is as it always was', () => {
    const plain = amended(CONFIRMED, [decline('1')])
    expect(plain.format).toBe('kakuho.amended-result/1')
    expect(Object.keys(plain.amendments[0]!)).toEqual(['code', 'reason', 'promoted'])
    const { format, amendments } = amended(CONFIRMED, [passedOver('3', PASSED), decline('1')])
    expect(format).toBe('kakuho.amended-result/2')
    expect(amendments).toEqual([
      { code: '3', reason: `${PASSED}（繰上げの対象外）`, kind: 'passed-over', promoted: null },
      { code: '1', reason: '病院からの申出', promoted: '4' },
    ])
  })

  test('is not to be read out of a reason that somebody typed', () => {
    const typed = amended(CONFIRMED, [{ code: '1', reason: TYPED }])
    expect(typed.format).toBe('kakuho.amended-result/2')
    expect(amendmentsOf(typed)).toEqual([{ code: '1', reason: TYPED, promoted: '3' }])
  })

  test('of a list of before is in its reasons, and is written down once the list grows longer', () => {
    const reason = `${PASSED}（繰上げの対象外）`
    const before = amended(CONFIRMED, [decline('2')])
    const old: AmendedResult = { ...before, amendments: [{ code: '3', reason, promoted: null }] }
    expect(amendmentsOf(old)).toEqual([{ code: '3', reason, promoted: null, kind: 'passed-over' }])
    const longer = amended(CONFIRMED, [...declinesIn(old), { code: '1', reason: TYPED }])
    expect(longer.format).toBe('kakuho.amended-result/2')
    expect(amendmentsOf(longer).map(({ code, kind }) => [code, kind])).toEqual([
      ['3', 'passed-over'],
      ['1', undefined],
    ])
  })

  test('computed again in the format in which it was found', () => {
    const found = [{ code: '1', reason: TYPED }]
    const format = (declines: Decline[], as: unknown) => {
      const outcome = amend(CONFIRMED, declines, as)
      return outcome.ok && outcome.amended.format
    }
    expect(format(found, 'kakuho.amended-result/1')).toBe('kakuho.amended-result/1')
    expect(format(found, 'kakuho.amended-result/2')).toBe('kakuho.amended-result/2')
    expect(format([passedOver('3', PASSED)], 'kakuho.amended-result/1')).toBe('kakuho.amended-result/2')
    expect(format([decline('1')], 'kakuho.amended-result/2')).toBe('kakuho.amended-result/1')
  })
})

describe('whoever declines', () => {
  const any = fc.oneof(contests, snapshots(SMALL), snapshots(MEDIUM)).chain((taken) => {
    const result = select(taken)
    const eligible = result.results.filter((row) => row.eligible).map(({ code }) => decline(code))
    return fc.record({
      result: fc.constant(result),
      declines: fc.shuffledSubarray(eligible, { maxLength: Math.min(8, eligible.length) }),
    })
  })

  test('nobody else is touched but who moves up', () => {
    fc.assert(
      fc.property(any, ({ result, declines }) => {
        const after = amended(result, declines)
        const changed = new Set(after.amendments.flatMap(({ code, promoted }) => [code, promoted]))
        for (const [index, row] of after.results.entries())
          if (!changed.has(row.code)) expect(row).toEqual(result.results[index])
        const bandsHit = new Set(
          result.results.filter(({ code }) => changed.has(code)).map(({ band }) => band),
        )
        for (const [index, band] of after.bands.entries())
          if (!bandsHit.has(band.id)) expect(band).toEqual(result.bands[index])
        expect(amended(result, []).results).toEqual(result.results)
      }),
    )
  })

  test('each selected one makes room for the first of its band that waits and has not declined', () => {
    fc.assert(
      fc.property(any, ({ result, declines }) => {
        const row = new Map(result.results.map((each) => [each.code, each]))
        const seated = new Set(result.results.filter(({ order }) => order !== null).map(({ code }) => code))
        const gone = new Set<string>()
        for (const { code, promoted } of amended(result, declines).amendments) {
          gone.add(code)
          const waiting = result.results
            .filter((each) => each.band === row.get(code)!.band && each.waitlistPosition !== null)
            .filter((each) => !seated.has(each.code) && !gone.has(each.code))
            .sort((a, b) => a.waitlistPosition! - b.waitlistPosition!)
          expect(promoted).toBe(seated.has(code) ? (waiting[0]?.code ?? null) : null)
          if (promoted) seated.add(promoted)
          seated.delete(code)
        }
      }),
    )
  })

  test('the orders stay, and those who move up are numbered on from the last', () => {
    fc.assert(
      fc.property(any, ({ result, declines }) => {
        const { results, amendments, bands: tallies } = amended(result, declines)
        const order = new Map(results.map((each) => [each.code, each.order]))
        let next = result.results.filter((each) => each.order !== null).length
        for (const { promoted } of amendments)
          if (promoted) {
            next += 1
            if (!declines.some(({ code }) => code === promoted)) expect(order.get(promoted)).toBe(next)
          }
        const orders = [...order.values()].filter((each) => each !== null)
        expect(new Set(orders).size).toBe(orders.length)
        for (const { id, selected } of tallies) {
          const before = result.bands.find((each) => each.id === id)!
          expect(selected).toBeLessThanOrEqual(before.selected)
          expect(selected).toBe(results.filter((each) => each.band === id && each.order !== null).length)
        }
      }),
    )
  })

  test('a later decline changes nothing that an earlier edition said of the others', () => {
    fc.assert(
      fc.property(any, ({ result, declines }) => {
        const earlier = amended(result, declines.slice(0, -1))
        const later = amended(result, declines)
        const last = later.amendments.at(-1)
        for (const [index, row] of later.results.entries())
          if (row.code !== last?.code && row.code !== last?.promoted)
            expect(row).toEqual(earlier.results[index])
      }),
    )
  })
})
