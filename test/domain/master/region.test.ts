import { describe, expect, it } from 'vitest'
import { byRegion, findMunicipality, normaliseRegion, regionOf } from '../../../src/domain/master/region.ts'
import { readGeography } from '../../../src/files/geography/municipalities.ts'

const { municipalities, regions } = readGeography(
  new URL('../../../resources', import.meta.url).pathname,
  '46',
)

describe('the shipped geography', () => {
  it('holds the 43 municipalities of the prefecture in its nine regions', () => {
    expect(municipalities).toHaveLength(43)
    expect(regions).toEqual(['鹿児島', '南薩', '川薩', '出水', '姶良・伊佐', '曽於', '肝属', '熊毛', '奄美'])
    expect([...new Set(municipalities.map(({ region }) => region))].sort(byRegion(regions))).toEqual(regions)
    expect(new Set(municipalities.map(({ code }) => code)).size).toBe(43)
    expect(new Set(municipalities.map(({ name }) => name)).size).toBe(43)
  })
})

describe('regionOf', () => {
  it.each(['222', '46222', '462225', '２２２'])('knows the code %s', (code) =>
    expect(regionOf(municipalities, { code })).toBe('奄美'),
  )

  it.each(['龍郷町', ' 龍郷町\u200b', '大島郡龍郷町', '鹿児島県大島郡龍郷町'])('knows the name %s', (name) =>
    expect(findMunicipality(municipalities, { name })).toEqual({
      code: '527',
      name: '龍郷町',
      region: '奄美',
    }),
  )

  it('takes 郡 and 県 as prefixes only where they are', () => {
    const others = [{ code: '203', name: '郡山市', region: '県中' }]
    expect(regionOf(others, { name: '郡山市' })).toBe('県中')
    expect(regionOf(others, { name: '福島県郡山市' })).toBe('県中')
  })

  it('knows nothing of other places', () => {
    expect(regionOf(municipalities, { code: '999' })).toBeNull()
    expect(regionOf(municipalities, { code: '' })).toBeNull()
    expect(regionOf(municipalities, { name: '宮崎市' })).toBeNull()
    expect(regionOf(municipalities, { name: '' })).toBeNull()
  })
})

describe('normaliseRegion, byRegion', () => {
  it('reduce and order names', () => {
    const names = ['奄美医療圏', '姶良・伊佐保健医療圏', '鹿児島 二次医療圏', '肝属圏域', '曽於']
    expect(names.map(normaliseRegion)).toEqual(['奄美', '姶良・伊佐', '鹿児島', '肝属', '曽於'])
    expect(['他', '奄美', 'ほか', '鹿児島'].sort(byRegion(regions))).toEqual(['鹿児島', '奄美', 'ほか', '他'])
  })
})
