import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { shippedGeography } from '../src/files/geography/shipped-geography.ts'
import { hospitalFileOf, readHospitalFile } from '../src/files/hospitals/file.ts'
import { hospitalSheetColumns } from '../src/files/hospitals/sheet-columns.ts'
import { toCsv } from '../src/files/table/csv.ts'
import { encodeCsv } from '../src/files/table/encoding.ts'
import { sheetOf, toXlsx } from '../src/files/xlsx/write.ts'
import { fictionalBureauWorkbook } from '../test/support/bureau-workbook.ts'
import { sheetHospitals } from './generated-survey.ts'
import { COUNTRY } from './hospitals.ts'
import type { BenchCase } from './main.ts'

/** The published list where it lies beside the project, else one of its size. */
const PUBLISHED = resolve(import.meta.dirname, '../../shared/data/r7_10_shisetsu_kagoshima_ika_02.xlsx')
const isPublished = existsSync(PUBLISHED)
const list = isPublished ? readFileSync(PUBLISHED) : fictionalBureauWorkbook().bytes

const geography = shippedGeography('46')
const options = { prefectureCode: '46', geography }
const hospitals = sheetHospitals(COUNTRY)
const sheet = sheetOf('病院台帳', hospitalSheetColumns, hospitals)
const xlsx = await toXlsx([sheet])
const csv = encodeCsv(toCsv(hospitalSheetColumns, hospitals), 'utf-8')

export const iterations = 5

export const cases: BenchCase[] = [
  {
    name: `import of a bureau's list (${isPublished ? 'published' : 'generated'})`,
    goal: 3000,
    run: () => readHospitalFile(list, options),
  },
  { name: 'the same without a thread', run: () => hospitalFileOf(list, options) },
  { name: 'hospital sheet of 8,200 rows read, XLSX', goal: 1500, run: () => readHospitalFile(xlsx, options) },
  { name: 'hospital sheet of 8,200 rows read, CSV', goal: 1500, run: () => readHospitalFile(csv, options) },
  {
    name: 'CSV of 8,200 rows',
    goal: 120,
    run: () => encodeCsv(toCsv(hospitalSheetColumns, hospitals), 'utf-8'),
  },
  { name: 'the same in CP932', run: () => encodeCsv(toCsv(hospitalSheetColumns, hospitals), 'cp932') },
  { name: 'XLSX of 8,200 rows, in a thread', goal: 1500, run: () => toXlsx([sheet]) },
]

export function notes(): string[] {
  const { wall, blocked, memory, hospitals } = oneImport()
  return [
    `one import in a process at rest: ${hospitals} hospitals in ${wall.toFixed(0)} ms, event loop blocked for at most ${blocked.toFixed(0)} ms (goal 50), ${(memory / 1e6).toFixed(0)} MB above rest (goal 150)`,
  ]
}

function oneImport(): Record<'wall' | 'blocked' | 'memory' | 'hospitals', number> {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-bench-'))
  const file = join(folder, 'list.xlsx')
  writeFileSync(file, list)
  const { stdout } = spawnSync(process.execPath, [resolve(import.meta.dirname, 'one-import.ts'), file], {
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  return JSON.parse(stdout)
}
