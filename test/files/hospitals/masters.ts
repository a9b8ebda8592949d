import fc from 'fast-check'
import { withCheckDigit } from '../../../src/domain/master/code.ts'
import { filingName, readFilings } from '../../../src/domain/master/filings.ts'
import {
  BED_TYPE_IDS,
  HOSPITAL_FUNCTION_IDS,
  type Hospital,
  INSPECTION_IDS,
} from '../../../src/domain/master/hospital.ts'
import { normaliseKana, normaliseText } from '../../../src/domain/text/text.ts'
import { readGeography } from '../../../src/files/geography/municipalities.ts'

export const geography = readGeography(new URL('../../../resources', import.meta.url).pathname, '46')

/** Text as the master holds it: normalised, with whatever upsets CSV, Excel and CP932. */
function masterText(normalise: (text: string) => string, maxLength: number) {
  const unit = fc.constantFrom(...'架空病院﨑髙濵\ufa19ｱア　 ,"\'=+-@＝－①㈱～aＡ1𠮷鷗♥é_x')
  return fc
    .string({ unit, minLength: 1, maxLength })
    .map(normalise)
    .filter((text) => text !== '')
}

/** What ends like a day in brackets is read as one. */
const isPlainName = (name: string) => readFilings(name).length === 1 && readFilings(name)[0]!.name === name

const beds = fc.integer({ min: 0, max: 1800 })
const bedsByType = fc.record(Object.fromEntries(BED_TYPE_IDS.map((id) => [id, beds])))
export const masters: fc.Arbitrary<Hospital[]> = fc.uniqueArray(
  fc
    .record({
      place: fc.constantFrom(...geography.municipalities),
      serial: fc.integer({ min: 0, max: 999_999 }),
      known: fc.constantFrom('medical', 'navii', 'both'),
      name: masterText(normaliseText, 100),
      kana: fc.option(masterText(normaliseKana, 40)),
      address: fc.option(masterText(normaliseText, 40)),
      phone: fc.option(fc.constantFrom('099-286-2707', '0997-52-1111', '0120-000-000', '090-1234-5678')),
      email: fc.option(fc.constantFrom('jimu@a.example.jp', '+x@example.jp')),
      beds: fc.integer({ min: 1, max: 9999 }),
      bedsByType: fc.option(bedsByType),
      functions: fc.subarray([...HOSPITAL_FUNCTION_IDS]),
      inspection: fc.constantFrom(...INSPECTION_IDS),
      postcode: fc.option(fc.constantFrom('890-0046', '001-0010')),
      fax: fc.option(fc.constantFrom('099-286-2708', '0997-52-1112')),
      gmisLetter: fc.option(fc.constantFrom('A', 'ab')),
      ownership: fc.option(masterText(normaliseText, 40)),
      filings: fc.array(
        fc.record({
          name: masterText(normaliseText, 30).map(filingName).filter(isPlainName),
          from: fc.option(fc.constantFrom('2024-06-01', '1998-12-31')),
        }),
        { maxLength: 5 },
      ),
      supportedIn: fc.option(fc.constantFrom('令和6年度', '令和6年度、令和7年度', '平成30年度')),
      isClosed: fc.boolean(),
      mergedInto: fc.constant(null),
    })
    .map(({ place, serial, known, gmisLetter, ...others }) => {
      // One per hospital, as a code is.
      const gmisId = gmisLetter && `${gmisLetter}${String(serial).padStart(6, '0')}`
      const rest = { ...others, gmisId }
      const medicalCode = known === 'navii' ? null : withCheckDigit(`461${String(serial).padStart(6, '0')}`)
      const naviiCode = known === 'medical' ? null : `46${String(serial).padStart(6, '0')}`
      const code = medicalCode ?? naviiCode!
      const where = { region: place.region, municipality: place.name }
      return { key: code, medicalCode, naviiCode, ...where, ...rest } as Hospital
    }),
  {
    selector: ({ medicalCode, naviiCode }) => (medicalCode ?? '').slice(3, 9) || naviiCode!.slice(2),
    maxLength: 6,
  },
)
