import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HospitalFunction } from '../../../src/domain/master/hospital.ts'
import { CRITERIA, CRITERION_IDS, DEFAULT_POLICY } from '../../../src/domain/selection/policy.ts'
import { regionFactsOf, scoreOf, valuesOf, weightsOf } from '../../../src/domain/selection/score.ts'
import type { Candidate } from '../../../src/domain/selection/snapshot.ts'
import { candidate, submission } from './builders.ts'

const UNKNOWN = 37

/** The values of the first hospital among these. */
function values(first: Partial<Candidate>, ...others: Partial<Candidate>[]) {
  const all = [first, ...others].map((changes, index) => candidate(String(index), changes))
  return valuesOf(all[0]!, regionFactsOf(all).get(all[0]!.region)!, UNKNOWN)
}

function answered(changes: Parameters<typeof submission>[0]) {
  return values({ submission: submission(changes) })
}

test.each<[HospitalFunction[], Partial<Record<string, number>>]>([
  [['emergency_center'], { emergency: 100 }],
  [['emergency_center', 'emergency'], { emergency: 100 }],
  [['emergency'], { emergency: 60 }],
  [['disaster'], { emergency: 0, disaster: 100, regionalSupport: 0 }],
  [['regional_support'], { regionalSupport: 100, disaster: 0 }],
  [['advanced'], { regionalSupport: 100 }],
  [['perinatal'], { perinatal: 100, remote: 0, infectious: 0 }],
  [['remote'], { perinatal: 0, remote: 100, infectious: 0 }],
  [['infectious'], { perinatal: 0, remote: 0, infectious: 100 }],
])('functions %j', (functions, expected) => {
  expect(values({ functions })).toMatchObject(expected)
})

describe('the share of the beds of the region', () => {
  test('counts all its hospitals, eligible or not, and rounds down', () => {
    expect(values({ beds: 50 }, { beds: 100, submission: null }).regionShare).toBe(33)
    expect(values({ beds: 200 }, { beds: 100 }).regionShare).toBe(66)
    expect(values({ beds: 1 }, { beds: 999 }).regionShare).toBe(0)
    expect(values({ beds: 29 }, { beds: 71 }).regionShare).toBe(29)
  })
  test('is of its own region', () => {
    expect(values({ beds: 50 }, { beds: 100, region: '熊毛' }).regionShare).toBe(100)
  })
  test('is 0 where the region has no beds', () => {
    expect(values({ beds: 0 }).regionShare).toBe(0)
  })
})

describe('the sole emergency hospital of a region', () => {
  test('is one without another of either kind', () => {
    expect(values({ functions: ['emergency'] }, {}).soleEmergency).toBe(100)
    expect(values({ functions: ['emergency', 'emergency_center'] }, {}).soleEmergency).toBe(100)
    expect(values({ functions: ['emergency_center'] }, { functions: ['emergency'] }).soleEmergency).toBe(0)
    expect(values({ functions: ['emergency'] }, { functions: ['emergency_center'] }).soleEmergency).toBe(0)
  })
  test('counts hospitals that did not answer', () => {
    const other: Partial<Candidate> = { functions: ['emergency'], submission: null }
    expect(values({ functions: ['emergency'] }, other).soleEmergency).toBe(0)
  })
  test('is of its own region, and no hospital without the function', () => {
    const elsewhere: Partial<Candidate> = { functions: ['emergency'], region: '熊毛' }
    expect(values({ functions: ['emergency'] }, elsewhere).soleEmergency).toBe(100)
    expect(values({}, { functions: ['emergency'] }).soleEmergency).toBe(0)
  })
})

test('inspection', () => {
  expect(values({ inspection: 'insufficient' }).inspection).toBe(100)
  expect(values({ inspection: 'good' }).inspection).toBe(0)
  expect(values({ inspection: 'unknown' }).inspection).toBe(UNKNOWN)
})

test.each(['offlineBackup', 'bcp', 'networkControl'] as const)('GMIS: %s', (fact) => {
  const gmis = { offlineBackup: null, bcp: null, networkControl: null }
  expect(values({ gmis: { ...gmis, [fact]: false } })[fact]).toBe(100)
  expect(values({ gmis: { ...gmis, [fact]: true } })[fact]).toBe(0)
  expect(values({ gmis })[fact]).toBe(UNKNOWN)
  expect(values({ gmis: null })[fact]).toBe(UNKNOWN)
})

test('the answers', () => {
  const emr = (['full', 'partial', 'planned', 'none'] as const).map((id) => answered({ emr: id }).emr)
  expect(emr).toEqual([100, 80, 40, 0])
  const intents = ['both', 'network', 'backup', 'undecided', 'none'] as const
  expect(intents.map((intent) => answered({ intent }).scope)).toEqual([100, 50, 50, 0, 0])
  expect(answered({ gmisConsent: true }).gmisConsent).toBe(100)
  expect(answered({ gmisConsent: false }).gmisConsent).toBe(0)
})

test('without an answer its criteria are unknown', () => {
  expect(values({ submission: null })).toMatchObject({ emr: UNKNOWN, scope: UNKNOWN, gmisConsent: UNKNOWN })
})

test('the score is the sum of points × value, absent points being 0', () => {
  const weights = weightsOf({ emergency: 25, disaster: 15 })
  const known = values({ functions: ['emergency', 'disaster', 'remote'] })
  expect(scoreOf(weights, known)).toBe(25 * 60 + 15 * 100)
  expect(scoreOf(weightsOf({}), known)).toBe(0)
})

test('the default points are those of the criteria, and consent earns nothing', () => {
  expect(DEFAULT_POLICY.criteria).toEqual(
    Object.fromEntries(CRITERIA.map(({ id, defaultPoints }) => [id, defaultPoints])),
  )
  expect(Object.keys(DEFAULT_POLICY.criteria)).toEqual([...CRITERION_IDS])
  expect(CRITERION_IDS.map((id) => DEFAULT_POLICY.criteria[id])).toEqual([
    25, 15, 10, 5, 10, 5, 15, 10, 10, 10, 5, 5, 5, 5, 0,
  ])
})

test('the share is exact and bounded for any numbers of beds', () => {
  const beds = fc.integer({ min: 0, max: 999_999_999 })
  fc.assert(
    fc.property(beds, fc.array(beds, { maxLength: 5 }), (own, others) => {
      const total = others.reduce((sum, each) => sum + each, own)
      const share = values({ beds: own }, ...others.map((each) => ({ beds: each }))).regionShare
      expect(BigInt(share)).toBe(total === 0 ? 0n : (100n * BigInt(own)) / BigInt(total))
    }),
  )
})
