import { type Hospital, NOTHING_FURTHER } from '../src/domain/master/hospital.ts'
import { generatedSnapshot, type Size } from './hospitals.ts'

/** The generated hospitals as rows of the sheet, with telephones and mail addresses. */
export function sheetHospitals(size: Size): Hospital[] {
  return generatedSnapshot(size).candidates.map((candidate, index) => ({
    ...NOTHING_FURTHER,
    key: candidate.code,
    medicalCode: candidate.code,
    naviiCode: null,
    name: candidate.name,
    kana: 'シケンビョウイン',
    region: '鹿児島',
    municipality: '鹿児島市',
    address: `架空町${index}番1号`,
    phone: `099-${String(index)
      .padStart(7, '0')
      .replace(/(\d{3})/, '$1-')}`,
    email: `somu@demo-${index}.example.jp`,
    beds: candidate.beds,
    bedsByType: null,
    functions: candidate.functions,
    inspection: candidate.inspection,
  }))
}
