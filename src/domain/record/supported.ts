import { z } from 'zod'
import type { Hospital } from '../master/hospital.ts'
import type { Archive } from '../selection/archive/archive.ts'
import { fiscalYearText } from '../text/dates.ts'
import { readFiscalYear } from '../text/typed-dates.ts'

/** A hospital as an earlier survey knew it. */
export interface SupportedHospital {
  /** The key of that survey's master. */
  code: string
  medicalCode: string | null
  naviiCode: string | null
  name: string
}

/** Of a register only what tells hospitals: a later format may know more of them. */
const registerSchema = z.object({
  entries: z.array(
    z.object({
      hospital: z.object({
        code: z.string(),
        medicalCode: z.string().nullish(),
        naviiCode: z.string().nullish(),
        name: z.string(),
      }),
    }),
  ),
})

const decisionsSchema = z.object({
  results: z.array(z.object({ code: z.string(), decision: z.string() })),
})

/**
 * The hospitals that an archive's edition selects, without those that have declined since, by the codes of its register.
 * An archive without a register has the codes of its snapshot.
 */
export function supportedHospitals({ result, amendment, snapshot, files }: Archive): SupportedHospital[] {
  const { results } = decisionsSchema.parse(amendment?.result ?? result)
  const register = files.find(({ name }) => name === 'register.json')
  const known = register
    ? registerSchema.parse(JSON.parse(register.content)).entries.map(({ hospital }) => hospital)
    : snapshot.candidates.map(({ code, name }) => ({ code, name, medicalCode: null, naviiCode: null }))
  const hospitals = new Map(known.map((hospital) => [hospital.code, hospital]))
  return results
    .filter(({ decision }) => decision === 'selected')
    .map(({ code }) => {
      const { medicalCode = null, naviiCode = null, name } = hospitals.get(code) ?? { name: code }
      return { code, medicalCode, naviiCode, name }
    })
}

/** Who of an earlier survey is who in today's master. */
interface MatchedHospitals {
  found: Hospital[]
  /** None has one of its codes, or its codes name two. */
  unknown: SupportedHospital[]
}

export function matchSupported(
  hospitals: readonly Hospital[],
  supported: readonly SupportedHospital[],
): MatchedHospitals {
  const found = new Map<string, Hospital>()
  const unknown: SupportedHospital[] = []
  for (const each of supported) {
    const named = namedBy(hospitals, each)
    const [hospital] = named
    if (hospital && named.length === 1) found.set(hospital.key, hospital)
    else unknown.push(each)
  }
  return { found: [...found.values()], unknown }
}

/** By its own codes; the key of then only where those name nobody. */
function namedBy(
  hospitals: readonly Hospital[],
  { code, medicalCode, naviiCode }: SupportedHospital,
): Hospital[] {
  const byCode = hospitals.filter(
    (each) =>
      (medicalCode !== null && [each.medicalCode, each.key].includes(medicalCode)) ||
      (naviiCode !== null && [each.naviiCode, each.key].includes(naviiCode)),
  )
  if (byCode.length > 0) return byCode
  return hospitals.filter(({ key, medicalCode, naviiCode }) => [key, medicalCode, naviiCode].includes(code))
}

/** 令和6年度、令和7年度: in their order, each once. @param year western */
export function withSupportedYear(supportedIn: string | null, year: number): string {
  const known = (supportedIn ?? '').split('、').flatMap((text) => readFiscalYear(text) ?? [])
  return [...new Set([...known, year])]
    .sort((a, b) => a - b)
    .map(fiscalYearText)
    .join('、')
}
