import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { link, tag } from '../../../src/admin/list/cell.ts'
import { filterForm, type List, listPage, narrowed } from '../../../src/admin/list/list.ts'
import { pageOf } from '../../../src/admin/list/paging.ts'
import {
  anyText,
  listQuery,
  oneOf,
  pageNumber,
  type QueryOf,
  shownAs,
  sortBy,
} from '../../../src/admin/list/query.ts'
import { type Column, fileColumns, pickColumns, tableOf } from '../../../src/admin/list/table.ts'

interface Island {
  name: string
  kana: string
  size: number
  kind: 'big' | 'small'
}

const ISLANDS: Island[] = [
  { name: '屋久島', kana: 'ヤクシマ', size: 504, kind: 'big' },
  { name: '口永良部島', kana: 'クチノエラブジマ', size: 36, kind: 'small' },
  { name: '種子島', kana: 'タネガシマ', size: 444, kind: 'big' },
  { name: '竹島', kana: 'タケシマ', size: 4, kind: 'small' },
]

const QUERY = listQuery('/islands', {
  q: anyText,
  kind: oneOf(['big', 'small']),
  sea: anyText,
  view: shownAs(['map']),
  sort: sortBy(['name', 'size'], 'name'),
  page: pageNumber,
})
type IslandQuery = QueryOf<typeof QUERY>

const COLUMNS: Column<Island>[] = [
  { header: '島の面積', label: '面積', value: ({ size }) => size, look: 'number', sort: 'size' },
  {
    header: '島名',
    value: ({ name }) => name,
    cell: ({ name }) => link(name, `/${name}`),
    look: 'name',
    sort: 'name',
  },
  { header: 'フリガナ', value: ({ kana }) => kana },
  { header: '大きさ', cell: ({ kind }) => [tag('ok', kind), tag('muted', '島')] },
]

const LIST: List<Island, IslandQuery> = {
  query: QUERY,
  anchor: 'islands',
  search: { placeholder: '島', texts: ({ name, kana }) => [name, kana, null] },
  filters: [
    {
      name: 'kind',
      label: '大きさ',
      choices: [
        { id: 'big', label: '大' },
        { id: 'small', label: '小' },
      ],
      matches: ({ kind }, wanted) => kind === wanted,
    },
    { name: 'sea', label: '海', choices: [], matches: () => false },
  ],
  compare: (key) => (a, b) => (key === 'size' ? a.size - b.size : a.name.localeCompare(b.name, 'ja')),
  columns: COLUMNS,
  onPage: ['島名', '島の面積', '大きさ'],
  unit: '島',
  size: 3,
  table: { label: '島の一覧' },
}

const names = (query: object) => narrowed(LIST, ISLANDS, QUERY.parse(query)).map(({ name }) => name)

describe('the query of a list', () => {
  const nothing = { q: '', kind: '', sea: '', view: '', sort: 'name', page: 1 }

  test('reads what it knows, and the last where it is repeated', () => {
    const given = { q: [' 島 ', ' 屋久 '], kind: 'big', sort: '-size', page: '3', view: 'map' }
    expect(QUERY.parse(given)).toEqual({
      q: '屋久',
      kind: 'big',
      sea: '',
      view: 'map',
      sort: '-size',
      page: 3,
    })
  })

  test.each([
    [undefined],
    [null],
    ['q=x'],
    [{ kind: 'huge', sort: 'constructor', page: '0', view: 'list', other: 'x' }],
    [{ sort: '--size', page: '1e3', kind: 'BIG' }],
    [JSON.parse('{"__proto__":{"q":"x"},"constructor":"y"}')],
    [{ q: { a: 1 }, kind: 7, page: ['2', {}] }],
  ])('reads %j as if nothing were given', (given) => {
    expect(QUERY.parse(given)).toEqual(nothing)
  })

  test('is written without what is as if it were not given, and read back the same', () => {
    expect(QUERY.address(QUERY.parse({}))).toBe('/islands')
    const query: IslandQuery = { q: '島&', kind: 'small', sea: '', view: 'map', sort: 'size', page: 2 }
    const address = QUERY.address(query)
    expect(address).toBe('/islands?q=%E5%B3%B6%26&kind=small&sort=size&view=map&page=2')
    expect(QUERY.parse(Object.fromEntries(new URL(address, 'http://x').searchParams))).toEqual(query)
  })

  test('of a file says what is narrowed and in which order, not how the page shows it', () => {
    const query: IslandQuery = { ...nothing, kind: 'big', sort: '-size', page: 4, view: 'map' } as IslandQuery
    expect(QUERY.fileAddress(query, { type: 'csv', encoding: 'cp932' })).toBe(
      '/islands.csv?kind=big&encoding=cp932&sort=-size',
    )
    expect(QUERY.fileAddress(QUERY.parse({ page: '2' }), { type: 'xlsx' })).toBe('/islands.xlsx')
  })
})

