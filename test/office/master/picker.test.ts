import { expect, test } from 'vitest'
import { shippedGeography } from '../../../src/files/geography/shipped-geography.ts'
import { hospitalPicker } from '../../../src/office/master/picker.ts'
import { aHospital } from '../../support/builders.ts'

const kagoshima = shippedGeography('46')
const ROOMS = aHospital({
  key: '46000001',
  naviiCode: '46000001',
  medicalCode: '4619900011',
  name: '濵﨑病院',
  kana: 'ハマサキ　ビョウイン',
  beds: 60,
})
const OTHER = aHospital({ key: '4619900029', name: '若竹病院', kana: null })

test('a hospital is offered with its beds, and found by its reading and both codes', () => {
  const { groups } = hospitalPicker([ROOMS], kagoshima)
  expect(groups).toEqual([
    {
      label: '鹿児島医療圏',
      options: [
        {
          code: '46000001',
          label: '濵﨑病院（鹿児島市・60床）',
          facts: 'ハマサキビョウイン 4619900011 60',
        },
      ],
    },
  ])
})

test.each(['46000001', '4619900011'])('%s chooses it', (chosen) => {
  expect(hospitalPicker([ROOMS, OTHER], kagoshima, { chosen }).chosen).toBe('46000001')
})

test('what names no hospital stays as it was typed', () => {
  expect(hospitalPicker([OTHER], kagoshima, { chosen: 'other' }).chosen).toBe('other')
  expect(hospitalPicker([OTHER], kagoshima).chosen).toBe('')
})

test('first come those of a like name; characters that stand for one another are told to the script', () => {
  const { groups, variants } = hospitalPicker([ROOMS, OTHER], kagoshima, { typedName: '医療法人 若竹病院' })
  expect(groups.map(({ label }) => label)).toEqual(['名称が似ている病院', '鹿児島医療圏'])
  expect(variants).toContain('浜')
})
