/** 市町村 and 二次医療圏: which municipality lies in which region, and the order in which a prefecture lists its regions. */

import { foldName } from '../text/folding.ts'
import { normaliseDigits, normaliseText } from '../text/text.ts'

export interface Municipality {
  /** 市区町村コード as open data print it: 3 digits, without the prefecture ("201"). */
  code: string
  name: string
  /** 二次医療圏. */
  region: string
}

/** Where a hospital lies, by municipality. Prefecture-wide; `regions` in the order of the prefecture's own lists. */
export interface Geography {
  municipalities: readonly Municipality[]
  regions: readonly string[]
}

/** Where a region lies on a map of tiles, from 1: rows go south, columns east. */
export interface Tile {
  row: number
  column: number
}

/** A code of 3, 5 (46201) or 6 digits (462012, with check digit); or a name, with or without 県 and 郡 before it. */
type MunicipalityReference = { code: string } | { name: string }

export function regionOf(
  municipalities: readonly Municipality[],
  reference: MunicipalityReference,
): string | null {
  return findMunicipality(municipalities, reference)?.region ?? null
}

export function findMunicipality(
  municipalities: readonly Municipality[],
  reference: MunicipalityReference,
): Municipality | null {
  if ('code' in reference) {
    const code = threeDigits(reference.code)
    return municipalities.find((candidate) => candidate.code === code) ?? null
  }
  const name = normaliseText(reference.name)
  // The exact name first: 郡 also stands within names (郡山市), so only a second look takes it as a prefix.
  const short = name.replace(/^(?:.{2,3}[都道府県])?(?:.+郡)?/u, '')
  const keys = [name, short].map(foldName)
  return (
    municipalities.find((candidate) => candidate.name === name) ??
    municipalities.find((candidate) => candidate.name === short) ??
    municipalities.find((candidate) => keys.includes(foldName(candidate.name))) ??
    null
  )
}

/** The municipality in which an address lies, with or without 県 and 郡 before it: of several names the longest. */
export function municipalityIn(
  municipalities: readonly Municipality[],
  address: string,
): Municipality | null {
  const plain = normaliseText(address.slice(0, LONGEST_PLACE)).replace(/\s/gu, '')
  const bare = plain.replace(/^.{2,3}[都道府県]/u, '')
  const readings = [plain, bare, bare.replace(/^[^市区町村]{1,6}?郡/u, '')].map(foldName)
  const found = municipalities.filter(({ name }) => {
    const key = foldName(name)
    return readings.some((reading) => reading.startsWith(key))
  })
  return found.toSorted((a, b) => b.name.length - a.name.length)[0] ?? null
}

/** A municipality stands at the beginning. */
const LONGEST_PLACE = 40

/** The region of the prefecture that a text names, however it is spelt; else its bare name. */
export function regionNamed(regions: readonly string[], text: string): string {
  const bare = normaliseRegion(text)
  const keys = [text, bare].map(foldName)
  return regions.find((region) => keys.includes(foldName(region))) ?? bare
}

/** 二次医療圏 by its bare name: 「鹿児島保健医療圏」 and 「鹿児島圏域」 are 「鹿児島」. */
export function normaliseRegion(text: string): string {
  return normaliseText(text)
    .replace(/\s?(?:二次)?(?:保健)?医療圏域?$|圏域$/u, '')
    .trim()
}

/** Sorts regions as the prefecture lists them; one it does not list comes last, by code point. */
export function byRegion(regions: readonly string[]): (a: string, b: string) => number {
  const place = new Map(regions.map((region, index) => [region, index]))
  return (a, b) => {
    const difference = (place.get(a) ?? regions.length) - (place.get(b) ?? regions.length)
    return difference || (a < b ? -1 : Number(a > b))
  }
}

function threeDigits(code: string): string {
  const digits = normaliseDigits(code).trim()
  if (/^\d{5,6}$/.test(digits)) return digits.slice(2, 5)
  return digits.padStart(3, '0')
}
