import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { strangerProblems } from '../../../src/files/reports/order-names.ts'
import { aHospital } from '../../support/builders.ts'

const NAMES = [
  '甲病院',
  '乙病院',
  '霧ヶ丘病院',
  '髙﨑病院',
  '第一病院',
  '医療法人　慈会　第一病院',
  'ビラ病院',
  '甲病院',
]
const HOSPITALS = NAMES.map((name, index) =>
  aHospital({
    key: `46${index}`,
    medicalCode: `46${index}`,
    naviiCode: index % 2 === 0 ? `N${index}` : null,
    name,
  }),
)
const LINES = HOSPITALS.map(({ medicalCode, naviiCode, name }, index) => ({
  row: index + 2,
  medicalCode: medicalCode!,
  naviiCode: naviiCode ?? '',
  name,
}))
const rowsOf = (lines: typeof LINES) => strangerProblems(lines, HOSPITALS).flatMap(({ row }) => row ?? [])

describe('a row whose name and code belong together', () => {
  test.each([
    [2, '霧が丘病院'],
    [2, '霧ケ丘 病院'],
    [3, '高崎病院'],
    [3, '髙﨑病院（要確認）'],
    [5, '第一病院 医療法人　慈会　第一病院'],
    [6, 'ﾋﾞﾗ病院'],
    [6, 'びら病院'],
    [0, ''],
    [0, '　甲病院　'],
    [7, '甲病院'],
  ])('%d %j', (index, name) => {
    expect(rowsOf([{ ...LINES[index]!, name }])).toEqual([])
  })
})

describe('a row whose name is another’s', () => {
  test.each([
    [0, '乙病院'],
    [4, '医療法人　慈会　第一病院'],
    [5, '第一病院'],
    [0, '聞いたことのない医院'],
  ])('%d %j', (index, name) => {
    const line = { ...LINES[index]!, name }
    expect(strangerProblems([line], HOSPITALS)).toEqual([
      { row: null, message: expect.stringContaining('1つの列だけを並べ替えた') },
      {
        row: line.row,
        message: `医療機関名「${name}」とコード「${line.medicalCode}」（${HOSPITALS[index]!.name}）が、別の病院のものです。`,
      },
    ])
  })
})

test('a column that is put into another order by itself is found, row by row', () => {
  const columns = fc.constantFrom('name', 'medicalCode' as const)
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...LINES.keys()], { minLength: LINES.length }),
      columns,
      (places, column) => {
        const lines = LINES.map((line, index) => ({
          ...line,
          naviiCode: '',
          [column]: LINES[places[index]!]![column as 'name'],
        }))
        const strange = lines
          .filter((_, index) => NAMES[places[index]!] !== NAMES[index])
          .map(({ row }) => row)
        expect(rowsOf(lines)).toEqual(strange)
      },
    ),
  )
})

test('so is a column that another was pasted over, and the other code', () => {
  expect(rowsOf(LINES.map((line) => ({ ...line, name: '乙病院' })))).toEqual([2, 4, 5, 6, 7, 8, 9])
  const codes = LINES.map(({ naviiCode }) => naviiCode).toReversed()
  const lines = LINES.map((line, index) => ({ ...line, naviiCode: codes[index]! }))
  expect(rowsOf(lines)).toEqual(lines.filter(({ naviiCode }) => naviiCode !== '').map(({ row }) => row))
})
