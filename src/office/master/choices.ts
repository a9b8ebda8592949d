import type { Hospital } from '../../domain/master/hospital.ts'
import { normalForm } from '../../domain/text/text.ts'

export interface HospitalChoices {
  label: string
  options: { code: string; label: string }[]
}

const CANDIDATES = 5
const ALIKE = 0.4

/** The master as groups of options: first those whose name resembles what was typed, then every 二次医療圏. */
export function hospitalChoices(
  hospitals: readonly Hospital[],
  typedName: string,
  byRegion: (a: string, b: string) => number,
): HospitalChoices[] {
  const alike = hospitals
    .map((hospital) => ({ hospital, likeness: likeness(hospital.name, typedName) }))
    .filter((candidate) => candidate.likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, CANDIDATES)
    .map(({ hospital }) => hospital)
  const groups = [...Map.groupBy(hospitals, ({ region }) => region)].sort(([a], [b]) => byRegion(a, b))
  return [
    ...(alike.length > 0 ? [{ label: '名称が似ている病院', options: alike.map(optionOf) }] : []),
    ...groups.map(([region, members]) => ({ label: `${region}医療圏`, options: members.map(optionOf) })),
  ]
}

function optionOf({ key: code, name, municipality, beds }: Hospital): { code: string; label: string } {
  return { code, label: `${name}（${[municipality, `${beds}床`].filter(Boolean).join('・')}）` }
}

/** The share of pairs of neighbouring letters that two names have in common (Dice), 0..1. */
function likeness(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)]
  const common = [...left].filter((pair) => right.has(pair)).length
  return left.size + right.size === 0 ? 0 : (2 * common) / (left.size + right.size)
}

/** Words that most names have tell nothing apart. */
const COMMON_WORDS = /医療法人|社会|財団|社団|一般|公益|病院|クリニック|医院|会|\s/g

function pairs(name: string): Set<string> {
  const letters = [...normalForm(name, 'NFKC').replace(COMMON_WORDS, '')]
  return new Set(
    letters.length === 1 ? letters : letters.slice(1).map((letter, index) => letters[index]! + letter),
  )
}
