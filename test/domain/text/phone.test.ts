import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPhone, phoneText, readPhone } from '../../../src/domain/text/phone.ts'

describe('a telephone number by the numbering plan', () => {
  test.each([
    // 市外局番 of two to five digits
    ['0333581111', '03-3358-1111'],
    ['0662081111', '06-6208-1111'],
    ['0118201111', '011-820-1111'],
    ['0422511111', '0422-51-1111'],
    ['0471681111', '04-7168-1111'],
    ['0992862707', '099-286-2707'],
    ['0997521111', '0997-52-1111'],
    ['0996232345', '0996-23-2345'],
    ['0991321111', '09913-2-1111'],
    ['0126721234', '01267-2-1234'],
    ['0499821111', '04998-2-1111'],
    // without a place
    ['09012345678', '090-1234-5678'],
    ['08012345678', '080-1234-5678'],
    ['07012345678', '070-1234-5678'],
    ['05031234567', '050-3123-4567'],
    ['0120123456', '0120-123-456'],
    ['08001234567', '0800-123-4567'],
    ['0570012345', '0570-012-345'],
    // of examples: no exchange begins with 0
    ['0990000000', '099-000-0000'],
    ['0997000000', '0997-00-0000'],
    ['09000000000', '090-0000-0000'],
  ])('%s is %s, and so it stays', (digits, text) => {
    expect(readPhone(digits)).toEqual({ text, isNumber: true, zeroRestored: false })
    expect(readPhone(text)).toEqual({ text, isNumber: true, zeroRestored: false })
  })

  test.each([
    '０９９－２８６－２７０７',
    '099(286)2707',
    '（099）286-2707',
    '099 286 2707',
    '099.286.2707',
    '099-286-2707、',
    '0992862707。',
    '099-286-2707 ,',
    '099ー286ー2707',
    '0992-86-2707',
    '09-9286-2707',
    '099-2862707',
    '+81 99-286-2707',
    '+81-(0)99-286-2707',
    '0081 99 286 2707',
    'TEL：099-286-2707',
    '℡ 099-286-2707',
    '電話番号 099-286-2707',
    '099-286-2707（代表）',
    '099-286-2707(代)',
  ])('%s is 099-286-2707', (typed) => {
    expect(readPhone(typed)).toEqual({ text: '099-286-2707', isNumber: true, zeroRestored: false })
  })

  test.each(['099-333-0001', '099-111-0001', '0993-33-0001', '0120-12-3456', '0120-123-456', '03-0000-0000'])(
    '%s has an area code of the plan: its groups are the sender’s',
    (phone) => {
      expect(readPhone(phone).text).toBe(phone)
    },
  )

  test.each([
    ['099-286-2707 内線2710', '099-286-2707（内線2710）'],
    ['0992862707（内線：２７１０）', '099-286-2707（内線2710）'],
    ['0992862707 内2710', '099-286-2707（内線2710）'],
    ['099-286-2707 ext. 2710', '099-286-2707（内線2710）'],
    ['099-286-2707#2710', '099-286-2707（内線2710）'],
    ['099-286-2707 内線2710・2711', '099-286-2707（内線2710・2711）'],
  ])('%s keeps its extension: %s', (typed, text) => {
    expect(readPhone(typed).text).toBe(text)
    expect(readPhone(text).text).toBe(text)
    expect(isPhone(text)).toBe(false)
  })

  test.each([
    ['992862707', '099-286-2707'],
    ['99-286-2707', '099-286-2707'],
    ['997521111', '0997-52-1111'],
    ['333581111', '03-3358-1111'],
    ['120123456', '0120-123-456'],
    ['990000000', '099-000-0000'],
    ['9012345678', '090-1234-5678'],
    ['8012345678', '080-1234-5678'],
    ['70-1234-5678', '070-1234-5678'],
    ['5031234567', '050-3123-4567'],
    ['8001234567', '0800-123-4567'],
    ['992862707.0', '099-286-2707'],
    ['9012345678.00', '090-1234-5678'],
  ])('%s had lost its 0: %s', (typed, text) => {
    expect(readPhone(typed)).toEqual({ text, isNumber: true, zeroRestored: true })
    // A file writes what is known: to guess is for whoever can be asked.
    expect(phoneText(typed)).toBe(typed)
  })

  test.each(['', '119', '2707', '1234567890', '12345678', '099-286', '+1-212-555-0100', 'なし', '内線2710'])(
    '%j is no number that can be called',
    (typed) => {
      expect(readPhone(typed).isNumber).toBe(false)
      expect(phoneText(typed)).toBe(typed)
    },
  )

  test.each([
    '0901234567',
    '050-123-4567',
    '0801-123-456',
    '08001234567890',
    '09928627071',
    '0120-123-4567',
    '03-12345-6789',
  ])('%s has a digit too many or too few for what it begins with', (typed) =>
    expect(readPhone(typed).isNumber).toBe(false),
  )

  test('no number of ten or eleven digits loses one, and a second reading changes none', () => {
    const digits = fc.stringMatching(/^0(?:[25-9]0\d{8}|800\d{7}|[1-9][1-9]\d{7}|120\d{6})$/)
    fc.assert(
      fc.property(digits, (number) => {
        const { text, isNumber } = readPhone(number)
        expect(isNumber).toBe(true)
        expect(text.replaceAll('-', '')).toBe(number)
        expect(text).toMatch(/^0\d*-\d+-\d+$/)
        expect(readPhone(text).text).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })
})

test('a number that is written by the plan already is told at once, and as any other is', () => {
  const group = (most: number) => fc.stringMatching(new RegExp(`^\\d{1,${most}}$`))
  const written = fc.tuple(fc.constantFrom('0', '00', '01', '099', '0'), group(4), group(5), group(4))
  fc.assert(
    fc.property(written, ([zero, ...groups]) => {
      const text = `${zero}${groups.join('-')}`
      const read = readPhone(text)
      expect(phoneText(text)).toBe(read.isNumber && !read.zeroRestored ? read.text : text)
    }),
    { numRuns: 2000, examples: [[['0', '99', '286', '2707']], [['00', '81', '99', '2862']]] },
  )
})
