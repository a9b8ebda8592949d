import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ColumnRule, type DocumentRules, REMOVED } from '../../../src/domain/disclosure/classes.ts'
import { classesFileOf } from '../../../src/domain/disclosure/classes-file.ts'
import { cutScores } from '../../../src/domain/disclosure/cut-scores.ts'
import { DOCUMENTS, documentOf } from '../../../src/domain/disclosure/documents.ts'
import { fewAmong, fewOfTally, isFew } from '../../../src/domain/disclosure/few.ts'
import { classesInForce } from '../../../src/domain/disclosure/in-force.ts'
import { maskedJson } from '../../../src/domain/disclosure/masked-json.ts'
import { maskedTable } from '../../../src/domain/disclosure/masked-table.ts'
import { peopleIn } from '../../../src/domain/disclosure/people.ts'
import type { SelectionResult } from '../../../src/domain/selection/result.ts'
import { select } from '../../../src/domain/selection/select.ts'
import { MEDIUM, snapshots } from '../selection/arbitraries.ts'

const STANDING = { isPublished: true, isMany: false, people: [] }
const isAlwaysClosed = ({ grounds, opening }: ColumnRule) => grounds.length > 0 && opening === undefined

const TABLES = DOCUMENTS.filter(({ id }) => !id.endsWith('.json') && id !== 'tally' && id !== 'fairness')

test.each(TABLES.map((each) => [each.title, each] as const))(
  '%s: what is seen depends on nothing that is taken out, nor on the order of the rows',
  (_title, { columns }) => {
    const headers = columns.map(({ column }) => column)
    const cells = fc.array(fc.string({ maxLength: 3 }), {
      minLength: headers.length,
      maxLength: headers.length,
    })
    const rows = fc.array(fc.tuple(cells, cells), { maxLength: 6 })
    fc.assert(
      fc.property(rows, (drawn) => {
        const one = drawn.map(([row]) => row)
        const other = drawn
          .map(([row, others]) => row.map((cell, at) => (isAlwaysClosed(columns[at]!) ? others[at]! : cell)))
          .reverse()
        const [a, b] = [one, other].map((each) =>
          maskedTable({ headers, rows: each }, columns, { ...STANDING, isPublished: false }),
        )
        // In another order the rows are the same only where something is taken out at all.
        if (columns.some(isAlwaysClosed)) expect(a).toEqual(b)
      }),
      { numRuns: 30 },
    )
  },
)

test('of a result nothing shows but who is selected, by which rule, and the numbers', () => {
  const { columns } = documentOf('result.json')!
  fc.assert(
    fc.property(snapshots(MEDIUM), fc.integer({ min: 1, max: 900 }), (snapshot, by) => {
      const result = select(snapshot)
      const other: SelectionResult = {
        ...result,
        results: result.results
          .map((row) => ({
            ...row,
            score: row.score + by,
            rank: row.rank && row.rank + by,
            bandRank: by,
            order: row.order && row.order + by,
            waitlistPosition: null,
            eligible: row.decision === 'selected',
            decision: row.decision === 'selected' ? row.decision : ('ineligible' as const),
            reason: null,
          }))
          .reverse(),
      }
      const [seen, alike] = [result, other].map((each) => maskedJson(each, columns, STANDING))
      expect(alike).toEqual(seen)
      expect(JSON.stringify(seen!.value)).not.toMatch(/"score":\d|"rank":\d|ineligible|waitlisted/)
      const marks = JSON.stringify(seen!.value).split(REMOVED).length - 1
      expect(seen!.removals.reduce((sum, { count }) => sum + count, 0)).toBe(marks)
    }),
    { numRuns: 40 },
  )
})

test('of a snapshot neither inspections nor answers show, nor whether there are any', () => {
  const { columns } = documentOf('snapshot.json')!
  fc.assert(
    fc.property(snapshots(MEDIUM), (snapshot) => {
      const other = {
        ...snapshot,
        moves: [{ code: snapshot.candidates[0]!.code, position: 1, reason: '理由' }],
        candidates: snapshot.candidates
          .map(({ otherRound: _, ...candidate }) => ({
            ...candidate,
            inspection: 'insufficient',
            gmis: null,
            submission: null,
            override: { kind: 'exclude', reason: '理由' },
            publicFacts: { bcp: false },
          }))
          .reverse(),
      }
      expect(maskedJson(other, columns, STANDING)).toEqual(maskedJson(snapshot, columns, STANDING))
    }),
    { numRuns: 40 },
  )
})

test('before the result is shown nobody is named as selected', () => {
  const { columns } = documentOf('result.json')!
  fc.assert(
    fc.property(snapshots(MEDIUM), (snapshot) => {
      const seen = maskedJson(select(snapshot), columns, { ...STANDING, isPublished: false })
      expect(JSON.stringify(seen.value)).not.toMatch(/"decision":"[a-z]|"basis":"[a-z]/)
    }),
    { numRuns: 20 },
  )
})

