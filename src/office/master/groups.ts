import { type Hospital, hospitalText } from '../../domain/master/hospital.ts'
import { byRegion, type Geography } from '../../domain/master/region.ts'
import { foldName } from '../../domain/text/folding.ts'
import { byReading } from '../../domain/text/reading-order.ts'

/** The hospitals of one 二次医療圏, as an `optgroup` lists them. */
export interface HospitalGroup {
  region: string
  options: HospitalOption[]
}

interface HospitalOption {
  code: string
  label: string
  /** Reading, codes and beds for the script, 「シケンビョウイン 4619900011 120」: in one text they compress best. */
  facts: string
}

/** Every hospital of the master, as the hospitals' side offers it. */
export function hospitalGroups(hospitals: readonly Hospital[], geography: Geography): HospitalGroup[] {
  const placeOf = tellingPlaces(hospitals)
  return grouped(hospitals, geography).map(([region, members]) => ({
    region,
    options: members.map((hospital) => {
      const { key: code, name } = hospital
      return {
        code,
        label: labelled(name, [placeOf(hospital)]),
        facts: factsOf(hospital, [hospital.medicalCode]),
      }
    }),
  }))
}

/** The same for officers, who tell hospitals apart by their beds as well. */
export interface HospitalChoices {
  label: string
  options: HospitalOption[]
}

/** @param typedName first come those whose name resembles it */
export function hospitalChoices(
  hospitals: readonly Hospital[],
  geography: Geography,
  typedName = '',
): HospitalChoices[] {
  const placeOf = tellingPlaces(hospitals)
  const optionsOf = (members: readonly Hospital[]) =>
    members.map((hospital) => {
      const { key: code, name, beds } = hospital
      return {
        code,
        label: labelled(name, [placeOf(hospital), `${beds}床`]),
        facts: factsOf(hospital, codesOf(hospital)),
      }
    })
  const alike = alikeBy(typedName, hospitals)
  return [
    ...(alike.length > 0 ? [{ label: '名称が似ている病院', options: optionsOf(alike) }] : []),
    ...grouped(hospitals, geography).map(([region, members]) => ({
      label: `${region}医療圏`,
      options: optionsOf(members),
    })),
  ]
}

/** @param codes by which one is looked for beside the key */
function factsOf({ key, kana, beds }: Hospital, codes: (string | null)[]): string {
  const others = codes.filter((code) => code !== key)
  return [kana?.replace(/\s/gu, ''), ...others, beds]
    .filter((fact) => fact !== null && fact !== undefined)
    .join(' ')
}

function codesOf({ medicalCode, naviiCode }: Hospital): (string | null)[] {
  return [medicalCode, naviiCode]
}

/** Regions and municipalities in the prefecture's order, then by reading. */
function grouped(
  hospitals: readonly Hospital[],
  { regions, municipalities }: Geography,
): [region: string, members: Hospital[]][] {
  const place = new Map(municipalities.map(({ name }, index) => [name, index]))
  const placeOf = (hospital: Hospital) => place.get(hospital.municipality ?? '') ?? municipalities.length
  const sorted = hospitals.toSorted((a, b) => placeOf(a) - placeOf(b) || byReadingOfName(a, b))
  const inRegions = [...Map.groupBy(sorted, ({ region }) => region)]
  return inRegions.toSorted(([a], [b]) => byRegion(regions)(a, b))
}

function byReadingOfName(a: Hospital, b: Hospital): number {
  return byReading(a.kana ?? a.name, b.kana ?? b.name) || byReading(a.key, b.key)
}

/** The municipality; two may share a name even within one, and then the address tells them apart. */
function tellingPlaces(hospitals: readonly Hospital[]): (hospital: Hospital) => string | null {
  const alike = Map.groupBy(hospitals, hospitalText)
  return (hospital) => {
    const isAlone = alike.get(hospitalText(hospital))!.length === 1
    return isAlone ? hospital.municipality : (hospital.address ?? hospital.key)
  }
}

function labelled(name: string, facts: (string | null)[]): string {
  const known = facts.filter(Boolean)
  return known.length === 0 ? name : `${name}（${known.join('・')}）`
}

const CANDIDATES = 5
const ALIKE = 0.4

function alikeBy(typedName: string, hospitals: readonly Hospital[]): Hospital[] {
  const typed = pairs(typedName)
  if (typed.size === 0) return []
  return hospitals
    .map((hospital) => ({ hospital, likeness: likeness(pairs(hospital.name), typed) }))
    .filter((candidate) => candidate.likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, CANDIDATES)
    .map(({ hospital }) => hospital)
}

/** The share of pairs of neighbouring letters that two names have in common (Dice), 0..1. */
function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const common = [...left].filter((pair) => right.has(pair)).length
  return left.size + right.size === 0 ? 0 : (2 * common) / (left.size + right.size)
}

/** Words that most names have tell nothing apart. */
const COMMON_WORDS = /医療法人|社会|財団|社団|一般|公益|病院|クリニック|医院|会|\s/g

function pairs(name: string): Set<string> {
  const letters = [...foldName(name.replace(COMMON_WORDS, ''))]
  return new Set(
    letters.length === 1 ? letters : letters.slice(1).map((letter, index) => letters[index]! + letter),
  )
}
