import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Geography, Municipality } from '../../domain/master/region.ts'
import { cell, readTable, type TableRecord } from '../table/table.ts'

/**
 * A prefecture's municipalities and regions from `municipalities-46.csv` (市区町村コード,市町村,二次医療圏) and
 * `regions-46.csv` (二次医療圏, in the order of the prefecture's lists; where each lies is for `tiles.ts`). They ship with the program, so a flaw throws.
 */
export function readGeography(directory: string, prefectureCode: string): Geography {
  const municipalities = readMunicipalities(join(directory, `municipalities-${prefectureCode}.csv`))
  const regions = readRegions(join(directory, `regions-${prefectureCode}.csv`))
  return { municipalities, regions }
}

function readMunicipalities(path: string): Municipality[] {
  return records(path).map((record) => ({
    code: filled(path, record, '市区町村コード'),
    name: filled(path, record, '市町村'),
    region: filled(path, record, '二次医療圏'),
  }))
}

function readRegions(path: string): string[] {
  return records(path).map((record) => filled(path, record, '二次医療圏'))
}

function records(path: string): readonly TableRecord[] {
  const read = readTable(readFileSync(path))
  if (!read.ok) throw new Error(`${path}: ${read.message}`)
  const [flaw] = [...read.table.ragged, ...read.table.padded]
  if (flaw) throw new Error(`${path}: row ${flaw.row}: ${flaw.message}`)
  return read.table.records
}

function filled(path: string, record: TableRecord, header: string): string {
  const text = cell(record, header).trim()
  if (!text) throw new Error(`${path}: row ${record.row}: ${header} is blank`)
  return text
}