test('the lowest score of a band is said only where three or more have their seats by their place', () => {
  fc.assert(
    fc.property(snapshots(MEDIUM), (snapshot) => {
      const result = select(snapshot)
      const { rows } = cutScores(result, snapshot.policy.bands)
      for (const [place, row] of rows.entries()) {
        const ranked = result.results.filter(
          ({ band, basis }) => band === result.bands[place]!.id && basis === 'rank',
        )
        const lowest = Math.min(...ranked.map(({ score }) => score)) / 100
        const said = ranked.length === 0 ? '' : ranked.length < 3 ? REMOVED : lowest.toFixed(2)
        expect(row[4]).toBe(said)
      }
    }),
    { numRuns: 40 },
  )
})

test('where one count is of one or two all are left out: another document would leave others out', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(6), { minLength: 2, maxLength: 8 }), (counts) => {
      expect(fewAmong(counts).size).toBe(counts.some(isFew) ? counts.length : 0)
    }),
  )
})

test('of the 集計 a table by two things is left out as a whole, of the others the rows that point at few', () => {
  const line = (table: string, row: string, column: string, value: string) => ({ table, row, column, value })
  const rate = '二次医療圏別の回答率'
  const lines = [
    line('電子カルテの導入状況と活用意向', '導入済み', '両方', '1'),
    line(rate, '熊毛', '病院', '4'),
    line(rate, '熊毛', '回答', '2'),
    line(rate, '熊毛', '回答率（％）', '50'),
    line(rate, '曽於', '回答', '8'),
    line(rate, '南薩', '回答', '29'),
    line(rate, '計', '回答', '39'),
    line('二次医療圏・病床規模区分別の回答', '南薩', '20～99床', '1'),
    line('二次医療圏・病床規模区分別の回答', '計', '計', '39'),
  ]
  expect([...fewOfTally(lines)]).toEqual([2, 3, 4, 7, 8])
})

describe('of the 集計 the rows that are left out', () => {
  const regions = (counts: Record<string, [answered: number, not: number]>) =>
    Object.entries(counts).flatMap(([row, [answered, not]]) => [
      { table: '二次医療圏別の回答率', row, column: '回答', value: String(answered) },
      { table: '二次医療圏別の回答率', row, column: '未回答', value: String(not) },
    ])
  const left = (lines: ReturnType<typeof regions>) => {
    const out = fewOfTally(lines)
    const rows = lines.filter(({ row }, place) => row !== '計' && !out.has(place)).map(({ row }) => row)
    return [...new Set(rows)]
  }

  test('are not a few of a column together either', () => {
    const lines = regions({
      鹿児島: [98, 0],
      曽於: [6, 1],
      熊毛: [3, 1],
      奄美: [12, 4],
      肝属: [11, 5],
      計: [130, 11],
    })
    expect(left(lines)).toEqual(['鹿児島', '肝属'])
  })

  test('are two at least, and no more where the few are all that there are', () => {
    expect(left(regions({ 鹿児島: [98, 0], 曽於: [6, 1], 熊毛: [4, 0], 計: [108, 1] }))).toEqual(['鹿児島'])
  })

  test('never come to a few of a column of which the others have some', () => {
    const counts = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 2, maxLength: 9 })
    fc.assert(
      fc.property(counts, (some) => {
        const lines = regions(Object.fromEntries(some.map((each, place) => [`圏域${place}`, each])))
        const out = fewOfTally(lines)
        for (const column of ['回答', '未回答']) {
          const sumOf = (isOut: boolean) =>
            lines
              .filter((line, place) => line.column === column && out.has(place) === isOut)
              .reduce((sum, { value }) => sum + Number(value), 0)
          expect(isFew(sumOf(true)) && sumOf(false) > 0).toBe(false)
        }
        expect(out.size === 2 && lines.length > 2).toBe(false)
      }),
    )
  })
})

