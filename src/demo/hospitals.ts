import { withCheckDigit } from '../domain/master/code.ts'
import { type Hospital, type HospitalFunction, NOTHING_FURTHER } from '../domain/master/hospital.ts'
import { type Named, shuffledNames, withKind } from './hospital-names.ts'
import type { Random } from './random.ts'

/**
 * 225 fictional hospitals, spread over the regions and bed sizes as Kagoshima's are in the open data.
 * The names are made up, and the codes carry a district number that is not in use.
 */
export function demoHospitals(random: Random): Hospital[] {
  const names = shuffledNames(random)
  let serial = 0
  return REGIONS.flatMap(({ region, places, byBand }) =>
    byBand.flatMap((count, band) =>
      Array.from({ length: count }, () => {
        serial += 1
        return hospital(random, { serial, names, region, municipality: random.pick(places), band })
      }),
    ),
  )
}

interface Place {
  serial: number
  names: readonly Named[]
  region: string
  municipality: string
  band: number
}

function hospital(random: Random, { serial, names, region, municipality, band }: Place): Hospital {
  const [low, high] = BED_RANGES[band]!
  const beds = random.between(low, high)
  const code = withCheckDigit(`46199${String(serial).padStart(4, '0')}`)
  const [name, kana] = withKind(random, names[serial - 1]!, { isGeneral: band >= 3 })
  return {
    key: code,
    medicalCode: code,
    naviiCode: `4699${String(serial).padStart(4, '0')}`,
    name,
    kana,
    region,
    municipality,
    address: `鹿児島県${municipality}架空町${random.between(1, 9)}番${random.between(1, 40)}号`,
    phone: `099-000-${String(serial).padStart(4, '0')}`,
    email: `somu@demo-${String(serial).padStart(3, '0')}.example.jp`,
    beds,
    bedsByType: bedsByType(random, beds),
    functions: functionsOf(random, band, region),
    inspection:
      region === '鹿児島'
        ? 'unknown'
        : random.weighted([
            ['good', 6],
            ['insufficient', 2],
            ['unknown', 2],
          ]),
    ...NOTHING_FURTHER,
    postcode: `899-${String(serial).padStart(4, '0')}`,
    fax: `099-000-${5000 + serial}`,
  }
}

function bedsByType(random: Random, beds: number): Hospital['bedsByType'] {
  const none = { general: 0, longTerm: 0, psychiatric: 0, tuberculosis: 0, infectious: 0 }
  if (random.chance(0.15)) return { ...none, psychiatric: beds }
  const longTerm = random.chance(0.5) ? Math.floor(beds * 0.4) : 0
  return { ...none, general: beds - longTerm, longTerm }
}

/** Functions gather in the big hospitals and in the capital, as they do. */
function functionsOf(random: Random, band: number, region: string): HospitalFunction[] {
  const islands = ISLANDS.includes(region)
  const chances: [HospitalFunction, number][] = [
    ['emergency_center', band >= 4 ? 0.6 : 0],
    ['emergency', [0.25, 0.4, 0.7, 0.8, 0.4, 0.3][band]!],
    ['disaster', [0, 0.03, 0.35, 0.4, 0.6, 0.8][band]!],
    ['regional_support', [0, 0.03, 0.3, 0.5, 0.6, 0.6][band]!],
    ['advanced', band === 5 && region === '鹿児島' ? 0.4 : 0],
    ['perinatal', [0, 0, 0.1, 0.3, 0.5, 0.6][band]!],
    ['remote', islands ? 0.35 : 0.03],
    ['infectious', [0, 0.04, 0.25, 0.3, 0.3, 0.3][band]!],
  ]
  return chances.filter(([, chance]) => random.chance(chance)).map(([id]) => id)
}

const ISLANDS = ['熊毛', '奄美']

const BED_RANGES = [
  [20, 99],
  [100, 199],
  [200, 299],
  [300, 399],
  [400, 499],
  [500, 640],
] as const

/** Hospitals a bed-size band, 20–99 first. */
const REGIONS = [
  {
    region: '鹿児島',
    places: ['鹿児島市', '鹿児島市', '鹿児島市', '日置市', 'いちき串木野市'],
    byBand: [60, 23, 3, 5, 4, 3],
  },
  { region: '南薩', places: ['枕崎市', '指宿市', '南さつま市', '南九州市'], byBand: [13, 14, 2, 0, 0, 0] },
  { region: '川薩', places: ['薩摩川内市', 'さつま町'], byBand: [6, 5, 3, 0, 0, 0] },
  { region: '出水', places: ['出水市', '阿久根市', '長島町'], byBand: [3, 3, 2, 0, 0, 0] },
  { region: '姶良・伊佐', places: ['霧島市', '姶良市', '伊佐市', '湧水町'], byBand: [14, 11, 5, 2, 1, 0] },
  { region: '曽於', places: ['曽於市', '志布志市', '大崎町'], byBand: [3, 4, 0, 0, 0, 0] },
  { region: '肝属', places: ['鹿屋市', '垂水市', '錦江町', '肝付町'], byBand: [5, 7, 2, 1, 0, 1] },
  { region: '熊毛', places: ['西之表市', '中種子町', '屋久島町'], byBand: [1, 3, 0, 0, 0, 0] },
  { region: '奄美', places: ['奄美市', '瀬戸内町', '徳之島町', '和泊町'], byBand: [9, 6, 1, 0, 0, 0] },
] as const
