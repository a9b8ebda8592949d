import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isPlausibleMedicalCode,
  medicalCodeDoubt,
  normaliseMedicalCode,
  withCheckDigit,
} from '../../../src/domain/master/code.ts'

const bureauRows: { 医療機関コード: string }[] = parse(
  readFileSync(new URL('../../fixtures/bureau-kagoshima.csv', import.meta.url)),
  { columns: true, bom: true },
)
const codes = bureauRows.map((row) => row.医療機関コード)

describe('isPlausibleMedicalCode', () => {
  it('accepts every real code of the prefecture', () => {
    expect(codes).toHaveLength(207)
    expect(codes.filter((code) => !isPlausibleMedicalCode(code, '46'))).toEqual([])
  })

  it('notices any one digit mistyped and neighbours swapped, but for 09 and 90', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...codes),
        fc.integer({ min: 3, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (code, place, step) => {
          const digits = [...code]
          digits[place] = String((Number(digits[place]) + step) % 10)
          expect(isPlausibleMedicalCode(digits.join(''), '46')).toBe(false)
          const pair = code.slice(place - 1, place + 1)
          const swapped = `${code.slice(0, place - 1)}${pair[1]}${pair[0]}${code.slice(place + 1)}`
          const unnoticed = pair[0] === pair[1] || pair === '09' || pair === '90'
          if (place > 3) expect(isPlausibleMedicalCode(swapped, '46')).toBe(unnoticed)
        },
      ),
    )
  })

  it('says what is doubtful', () => {
    expect(medicalCodeDoubt('4610110365', '46')).toBeNull()
    expect(medicalCodeDoubt('4610110366', '46')).toContain('チェックデジット')
    expect(medicalCodeDoubt('4610110365', '45')).toContain('「451」')
    expect(medicalCodeDoubt('46101103650', '46')).toContain('11桁')
  })
})

describe('normaliseMedicalCode', () => {
  it.each([
    ['4610110365', '46', '4610110365'],
    ['４６１０１１０３６５', '46', '4610110365'],
    ['46-1-01-1036-5', '46', '4610110365'],
    [' 0110365 ', '46', '4610110365'],
    ['01,1036,5', '46', '4610110365'],
    ['０１，１０３６，５', '46', '4610110365'],
    ['110365', '46', '4610110365'],
    ['461011036', '46', '461011036'],
    ['病院', '46', null],
    ['4.61011E+09', '46', null],
    ['', '46', null],
  ])('%j in prefecture %s is %j', (typed, prefecture, code) =>
    expect(normaliseMedicalCode(typed, prefecture)).toBe(code),
  )

  it('brings back the zero that Excel takes from the front of a code', () => {
    const code = withCheckDigit('011234567')
    expect(normaliseMedicalCode(code.slice(1), '01')).toBe(code)
  })

  it('gives every real code back from its last seven digits, and leaves a whole one alone', () => {
    for (const code of codes) {
      expect(normaliseMedicalCode(code.slice(3), '46')).toBe(code)
      expect(normaliseMedicalCode(code, '46')).toBe(code)
    }
  })
})

describe('withCheckDigit', () => {
  it('finds the digit that real codes have', () => {
    expect(codes.map((code) => withCheckDigit(code.slice(0, 9)))).toEqual(codes)
  })
})
