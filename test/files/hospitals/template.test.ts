import { expect, test } from 'vitest'
import { readGeography } from '../../../src/files/geography/municipalities.ts'
import { hospitalFileOf } from '../../../src/files/hospitals/file.ts'
import { hospitalSheetColumns } from '../../../src/files/hospitals/sheet-columns.ts'
import { emptyHospitalCsv, emptyHospitalXlsx } from '../../../src/files/hospitals/template.ts'
import { toCsv } from '../../../src/files/table/csv.ts'
import { readFittingSheet } from '../../../src/files/xlsx/read.ts'

const geography = readGeography(new URL('../../../resources', import.meta.url).pathname, '46')
const options = { prefectureCode: '46', geography }

const PLACE = { name: '鹿児島市', region: '鹿児島' }

test('the empty sheet is the header alone, and is read without a word', async () => {
  for (const bytes of [emptyHospitalCsv('utf-8'), emptyHospitalCsv('cp932'), await emptyHospitalXlsx(PLACE)])
    expect(hospitalFileOf(bytes, options)).toMatchObject({
      ok: true,
      format: 'hospital-sheet',
      hospitals: [],
      warnings: [],
      errors: [],
    })
})

test('its second sheet explains every column, by examples that are read as they stand', async () => {
  const read = readFittingSheet(await emptyHospitalXlsx(PLACE), (rows) => rows[0]![0] === '見出し')
  if (!read.ok) throw new Error(read.message)
  const [, ...guide] = read.rows
  expect(guide.map(([header]) => header)).toEqual(hospitalSheetColumns.map(({ header }) => header))
  expect(guide.every(([, , what]) => what !== '')).toBe(true)
  const examples = new Map(guide.map(([header, , , example]) => [header!, example!]))
  const columns = hospitalSheetColumns.map(({ header }) => ({ header, value: () => examples.get(header)! }))
  const file = hospitalFileOf(Buffer.from(toCsv(columns, [null])), options)
  expect(file).toMatchObject({ ok: true, errors: [], warnings: [] })
  expect(file.ok && file.hospitals[0]!.hospital).toMatchObject({
    beds: 120,
    functions: ['emergency', 'disaster'],
    filings: [{ name: '診療録管理体制加算１', from: '2024-06-01' }],
    isClosed: true,
  })
})
