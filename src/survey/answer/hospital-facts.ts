import type { TypedForm } from '../../domain/answer/form.ts'
import type { FindHospital } from './answer-rows.ts'

/** What the prefecture knows of the chosen hospital and selects by: shown, so that somebody checks it. */
export interface HospitalFacts {
  beds: number
  region: string
}

/** Null for one that is not in the master. */
export function hospitalFacts(
  { hospitalCode }: Pick<TypedForm, 'hospitalCode'>,
  findHospital: FindHospital,
): HospitalFacts | null {
  const hospital = findHospital(hospitalCode)
  return hospital && { beds: hospital.beds, region: hospital.region }
}
