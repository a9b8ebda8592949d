import type { Hospital } from '../domain/master/hospital.ts'
import { byRegion } from '../domain/master/region.ts'
import { shippedGeography } from '../files/geography/shipped-geography.ts'

/** 建制順: hospitals as the prefecture's own lists have them, by region, then by municipality, then by code. */
export function officialOrder(prefectureCode: string): (a: Hospital, b: Hospital) => number {
  const { regions, municipalities } = shippedGeography(prefectureCode)
  const inOrder = byRegion(regions)
  const places = new Map(municipalities.map(({ name }, index) => [name, index]))
  const placeOf = ({ municipality }: Hospital) => places.get(municipality ?? '') ?? municipalities.length
  const codeOf = ({ medicalCode, key }: Hospital) => medicalCode ?? key
  return (a, b) => inOrder(a.region, b.region) || placeOf(a) - placeOf(b) || (codeOf(a) < codeOf(b) ? -1 : 1)
}
