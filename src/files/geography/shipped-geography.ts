import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Geography } from '../../domain/master/region.ts'
import { programFile } from '../../program-files.ts'
import { readGeography } from './municipalities.ts'

/** What ships with the program. */
export const RESOURCES = programFile('resources')
const NONE: Geography = { municipalities: [], regions: [] }
const known = new Map<string, Geography>()

/**
 * The municipalities and regions of a prefecture that ship with the program, read once.
 * Where it ships none both are empty: regions then sort by name, and a master has to name them.
 */
export function shippedGeography(prefectureCode: string): Geography {
  const geography = known.get(prefectureCode) ?? read(prefectureCode)
  known.set(prefectureCode, geography)
  return geography
}

function read(prefectureCode: string): Geography {
  const isShipped =
    /^\d{2}$/.test(prefectureCode) && existsSync(resolve(RESOURCES, `regions-${prefectureCode}.csv`))
  return isShipped ? readGeography(RESOURCES, prefectureCode) : NONE
}
