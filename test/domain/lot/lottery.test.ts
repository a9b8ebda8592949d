import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lotteryDifference } from '../../../src/domain/lot/difference.ts'
import { type Lottery, lotList, lotText, lotteryOf, lotterySchema } from '../../../src/domain/lot/lottery.ts'
import { canonicalJson } from '../../../src/domain/text/canonical.ts'

const DRAWN = {
  drawnAt: '2024-03-18T15:10:00.000Z',
  by: 'tanto',
  closesAt: '2024-03-18T15:00:00.000Z',
}

const ANNOUNCED = lotteryOf({
  ...DRAWN,
  method: 'announced',
  source: '第1000回の宝くじの1等の当せん番号',
  announcedAt: '2024-03-10T00:00:00.000Z',
  knownOn: '2024-03-20',
  value: '123456',
  witnesses: ['甲野一郎', '乙野花子'],
  corrections: [],
})

/** 受付番号 with their くじ番号: of four digits and of five, in no order. */
const answers = fc.uniqueArray(
  fc.record({ id: fc.integer({ min: 1, max: 20_000 }), lot: fc.integer({ min: 0, max: 999 }) }),
  {
    selector: ({ id }) => id,
    maxLength: 40,
  },
)

function receipts(drawn: readonly { id: number; lot: number }[]): Extract<Lottery, { method: 'receipts' }> {
  const numbered = drawn.map(({ id, lot }) => ({ number: `R-${String(id).padStart(4, '0')}`, lot }))
  const lottery = lotteryOf({ ...DRAWN, method: 'receipts', list: lotList(numbered) })
  if (lottery.method !== 'receipts') throw new Error('drawn otherwise')
  return lottery
}

/** By its description alone, with nothing of the program. */
function independentSeed(drawn: readonly { id: number; lot: number }[]): string {
  const lines: [number: string, line: Buffer][] = drawn.map(({ id, lot }) => {
    const number = `R-${'0'.repeat(Math.max(0, 4 - String(id).length))}${id}`
    const kuji = `${Math.floor(lot / 100)}${Math.floor(lot / 10) % 10}${lot % 10}`
    return [number, Buffer.from(`${number}:${kuji}\n`)]
  })
  lines.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return `receipts:${createHash('sha256')
    .update(Buffer.concat(lines.map(([, line]) => line)))
    .digest('hex')}`
}

test('whoever has the list computes the same seed', () => {
  fc.assert(
    fc.property(answers, (drawn) => {
      expect(receipts(drawn).seed).toBe(independentSeed(drawn))
    }),
  )
})

test('the seed does not depend on the order in which the answers came', () => {
  fc.assert(
    fc.property(answers, (drawn) => {
      expect(receipts(drawn.toReversed())).toEqual(receipts(drawn))
    }),
  )
})

test('the list stands in the order of code points: R-10000 before R-9999', () => {
  const { list } = receipts([
    { id: 9999, lot: 7 },
    { id: 10_000, lot: 42 },
  ])
  expect(list).toEqual([
    { number: 'R-10000', lot: '042' },
    { number: 'R-9999', lot: '007' },
  ])
})

test('what is drawn is what the file takes', () => {
  for (const lottery of [ANNOUNCED, receipts([]), receipts([{ id: 1, lot: 0 }])])
    expect(lotterySchema.parse(JSON.parse(canonicalJson(lottery)))).toEqual(lottery)
})

test.each<[string, (lottery: Record<string, unknown>) => object]>([
  [
    'another order',
    (lottery) => ({
      ...lottery,
      list: [
        { number: 'R-0002', lot: '000' },
        { number: 'R-0001', lot: '000' },
      ],
    }),
  ],
  [
    'an answer twice',
    (lottery) => ({
      ...lottery,
      list: [
        { number: 'R-0001', lot: '000' },
        { number: 'R-0001', lot: '001' },
      ],
    }),
  ],
  ['two digits', (lottery) => ({ ...lottery, list: [{ number: 'R-0001', lot: '42' }] })],
  ['a line feed', (lottery) => ({ ...lottery, list: [{ number: 'R-0001:1\n', lot: '042' }] })],
  ['another method', (lottery) => ({ ...lottery, method: 'text' })],
  ['an unknown key', (lottery) => ({ ...lottery, note: '' })],
])('a file with %s is refused', (_, changed) => {
  expect(lotterySchema.safeParse(changed({ ...receipts([{ id: 1, lot: 1 }]) })).success).toBe(false)
})

