import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, it } from 'vitest'
import { readGeography } from '../../src/files/geography/municipalities.ts'
import { gmisFileOf } from '../../src/files/gmis/gmis.ts'
import { parseHospitalFile } from '../../src/files/hospitals/file.ts'
import { readTable } from '../../src/files/table/table.ts'

const geography = readGeography(new URL('../../resources', import.meta.url).pathname, '46')

function read(bytes: Uint8Array) {
  return [
    parseHospitalFile(readTable(bytes), { prefectureCode: '46', geography }),
    gmisFileOf(bytes, { prefectureCode: '46' }),
  ]
}

/** A good row of each format; any of its cells may then be replaced by one of the others. */
const GOOD_ROWS: Record<string, string>[] = [
  {
    医療機関コード: '4619900014',
    機関コード: '46990001',
    医療機関名: '架空病院',
    フリガナ: '',
    二次医療圏: '',
    市町村: '奄美市',
    電話番号: '',
    メールアドレス: '',
    許可病床数: '50',
    一般病床: '50',
    医療機能: '',
    立入検査: '',
  },
  {
    ID: '46990001',
    正式名称: '架空病院',
    '正式名称（フリガナ）': '',
    機関区分: '1',
    都道府県コード: '46',
    市区町村コード: '222',
    所在地: '',
    一般病床: '50',
    療養病床: '',
    精神病床: '',
    結核病床: '',
    感染症病床: '',
    合計病床数: '50',
  },
  {
    医療機関コード: '4619900014',
    機関コード: '46990001',
    'Q6 計画': 'はい',
    Q7: 'いいえ',
    'Q9-1': '',
    Q11: '不明',
  },
]
const CELLS = [
  '',
  '=1',
  "'",
  "'=",
  '="1"',
  '0',
  '-',
  '１２',
  '99999',
  '4.6E+09',
  '"',
  '病\n院',
  '𠮷',
  '\u3099',
  '\ue000',
  '__proto__',
  ' ',
  '、;；',
]

const anyCell = fc.oneof(fc.constantFrom(...CELLS), fc.string({ unit: 'binary', maxLength: 4 }))
const anyCsv = fc.constantFrom(...GOOD_ROWS).chain((good) => {
  const cell = (value: string) =>
    fc.oneof({ weight: 12, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: anyCell })
  const row = fc.tuple(...Object.values(good).map(cell))
  const encoding = fc.constantFrom('utf8', 'cp932')
  return fc
    .tuple(fc.array(row, { minLength: 1, maxLength: 6 }), fc.array(anyCell, { maxLength: 2 }), encoding)
    .map(([rows, last, code]) => iconv.encode(stringify([Object.keys(good), ...rows, last]), code))
})

it('whatever the bytes, the answer is a file or a message in Japanese, never an exception', () => {
  const outcomes = new Set<string>()
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), { weight: 3, arbitrary: anyCsv }), (bytes) => {
      for (const file of read(bytes)) {
        if (!file.ok) {
          expect(file.message).toMatch(/。$|：「/u)
          outcomes.add('refused')
          continue
        }
        const rows = 'hospitals' in file ? file.hospitals : file.rows
        const wrong = new Set(file.errors.map(({ row }) => row))
        expect(rows.filter(({ row }) => wrong.has(row))).toEqual([])
        for (const issue of [...file.warnings, ...file.errors]) expect(issue.message).toMatch(/。$/u)
        outcomes.add(rows.length > 0 ? 'read' : 'nothing left')
        if (wrong.size > 0 && rows.length > 0) outcomes.add('read in part')
      }
    }),
    { numRuns: 2000 },
  )
  expect([...outcomes].sort()).toEqual(['nothing left', 'read', 'read in part', 'refused'])
})
