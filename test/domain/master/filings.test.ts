import { expect, test } from 'vitest'
import { filingsText, latestFiling, readFilings } from '../../../src/domain/master/filings.ts'

test('filings stand in one cell, each with its day, and come back from it', () => {
  const filings = [
    { name: '診療録管理体制加算１', from: '2024-06-01' },
    { name: '療養環境加算（一般）', from: null },
  ]
  expect(filingsText(filings)).toBe('診療録管理体制加算１（令和6年6月1日）;療養環境加算（一般）')
  expect(readFilings(filingsText(filings))).toEqual(filings)
})

test.each([
  ['診療録管理体制加算１（令和6年6月1日）', '2024-06-01'],
  ['診療録管理体制加算１ (R6.6.1)', '2024-06-01'],
  ['診療録管理体制加算１', null],
])('a day may be written as officers write it: %s', (text, from) => {
  expect(readFilings(`${text}；；`)).toEqual([{ name: '診療録管理体制加算１', from }])
})

test('the last day of them all is that of the newest list, at the least', () => {
  const filings = ['2024-06-01', null, '2025-09-01'].map((from) => ({ name: '加算', from }))
  expect(latestFiling([{ filings }, { filings: [] }])).toBe('2025-09-01')
  expect(latestFiling([])).toBeNull()
})
