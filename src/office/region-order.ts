import { byRegion } from '../domain/master/region.ts'
import { shippedGeography } from '../files/geography/shipped-geography.ts'

/** Compares 二次医療圏 in the order of the prefecture's own lists; by name where the program ships none. */
export function regionOrder(prefectureCode: string): (a: string, b: string) => number {
  return byRegion(shippedGeography(prefectureCode).regions)
}
