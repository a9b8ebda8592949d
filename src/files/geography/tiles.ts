import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Tile } from '../../domain/master/region.ts'
import { cell, hasColumn, readTable, type TableRecord } from '../table/table.ts'
import { RESOURCES } from './shipped-geography.ts'

/** As many as the stylesheet of the map places. */
const MOST = { row: 12, column: 6 }

/**
 * Where each region of a prefecture lies on its map of tiles: the columns 行 and 列 of `regions-46.csv`. Empty where
 * the program ships none. A flaw of a shipped file throws.
 */
export function shippedTiles(prefectureCode: string): ReadonlyMap<string, Tile> {
  const path = resolve(RESOURCES, `regions-${prefectureCode}.csv`)
  if (!/^\d{2}$/.test(prefectureCode) || !existsSync(path)) return new Map()
  return readTiles(readFileSync(path), path)
}

export function readTiles(bytes: Uint8Array, path: string): ReadonlyMap<string, Tile> {
  const read = readTable(bytes)
  if (!read.ok) throw new Error(`${path}: ${read.message}`)
  if (!hasColumn(read.table, '行')) return new Map()
  const tiles = new Map<string, Tile>()
  for (const record of read.table.records) {
    const [row, column] = [placeIn(record, '行', MOST.row), placeIn(record, '列', MOST.column)]
    const isTaken = [...tiles.values()].some((other) => other.row === row && other.column === column)
    if (row === null || column === null || isTaken)
      throw new Error(`${path}: row ${record.row}: no place of its own on the map`)
    tiles.set(cell(record, '二次医療圏').trim(), { row, column })
  }
  return tiles
}

function placeIn(record: TableRecord, header: string, most: number): number | null {
  const text = cell(record, header).trim()
  return /^[1-9]\d?$/.test(text) && Number(text) <= most ? Number(text) : null
}
