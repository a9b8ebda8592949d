import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { byRegion } from '../domain/region.ts'
import { readRegions } from '../files/municipalities.ts'

const RESOURCES = resolve(import.meta.dirname, '../../resources')
const orders = new Map<string, readonly string[]>()

/** Compares 二次医療圏 in the order of the prefecture's own lists; by name where the program ships none. */
export function regionOrder(prefectureCode: string): (a: string, b: string) => number {
  const known = orders.get(prefectureCode) ?? shippedRegions(prefectureCode)
  orders.set(prefectureCode, known)
  return byRegion(known)
}

function shippedRegions(prefectureCode: string): readonly string[] {
  const path = resolve(RESOURCES, `regions-${prefectureCode}.csv`)
  return /^\d{2}$/.test(prefectureCode) && existsSync(path) ? readRegions(path) : []
}