describe('what a query shows', () => {
  test.each([
    [{}, ['屋久島', '口永良部島', '種子島', '竹島'].toSorted((a, b) => a.localeCompare(b, 'ja'))],
    [{ sort: 'size' }, ['竹島', '口永良部島', '種子島', '屋久島']],
    [{ sort: '-size' }, ['屋久島', '種子島', '口永良部島', '竹島']],
    [{ q: 'たけ' }, ['竹島']],
    [{ q: 'しま　ヤク' }, ['屋久島']],
    [{ q: '島 %' }, []],
    [{ kind: 'small', sort: 'size' }, ['竹島', '口永良部島']],
    [{ sea: 'どこか' }, []],
  ])('%j', (query, expected) => {
    expect(names(query)).toEqual(expected)
  })

  test('can be cleared where something is narrowed, be it to a value that no select has', () => {
    const cleared = (given: object) => listPage(LIST, ISLANDS, QUERY.parse(given)).form.cleared
    expect(cleared({})).toBeNull()
    expect(cleared({ page: '2', sort: 'size' })).toBeNull()
    expect(cleared({ q: '島' })).toBe('/islands#islands')
    expect(cleared({ kind: 'big' })).toBe('/islands#islands')
    expect(cleared({ sea: 'どこか' })).toBe('/islands#islands')
    expect(filterForm(LIST, QUERY.parse({ kind: 'big' }), true).filters[0]).toMatchObject({ value: 'big' })
  })
})

describe('the pages', () => {
  const numbers = (page: number, pages: number) =>
    pageOf(Array(pages * 10).fill(0), { page, size: 10, hrefOf: String }).paging.numbers

  test.each([
    [1, 1, '[1]'],
    [1, 2, '[1] 2'],
    [2, 3, '1 [2] 3'],
    [1, 12, '[1] 2 … 12'],
    [4, 12, '1 2 3 [4] 5 … 12'],
    [5, 12, '1 … 4 [5] 6 … 12'],
    [12, 12, '1 … 11 [12]'],
    [99, 12, '1 … 11 [12]'],
  ])('page %i of %i: %3$s', (page, pages, expected) => {
    const text = numbers(page, pages).map((each) =>
      each === null ? '…' : each.isCurrent ? `[${each.number}]` : String(each.number),
    )
    expect(text.join(' ')).toBe(expected)
  })

  test('lead to every row once, whatever their number and size', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 60 }), (count, size) => {
        const rows = Array.from({ length: count }, (_, index) => index)
        const seen: number[] = []
        for (let page: string | null = '1'; page; ) {
          const shown: ReturnType<typeof pageOf<number>> = pageOf(rows, {
            page: Number(page),
            size,
            hrefOf: String,
          })
          seen.push(...shown.rows)
          expect(shown.paging.last - shown.paging.first + 1).toBe(count === 0 ? 1 : shown.rows.length)
          page = shown.paging.next
        }
        expect(seen).toEqual(rows)
      }),
    )
  })
})

describe('the table', () => {
  const page = listPage(LIST, ISLANDS, QUERY.parse({ sort: 'size' }))

  test('has the page’s columns in the page’s order, with the short labels', () => {
    expect(page.table.heads.map(({ text, look }) => [text, look])).toEqual([
      ['島名', ''],
      ['面積', 'number'],
      ['大きさ', ''],
    ])
    expect(page.table.rows[0]!.cells).toEqual([
      { look: 'name', isHead: true, label: '島名', card: 'name', parts: [link('竹島', '/竹島')] },
      { look: 'number', isHead: false, label: '面積', card: 'below', parts: [{ kind: 'text', text: '4' }] },
      {
        look: '',
        isHead: false,
        label: '大きさ',
        card: 'state',
        parts: [tag('ok', 'small'), tag('muted', '島')],
      },
    ])
    expect(page).toMatchObject({ found: 4, all: 4, unit: '島' })
    expect(page.table.rows).toHaveLength(3)
  })

  test('is sorted by a head, and the other way round by the head that it is sorted by', () => {
    const [name, size, kind] = page.table.heads
    expect(size).toMatchObject({ sort: 'ascending', href: '/islands?sort=-size#islands' })
    expect(name).toMatchObject({ sort: null, href: '/islands#islands' })
    expect(kind).toMatchObject({ sort: null, href: null })
    const other = listPage(LIST, ISLANDS, QUERY.parse({ sort: '-size', page: '2' }))
    expect(other.table.heads[1]).toMatchObject({ sort: 'descending', href: '/islands?sort=size#islands' })
  })

  test('and the file are made of the same columns', () => {
    expect(fileColumns(COLUMNS).map(({ header }) => header)).toEqual(['島の面積', '島名', 'フリガナ'])
    expect(() => pickColumns(COLUMNS, ['面積'])).toThrow('no column 面積')
    expect(tableOf(COLUMNS, [], { label: '島' }).rows).toEqual([])
  })
})
