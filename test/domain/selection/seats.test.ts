import { describe, expect, test } from 'vitest'
import { SeatFlow, type SeatPlan } from '../../../src/domain/selection/seats.ts'

/** The positions of the hospitals, `[band, region]` each in rank order, that get a seat. */
function seated(plan: Omit<SeatPlan, 'waiting'>, hospitals: [number, number][]): number[] {
  const waiting = plan.free.map((_, band) =>
    plan.lacking.map((_, region) => hospitals.filter(([b, r]) => b === band && r === region).length),
  )
  const flow = new SeatFlow({ ...plan, waiting })
  return hospitals.flatMap(([band, region], index) => (flow.offer(band, region) ? [index] : []))
}

describe('reach', () => {
  const reach = (free: number[], lacking: number[], waiting: number[][]) =>
    new SeatFlow({ free, lacking, waiting }).reach

  test('is bounded by seats, by needs and by hospitals', () => {
    expect(reach([2], [9], [[9]])).toBe(2)
    expect(reach([9], [2], [[9]])).toBe(2)
    expect(reach([9], [9], [[2]])).toBe(2)
    expect(reach([], [], [])).toBe(0)
  })

  test('moves a promise to another band where that serves one unit more', () => {
    // The first band alone could fill region 0, but is the only one with a hospital in region 1.
    expect(
      reach(
        [1, 1],
        [1, 1],
        [
          [1, 1],
          [1, 0],
        ],
      ),
    ).toBe(2)
    // And along a chain of three.
    expect(
      reach(
        [1, 1, 1],
        [1, 1, 1],
        [
          [1, 1, 0],
          [1, 0, 1],
          [1, 0, 0],
        ],
      ),
    ).toBe(3)
  })
})

test('a band without a seat refuses, and one with seats for all takes all', () => {
  expect(
    seated({ free: [0, 3], lacking: [1] }, [
      [0, 0],
      [1, 0],
      [1, 0],
      [1, 0],
    ]),
  ).toEqual([1, 2, 3])
})

test('a hospital of a region that lacks nothing is refused where every seat is needed, and so are the next', () => {
  expect(
    seated({ free: [1], lacking: [0, 1] }, [
      [0, 0],
      [0, 0],
      [0, 1],
    ]),
  ).toEqual([2])
})

test('a hospital is refused though its region lacks a unit, where another band can serve it', () => {
  // Region 1 has but this one seat; region 0 can wait for the second band's hospital.
  expect(
    seated({ free: [1, 1], lacking: [1, 1] }, [
      [0, 0],
      [0, 1],
      [1, 0],
    ]),
  ).toEqual([1, 2])
})

test('a refused offer leaves everything as it was', () => {
  const flow = new SeatFlow({
    free: [1, 1],
    lacking: [1, 1],
    waiting: [
      [2, 1],
      [1, 0],
    ],
  })
  expect(flow.offer(0, 0)).toBe(false)
  expect(flow.offer(0, 0)).toBe(false)
  expect([flow.reach, flow.freeSeats]).toEqual([2, 2])
  expect(flow.offer(1, 0)).toBe(true)
  expect(flow.offer(0, 1)).toBe(true)
  expect([flow.reach, flow.freeSeats]).toEqual([0, 0])
})
