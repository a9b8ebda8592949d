import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Hospital } from '../../../src/domain/master/hospital.ts'
import { matchProposals } from '../../../src/domain/master/matching.ts'
import { aHospital } from '../../support/builders.ts'

const known = (name: string, overrides: Partial<Hospital> = {}) =>
  aHospital({ key: `46199${name.length}0000${overrides.beds ?? 0}`, name, ...overrides })
const row = (name: string, overrides: Partial<Hospital> = {}) =>
  aHospital({ key: 'n1', medicalCode: null, naviiCode: 'n1', name, ...overrides })

test.each([
  ['the same name', '髙田病院', '高田病院', 'same'],
  ['a legal form before one of them', '医療法人　慈愛会　今村病院', '今村病院', 'ending'],
  ['the other way round', '今村病院', '医療法人慈愛会今村病院', 'ending'],
] as const)('%s is proposed, however it is written', (_what, mine, theirs, name) => {
  const [proposal] = matchProposals([known(mine)], [row(theirs)])
  expect(proposal!.candidates).toMatchObject([{ name, isSamePlace: true, isSameBeds: true }])
  expect(proposal!.isCertain).toBe(name === 'same')
})

test.each([
  ['another name', known('甲病院'), row('乙病院')],
  ['an ending in another town', known('医療法人慈愛会今村病院'), row('今村病院', { municipality: '枕崎市' })],
  [
    'another number of the same kind in another town',
    known('今村病院', { naviiCode: 'n2' }),
    row('今村病院', { municipality: '枕崎市' }),
  ],
  ['what is only 病院', known('中央病院'), row('病院')],
])('%s is no proposal: the row is a hospital of its own', (_what, mine, theirs) => {
  expect(matchProposals([mine], [theirs])).toEqual([])
})

describe('never certain', () => {
  const twin = known('尾辻病院', {
    beds: 36,
    municipality: '枕崎市',
    key: '4619911111',
    medicalCode: '4619911111',
  })
  const here = known('尾辻病院')
  test.each([
    ['with other beds', [here], [row('尾辻病院', { beds: 99 })]],
    ['in another town', [here], [row('尾辻病院', { municipality: '枕崎市' })]],
    ['where the name is there twice', [here, twin], [row('尾辻病院')]],
    [
      'where the file has it twice, even in the same town',
      [here],
      [row('尾辻病院'), row('尾辻病院', { key: 'n2', naviiCode: 'n2', beds: 1 })],
    ],
  ])('%s', (_what, master, rows) => {
    const proposals = matchProposals(master, rows)
    expect(proposals.length).toBeGreaterThan(0)
    expect(proposals.some(({ isCertain }) => isCertain)).toBe(false)
  })

  test('name twins stand beside each other, the nearer first', () => {
    const [proposal] = matchProposals([twin, here], [row('尾辻病院')])
    expect(proposal!.candidates.map(({ key }) => key)).toEqual([here.key, twin.key])
  })
})

test('a hospital that the file names by its code in another row is no candidate', () => {
  const mine = known('今村病院')
  expect(matchProposals([mine], [row('今村病院')], new Set([mine.key]))).toEqual([])
})

test('another number, but the same name and town: a new 開設者 is asked about, never certain', () => {
  const [proposal] = matchProposals([known('今村病院', { naviiCode: 'n2' })], [row('今村病院')])
  expect(proposal).toMatchObject({ candidates: [{ isRenumbered: true }], isCertain: false })
})

test('whatever the lists: no certain hospital is proposed for two rows, and other codes are told', () => {
  const names = fc.constantFrom('甲病院', '医療法人甲病院', '乙病院', '甲乙病院')
  const places = fc.constantFrom('鹿児島市', '枕崎市', null)
  const facts = fc.record({ name: names, municipality: places, beds: fc.constantFrom(20, 100) })
  const master = fc
    .array(fc.tuple(facts, fc.boolean()))
    .map((all) =>
      all.map(([each, hasBoth], index) =>
        aHospital({ ...each, key: `m${index}`, naviiCode: hasBoth ? `x${index}` : null }),
      ),
    )
  const rows = fc
    .array(facts)
    .map((all) =>
      all.map((each, index) => row(each.name, { ...each, key: `r${index}`, naviiCode: `r${index}` })),
    )
  fc.assert(
    fc.property(master, rows, (hospitals, incoming) => {
      const proposals = matchProposals(hospitals, incoming)
      const certain = proposals
        .filter(({ isCertain }) => isCertain)
        .map(({ candidates }) => candidates[0]!.key)
      expect(new Set(certain).size).toBe(certain.length)
      const byKey = new Map(hospitals.map((each) => [each.key, each]))
      for (const { candidates } of proposals)
        expect(
          candidates.every(({ key, isRenumbered }) => isRenumbered === (byKey.get(key)!.naviiCode !== null)),
        ).toBe(true)
    }),
  )
})
