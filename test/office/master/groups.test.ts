import { expect, test } from 'vitest'
import { shippedGeography } from '../../../src/files/geography/shipped-geography.ts'
import { hospitalGroups } from '../../../src/office/master/groups.ts'
import { aHospital } from '../../support/builders.ts'

const kagoshima = shippedGeography('46')

function labels(...hospitals: Parameters<typeof aHospital>[0][]) {
  const groups = hospitalGroups(hospitals.map(aHospital), kagoshima)
  return groups.map(({ region, options }) => [region, options.map(({ label }) => label)])
}

test('regions stand in the order of the prefecture, unknown ones last', () => {
  const shuffled = [...kagoshima.regions.toReversed(), '架空'].map((region, index) => ({
    key: `${index}`,
    region,
  }))
  const order = labels(...shuffled).map(([region]) => region)
  expect(order).toEqual([...kagoshima.regions, '架空'])
  expect(kagoshima.regions).toHaveLength(9)
})

test('within a region municipalities stand in the order of their codes, hospitals by reading', () => {
  const region = '鹿児島'
  expect(
    labels(
      { key: '1', region, municipality: '日置市', name: '甲病院', kana: 'コウビョウイン' },
      { key: '2', region, municipality: '鹿児島市', name: '乙病院', kana: 'オツビョウイン' },
      { key: '3', region, municipality: '鹿児島市', name: '亜病院', kana: 'アビョウイン' },
      { key: '4', region, municipality: null, name: '不明病院', kana: null },
    ),
  ).toEqual([[region, ['亜病院（鹿児島市）', '乙病院（鹿児島市）', '甲病院（日置市）', '不明病院']]])
})

test('two of one name and municipality are told apart by the address', () => {
  const twins = labels(
    { key: '1', address: '甲町1' },
    { key: '2', address: null },
    { key: '3', municipality: '日置市' },
  )
  expect(twins).toEqual([['鹿児島', ['試験病院（甲町1）', '試験病院（2）', '試験病院（日置市）']]])
})

test('a prefecture without lists of its own still sorts', () => {
  const groups = hospitalGroups(
    [aHospital({ region: '乙' }), aHospital({ region: '丙' })],
    shippedGeography('13'),
  )
  expect(groups.map(({ region }) => region)).toEqual(['丙', '乙'])
})
