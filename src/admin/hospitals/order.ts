import { INSPECTION_IDS } from '../../domain/master/hospital.ts'
import { byReadingAndNumber } from '../../domain/text/reading-order.ts'
import type { ListedHospital } from '../../office/master/rows.ts'

type Compare = (a: ListedHospital, b: ListedHospital, byRegion: (a: string, b: string) => number) => number

/** By what the master's list is sorted: the keys of its columns. What is not known comes last. */
export const HOSPITAL_ORDERS: Readonly<Record<string, Compare>> = {
  code: byText(({ hospital }) => hospital.medicalCode),
  name: byText(({ hospital }) => hospital.kana ?? hospital.name),
  region: (a, b, byRegion) => byRegion(a.hospital.region, b.hospital.region),
  municipality: byText(({ hospital }) => hospital.municipality),
  beds: (a, b) => a.hospital.beds - b.hospital.beds,
  inspection: (a, b) =>
    INSPECTION_IDS.indexOf(a.hospital.inspection) - INSPECTION_IDS.indexOf(b.hospital.inspection),
  answer: (a, b) =>
    (a.submission?.id ?? Number.MAX_SAFE_INTEGER) - (b.submission?.id ?? Number.MAX_SAFE_INTEGER),
}

function byText(of: (row: ListedHospital) => string | null): Compare {
  return (a, b) => {
    const [first, second] = [of(a), of(b)]
    if (first === null || second === null) return Number(first === null) - Number(second === null)
    return byReadingAndNumber(first, second)
  }
}
