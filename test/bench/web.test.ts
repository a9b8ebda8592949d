import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { startBare } from '../../bench/web/bare-site.ts'
import { figuresOf, linesIn, table, withFigures } from '../../bench/web/document.ts'
import type { Step } from '../../bench/web/job.ts'
import { faultless, openLoad } from '../../bench/web/load.ts'
import { timed } from '../../bench/web/measured.ts'
import { ROWS } from '../../bench/web/rows.ts'
import { median, percentile, ratioOf } from '../../bench/web/statistics.ts'

/** That the benchmark measures at all; what it measures is in no test. */

const DOCUMENT = readFileSync(resolve(import.meta.dirname, '../../docs/performance.md'), 'utf8')

test('the document has every line of the benchmark, in its order, and none besides', () => {
  expect(linesIn(figuresOf(DOCUMENT))).toEqual(ROWS.flatMap(({ lines }) => lines))
})

test('no two rows or lines have one name', () => {
  const lines = ROWS.flatMap(({ lines }) => lines)
  const names = ROWS.map(({ name }) => name)
  expect([new Set(lines).size, new Set(names).size]).toEqual([lines.length, names.length])
})

test('new figures replace the old ones, and every other chapter stays', () => {
  const figures = [
    { what: 'a page', against: 'a bare one', goal: '≥ 0.8', figure: '0.9', isMet: true },
    { what: 'another', against: '', goal: '≤ 1 s', figure: '2 s', isMet: false },
    { what: 'a third', against: '', goal: '', figure: 'not measured', isMet: null },
  ]
  const measured = `2024-03-11, 2 × a processor\n\n${table(figures)}`
  const written = withFigures(DOCUMENT, measured)
  expect(linesIn(figuresOf(written))).toEqual(['a page', 'another', 'a third'])
  expect(figuresOf(written)).toContain('| a page | a bare one | ≥ 0.8 | 0.9 | met |')
  expect(figuresOf(written)).toContain('| another | – | ≤ 1 s | 2 s | **missed** |')
  const [before, after] = DOCUMENT.split(figuresOf(DOCUMENT)) as [string, string]
  expect(written).toBe(`${before}${measured}\n${after}`)
  expect(withFigures(written, measured)).toBe(written)
  expect(() => withFigures('# nothing', measured)).toThrow('bench:web')
})

test('the middle, the slowest of a hundred, and the ratio of turns', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([7])]).toEqual([2, 2.5, 7])
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect([0.5, 0.95, 0.99, 1].map((part) => percentile(hundred, part))).toEqual([50, 95, 99, 100])
  expect(percentile([], 0.99)).toBe(0)
  // One disturbed turn of three is not what counts.
  expect(ratioOf([50, 5, 60], [100, 100, 100])).toBe(0.5)
})

test('works take turns, each with what has to be done before it', async () => {
  const done: string[] = []
  const note = (what: string) => () => void done.push(what)
  await timed([note('a'), { before: note('before b'), work: note('b') }], { times: 1 })
  expect(done).toEqual(Array.from({ length: 3 }, () => ['a', 'before b', 'b']).flat())
})

test('the client goes through every step, keeps cookies, and counts what was answered otherwise', async () => {
  const route = (method: 'GET' | 'POST', url: string, headers: Record<string, string>, status = 200) => ({
    ...{ method, url, headers, status, stores: false },
    base64: Buffer.from('0123456789').toString('base64'),
  })
  await using bare = await startBare({
    routes: [
      route('GET', '/form', { 'set-cookie': 'session=1; HttpOnly' }),
      route('POST', '/form', { location: '/receipt' }, 303),
      route('GET', '/receipt', {}),
    ],
  })
  const load = openLoad()
  const step = (method: 'GET' | 'POST', path: string | null, status = 200): Step => ({
    ...{ method, path, status, headers: {}, atLeast: 10 },
    ...(method === 'POST' && {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'id={id}&hospital={hospital}',
    }),
  })
  const job = {
    origin: bare.origin,
    connections: 2,
    seconds: 5,
    atMost: 6,
    hospitals: ['1', '2'],
    cookie: 'a=b',
  }
  const done = await load.run({
    ...job,
    steps: [step('GET', '/form'), step('POST', '/form', 303), step('GET', null)],
  })
  expect([faultless(done).count, done.rounds.length, done.steps.map(({ length }) => length)]).toEqual([
    6,
    6,
    [6, 6, 6],
  ])
  const refused = await load.run({ ...job, steps: [step('GET', '/elsewhere')] })
  load.end()
  expect([refused.count, refused.failed]).toEqual([0, 6])
  expect(() => faultless(refused)).toThrow('GET /elsewhere: 404')
})