describe('of the 公平性', () => {
  const { columns } = documentOf('fairness')!
  const headers = [
    ...['表', '区分', '全病院', '回答', '回答の割合（％）'],
    ...['選定対象', '選定対象の割合（％）', '選定'],
  ]
  const seenOf = (...rows: (readonly [string, string, string, string, string])[]) => {
    const cells = rows.map(([row, all, answered, eligible, selected]) => [
      ...['医療圏別', row, all, answered, '1', eligible, '2', selected],
    ])
    const seen = maskedTable({ headers, rows: cells }, columns, STANDING)
    return Object.fromEntries(
      seen.rows.map((row) => [row[1], row.slice(2).join(' ').replaceAll(REMOVED, '-')]),
    )
  }

  test('a line that points at few is left out with another, and the whole stays', () => {
    expect(
      seenOf(
        ['熊毛', '9', '6', '2', '1'],
        ['曽於', '8', '4', '6', '1'],
        ['鹿児島', '99', '60', '32', '20'],
        ['全体', '116', '70', '40', '22'],
      ),
    ).toEqual({
      熊毛: '9 6 1 - - 1',
      曽於: '8 4 1 - - 1',
      鹿児島: '99 60 1 32 2 20',
      全体: '116 70 1 40 2 22',
    })
  })

  test('who is selected is eligible: so much has to be left that nobody can tell', () => {
    expect(
      seenOf(
        ['熊毛', '9', '6', '1', '1'],
        ['出水', '9', '6', '1', '1'],
        ['曽於', '9', '5', '5', '1'],
        ['鹿児島', '99', '60', '32', '20'],
        ['全体', '126', '77', '39', '23'],
      ),
    ).toMatchObject({
      熊毛: '9 6 1 - - 1',
      出水: '9 6 1 - - 1',
      曽於: '9 5 1 - - 1',
      鹿児島: '99 60 1 32 2 20',
    })
  })

  test('where one or two have not answered nobody is told here how many have: 集計 tells it, in its own way', () => {
    expect(
      seenOf(
        ['熊毛', '9', '8', '4', '1'],
        ['鹿児島', '99', '60', '32', '20'],
        ['全体', '108', '68', '36', '21'],
      ),
    ).toEqual({ 熊毛: '9 - - 4 2 1', 鹿児島: '99 - - 32 2 20', 全体: '108 68 1 36 2 21' })
  })
})

test('what an officer decides counts from then on; a link stays closed whatever is decided', () => {
  const change = (
    document: string,
    column: string,
    grounds: DocumentRules['columns'][number]['grounds'],
  ) => ({
    document,
    column,
    grounds,
  })
  const changed = classesInForce([
    change('ministry', '備考', []),
    change('ministry', '都道府県名', ['operations']),
    change('ministry', '医療機関名', ['deliberation']),
    change('invitations', '回答用リンク', []),
  ])
  const ruleOf = (id: string, column: string) =>
    changed.find((each) => each.id === id)!.columns.find((each) => each.column === column)!
  expect(ruleOf('ministry', '備考').grounds).toEqual([])
  expect(ruleOf('ministry', '都道府県名').grounds).toEqual(['operations'])
  expect(ruleOf('ministry', '医療機関名')).toMatchObject({ grounds: ['deliberation'] })
  expect(ruleOf('ministry', '医療機関名').opening).toBeUndefined()
  expect(ruleOf('invitations', '回答用リンク').grounds).toEqual(['operations'])
})

test('in what was opened a sentence that names a contact is taken out; a cell of the name alone is not', () => {
  const opened = (id: string, column: string) =>
    classesInForce([{ document: id, column, grounds: [] }]).find((each) => each.id === id)!.columns
  const people = peopleIn(['試験 花子', '0990000000', 'hanako@hospital.example.jp', '林'])
  const standing = { ...STANDING, people }
  const seen = (text: string) =>
    maskedTable({ headers: ['備考'], rows: [[text]] }, opened('ministry', '備考'), standing).rows[0]![0]
  for (const text of ['連絡は試験花子まで', '電話は099-000-0000です', '→hanako@hospital.example.jp'])
    expect(seen(text)).toBe(REMOVED)
  for (const text of ['試験 花子', '林業の町にあります', '移転の予定です']) expect(seen(text)).toBe(text)
  const override = { kind: 'designate', reason: '試験　花子の申出' }
  const { value, removals } = maskedJson(
    { entries: [{ override }] },
    opened('register.json', 'entries[].override'),
    standing,
  )
  expect(value).toMatchObject({ entries: [{ override: { kind: 'designate', reason: REMOVED } }] })
  expect(removals.find(({ column }) => column === 'entries[].override')).toMatchObject({
    grounds: ['individual'],
    count: 1,
  })
})

test('the frozen classes say file, column and class', () => {
  const file = classesFileOf(classesInForce([]), 0)
  expect(file.format).toBe('kakuho.classes/1')
  expect(file.files['ministry.csv']!.担当者名).toEqual({ class: 'individual' })
  expect(file.files['ministry.cp932.csv']).toEqual(file.files['ministry.xlsx'])
  expect(file.files['ministry.csv']!.医療機関名).toEqual({
    class: 'open',
    closed: { when: '病院への結果の表示を始めるまで', grounds: ['deliberation'] },
  })
  expect(file.files['internal.xlsx']!.点数).toEqual({ class: 'safety', also: ['corporate'] })
  expect(file.files['hospitals.csv']!.立入検査).toEqual({ class: 'safety', also: ['corporate'] })
})

test('what nobody has classed is taken out', () => {
  const table = maskedTable({ headers: ['新しい列'], rows: [['値']] }, [], STANDING)
  expect(table.rows).toEqual([[REMOVED]])
  expect(
    maskedJson({ format: 'x', more: { here: 1 } }, documentOf('result.json')!.columns, STANDING).value,
  ).toMatchObject({ more: { here: REMOVED } })
})
