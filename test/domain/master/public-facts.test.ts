import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countedFrom,
  DEFAULT_FILING_MAPPING,
  type FilingRule,
  filingRuleText,
  PUBLIC_FACT_IDS,
  publicFactsOf,
} from '../../../src/domain/master/public-facts.ts'

const FILED = { name: '診療録管理体制加算１', from: '2024-06-01' }
const factsOf = (asOf: string | null, filings = [FILED], mapping = DEFAULT_FILING_MAPPING) =>
  publicFactsOf(filings, mapping, asOf)

describe('the mapping that comes with the program', () => {
  test('診療録管理体制加算1 shows offline backups and a BCP, with its source and the day of the list', () => {
    expect(factsOf('2025-10-01')).toEqual({
      offlineBackup: true,
      bcp: true,
      networkControl: null,
      source: '施設基準の届出（診療録管理体制加算1）',
      asOf: '2025-10-01',
    })
  })

  test.each([
    ['2024-05-31', false],
    ['2024-06-01', true],
    ['2026-05-31', true],
    ['2026-06-01', false],
  ])('on a list of %s it counts: %s', (day, counts) => {
    expect(factsOf(day) !== null).toBe(counts)
  })

  test('of a list whose day nobody knows the day of the filing itself is taken', () => {
    expect(factsOf(null)).toMatchObject({ asOf: '2024-06-01' })
    expect(factsOf(null, [{ ...FILED, from: '2020-04-01' }])).toBeNull()
    expect(factsOf(null, [{ ...FILED, from: null as never }])).toBeNull()
  })

  test.each([
    '診療録管理体制加算２',
    '診療録管理体制加算３',
    '診療録管理体制加算１０',
    '診療録管理体制加算',
    '',
  ])('%s shows nothing', (name) => {
    expect(factsOf('2025-10-01', [{ name, from: '2024-06-01' }])).toBeNull()
  })

  test('spellings of its name are one', () => {
    for (const name of ['診療録管理体制加算1', '診療録管理体制加算 １', '　診療録管理体制加算１'])
      expect(factsOf('2025-10-01', [{ name, from: null as never }])).toMatchObject({ bcp: true })
  })
})

describe('any mapping', () => {
  const day = fc.constantFrom('2024-01-01', '2024-06-01', '2025-10-01', '2026-06-01')
  const name = fc.constantFrom('届出甲', '届出乙', '届出丙')
  const rule: fc.Arbitrary<FilingRule> = fc.record({
    name,
    facts: fc.subarray([...PUBLIC_FACT_IDS], { minLength: 1 }),
    from: fc.option(day),
    until: fc.option(day),
  })
  const filings = fc.array(fc.record({ name, from: fc.option(day) }), { maxLength: 4 })

  test('never says false; says true only by a filing that was made, on a day on which its rule holds', () => {
    fc.assert(
      fc.property(filings, fc.array(rule, { maxLength: 5 }), fc.option(day), (filed, mapping, asOf) => {
        const known = publicFactsOf(filed, mapping, asOf)
        for (const fact of PUBLIC_FACT_IDS) {
          const shows = filed.some(({ name, from }) => {
            const at = asOf ?? from
            return mapping.some(
              (each) =>
                at !== null &&
                each.name === name &&
                each.facts.includes(fact) &&
                (each.from ?? '0') <= at &&
                at <= (each.until ?? '9'),
            )
          })
          expect(known?.[fact] ?? null).toBe(shows ? true : null)
        }
        if (known === null) return
        expect(PUBLIC_FACT_IDS.some((fact) => known[fact])).toBe(true)
        if (asOf !== null) expect(known.asOf).toBe(asOf)
        expect(known.source).toMatch(/^施設基準の届出（届出/)
      }),
    )
  })

  test('a rule in words', () => {
    expect(filingRuleText(DEFAULT_FILING_MAPPING[0]!)).toBe(
      '「診療録管理体制加算1」→オフライン・バックアップ、サイバー攻撃を想定したBCPの策定（令和6年6月1日から令和8年5月31日まで）',
    )
    expect(filingRuleText({ name: '甲', facts: ['bcp'], from: null, until: null })).toContain(
      '（期間の定めなし）',
    )
  })
})

test('what counts: the GMIS answer, whichever it is, before the public fact', () => {
  const gmis = (bcp: boolean | null) => ({ offlineBackup: null, bcp, networkControl: null })
  const facts = { bcp: true }
  expect(countedFrom('bcp', gmis(false), facts)).toBe('gmis')
  expect(countedFrom('bcp', gmis(true), facts)).toBe('gmis')
  expect(countedFrom('bcp', gmis(null), facts)).toBe('public')
  expect(countedFrom('bcp', null, facts)).toBe('public')
  expect(countedFrom('offlineBackup', null, facts)).toBe('unknown')
  expect(countedFrom('bcp', null, null)).toBe('unknown')
})
