import type { Hospital } from '../../domain/master/hospital.ts'
import { hospitalText } from '../../domain/master/hospital.ts'
import { byRegion, type Geography } from '../../domain/master/region.ts'

/** The hospitals of one 二次医療圏, as an `optgroup` lists them. */
export interface HospitalGroup {
  region: string
  options: HospitalOption[]
}

export interface HospitalOption {
  code: string
  label: string
  /** Reading and beds for the script, 「シケンビョウイン 120」: in one text they compress best. */
  facts: string
}

/** Every hospital of the master: regions and municipalities in the prefecture's order, then by reading. */
export function hospitalGroups(
  hospitals: readonly Hospital[],
  { regions, municipalities }: Geography,
): HospitalGroup[] {
  const place = new Map(municipalities.map(({ name }, index) => [name, index]))
  const placeOf = (hospital: Hospital) => place.get(hospital.municipality ?? '') ?? municipalities.length
  const sorted = hospitals.toSorted((a, b) => placeOf(a) - placeOf(b) || byReading(a, b))
  const labelOf = uniqueLabels(hospitals)
  return [...Map.groupBy(sorted, ({ region }) => region)]
    .toSorted(([a], [b]) => byRegion(regions)(a, b))
    .map(([region, members]) => ({
      region,
      options: members.map((hospital) => {
        const { key: code, beds, kana } = hospital
        return { code, label: labelOf(hospital), facts: `${kana ?? ''} ${beds}` }
      }),
    }))
}

const collator = new Intl.Collator('ja')

function byReading(a: Hospital, b: Hospital): number {
  return collator.compare(a.kana ?? a.name, b.kana ?? b.name) || collator.compare(a.key, b.key)
}

/** Two hospitals may share a name, even in one municipality: then the address tells them apart. */
function uniqueLabels(hospitals: readonly Hospital[]): (hospital: Hospital) => string {
  const counts = new Map<string, number>()
  for (const hospital of hospitals)
    counts.set(hospitalText(hospital), (counts.get(hospitalText(hospital)) ?? 0) + 1)
  return (hospital) => {
    const label = hospitalText(hospital)
    if (counts.get(label) === 1) return label
    return `${hospital.name}（${hospital.address ?? hospital.key}）`
  }
}
