import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Hospital } from '../../../src/domain/master/hospital.ts'
import { mergeIntoMaster } from '../../../src/domain/master/merge.ts'
import { toCp932 } from '../../../src/domain/text/cp932.ts'
import { normaliseText } from '../../../src/domain/text/text.ts'
import { hospitalFileOf } from '../../../src/files/hospitals/file.ts'
import { hospitalSheetColumns } from '../../../src/files/hospitals/sheet-columns.ts'
import { toCsv } from '../../../src/files/table/csv.ts'
import { encodeCsv } from '../../../src/files/table/encoding.ts'
import { sheetOf, xlsxOf } from '../../../src/files/xlsx/write.ts'
import { geography, masters } from './masters.ts'

/** What goes out of the master comes in again as it was: by every format, every column of it. */

function read(bytes: Uint8Array) {
  const file = hospitalFileOf(bytes, { prefectureCode: '46', geography })
  if (!file.ok) throw new Error(file.message)
  expect(file.errors).toEqual([])
  return file
}

/** What taking the file in would change. */
function changed(known: readonly Hospital[], file: ReturnType<typeof read>, blank: 'keep' | 'clear') {
  const open = new Map(file.hospitals.map((parsed) => [parsed.hospital.key, parsed.open]))
  const incoming = file.hospitals.map(({ hospital }) => hospital)
  const options = { open, blank, isCp932: file.encoding === 'cp932' }
  const { changes, conflicts } = mergeIntoMaster(known, incoming, file.fields, options)
  expect(conflicts).toEqual([])
  return changes.filter(({ kind }) => kind !== 'unchanged').map(({ hospital }) => hospital)
}

const csv = (hospitals: readonly Hospital[], encoding: 'utf-8' | 'cp932') =>
  encodeCsv(toCsv(hospitalSheetColumns, hospitals), encoding)
const xlsx = (hospitals: readonly Hospital[]) =>
  xlsxOf([sheetOf('病院台帳', hospitalSheetColumns, hospitals)])
const rules = fc.constantFrom('keep' as const, 'clear' as const)

test('as a CSV in UTF-8', () => {
  fc.assert(
    fc.property(masters, rules, (hospitals, rule) => {
      const file = read(csv(hospitals, 'utf-8'))
      expect(file.hospitals.map(({ hospital }) => hospital)).toEqual(hospitals)
      expect(changed(hospitals, file, rule)).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test('as a workbook', async () => {
  await fc.assert(
    fc.asyncProperty(masters, rules, async (hospitals, rule) => {
      const file = read(await xlsx(hospitals))
      expect(file.hospitals.map(({ hospital }) => hospital)).toEqual(hospitals)
      expect(changed(hospitals, file, rule)).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('as a CSV in CP932 up to what it lacks, which never replaces what is known', () => {
  const written = (text: string | null) => (text === null ? null : normaliseText(toCp932(text).text) || null)
  fc.assert(
    fc.property(masters, (hospitals) => {
      const file = read(csv(hospitals, 'cp932'))
      for (const [index, { hospital }] of file.hospitals.entries()) {
        const { name, address, ownership } = hospitals[index]!
        expect([hospital.name, hospital.address, hospital.ownership]).toEqual(
          [name, address, ownership].map(written),
        )
      }
      expect(changed(hospitals, file, 'keep')).toEqual([])
    }),
    { numRuns: 300 },
  )
})