test.each([' 123456', '123456　', 'か\u3099'])('a value is trimmed and in one form: %j', (value) => {
  expect(lotterySchema.safeParse({ ...ANNOUNCED, value }).success).toBe(false)
})

const known = (lottery: Extract<Lottery, { method: 'receipts' }>, without: readonly string[] = []) =>
  new Map(
    lottery.list.filter(({ number }) => !without.includes(number)).map(({ number, lot }) => [number, lot]),
  )

test('a draw that fits differs nowhere', () => {
  fc.assert(
    fc.property(answers, (drawn) => {
      const lottery = receipts(drawn)
      expect(lotteryDifference(lottery, { seed: lottery.seed, lots: known(lottery) })).toBeNull()
    }),
  )
})

test('a changed くじ番号 is named by its place, of an answer that the register has and of one that it has not', () => {
  const changes = fc.record({
    drawn: answers,
    at: fc.nat(),
    by: fc.integer({ min: 1, max: 999 }),
    isKnown: fc.boolean(),
  })
  fc.assert(
    fc.property(changes, ({ drawn, at, by, isKnown }) => {
      fc.pre(drawn.length > 0)
      const lottery = receipts(drawn)
      const index = at % lottery.list.length
      const line = lottery.list[index]!
      const lot = lotText((Number(line.lot) + by) % 1000)
      const changed = { ...lottery, list: lottery.list.with(index, { ...line, lot }) }
      const lots = known(lottery, isKnown ? [] : [line.number])
      expect(lotteryDifference(changed, { seed: lottery.seed, lots })).toEqual({
        path: ['list', index, 'lot'],
        expected: JSON.stringify(line.lot),
        found: JSON.stringify(lot),
      })
      const seeded = { ...changed, seed: independentSeed([]) }
      expect(lotteryDifference(seeded, { seed: lottery.seed, lots })?.path).toEqual(['list', index, 'lot'])
    }),
    { numRuns: 50 },
  )
})

test('a removed line is named by the place where it stood', () => {
  const lottery = receipts([1, 2, 3].map((id) => ({ id, lot: id })))
  for (const index of [0, 1, 2]) {
    const removed = { ...lottery, list: lottery.list.toSpliced(index, 1) }
    expect(lotteryDifference(removed, { seed: lottery.seed, lots: known(lottery) })).toEqual({
      path: ['list', index],
      expected: JSON.stringify(lottery.list[index]),
      found: 'なし',
    })
  }
})

test('of a draw by a public source the changed text is named', () => {
  const beside = { seed: ANNOUNCED.seed, lots: new Map() }
  expect(lotteryDifference(ANNOUNCED, beside)).toBeNull()
  expect(lotteryDifference({ ...ANNOUNCED, value: '654321' } as Lottery, beside)).toEqual({
    path: ['value'],
    expected: '"123456"',
    found: '"654321"',
  })
  expect(lotteryDifference({ ...ANNOUNCED, source: '別の宝くじ' } as Lottery, beside)).toMatchObject({
    path: ['source'],
    expected: '"第1000回の宝くじの1等の当せん番号"',
  })
  expect(lotteryDifference({ ...ANNOUNCED, seed: 'announced:x:1' }, beside)).toMatchObject({
    path: ['seed'],
    found: '"announced:x:1"',
  })
})

test('a draw that belongs to another selection is named by its seed', () => {
  const lottery = receipts([{ id: 1, lot: 1 }])
  expect(lotteryDifference(lottery, { seed: 'another', lots: known(lottery) })).toEqual({
    path: ['seed'],
    expected: JSON.stringify(lottery.seed),
    found: '"another"',
  })
})
