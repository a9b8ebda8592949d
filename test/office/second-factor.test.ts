import { describe, expect, test } from 'vitest'
import { auditLog } from '../../src/db/schema.ts'
import {
  appAddress,
  hashOfRecoveryCode,
  newRecoveryCodes,
  newSecret,
  sealSecret,
  stepOf,
  takeCode,
} from '../../src/office/second-factor.ts'
import { officeWith } from '../support/office.ts'
import { addOfficer } from '../support/officer.ts'

/** RFC 6238, appendix B: 12345678901234567890 in base32, the last six of eight digits. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('a code by the time', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('is the one of RFC 6238 at %s', (seconds, code) => {
    const step = Math.floor(seconds / 30)
    expect(stepOf(SECRET, code, new Date(seconds * 1000))).toBe(step)
    // Clocks are off by a step, not by two.
    expect(stepOf(SECRET, code, new Date((seconds + 30) * 1000))).toBe(step)
    expect(stepOf(SECRET, code, new Date((seconds - 30) * 1000))).toBe(step)
    expect(stepOf(SECRET, code, new Date((seconds + 60) * 1000))).toBeNull()
    expect(stepOf(SECRET, code, new Date((seconds - 60) * 1000))).toBeNull()
  })

  test.each(['', '28708', '2870820', 'abcdef', '287082x', '６６６６６６'])('is not %s', (code) => {
    expect(stepOf(SECRET, code, new Date(59_000))).toBeNull()
  })

  test.each(['287 082', '２８７０８２', ' 287-082 '])('is read as it was typed: %s', (code) => {
    expect(stepOf(SECRET, code, new Date(59_000))).toBe(1)
  })
})

test('a secret has 160 bits, and the app is told by whom it is asked', () => {
  const secret = newSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(newSecret()).not.toBe(secret)
  const url = new URL(appAddress(secret, { login: 'tanto', issuer: '試験県 確保' }))
  expect(url.protocol + url.host).toBe('otpauth:totp')
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    ...{ secret, issuer: '試験県 確保', algorithm: 'SHA1', digits: '6', period: '30' },
  })
  expect(decodeURIComponent(url.pathname)).toContain('tanto')
})

describe('what is taken', () => {
  const office = officeWith()
  const key = new Uint8Array(32).fill(7)
  const AT = new Date(1_234_567_890_000)
  const take = (typed: string, at = AT, receiptKey = key) =>
    takeCode(office.stores.secondFactors, typed, { login: 'officer', at, receiptKey })

  async function setUp() {
    await addOfficer(office)
    const codes = newRecoveryCodes()
    const factor = { secret: sealSecret(SECRET, key), lastStep: 1, codes: codes.map(hashOfRecoveryCode) }
    office.stores.secondFactors.set('officer', factor, { actor: 'officer', at: AT })
    return codes
  }

  test('is a code of the app, once', async () => {
    await setUp()
    expect(take('000000')).toBe('wrong')
    expect(take('005924')).toBe('right')
    expect(take('005924')).toBe('wrong')
  })

  test('is none of an earlier step than the last', async () => {
    await setUp()
    const before = new Date(1_111_111_111_000)
    office.stores.secondFactors.takeStep('officer', Math.floor(1_234_567_890 / 30) + 5)
    expect(take('005924')).toBe('wrong')
    expect(take('050471', before)).toBe('wrong')
  })

  test('is each spare code once, and it is on the record', async () => {
    const codes = await setUp()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^([a-km-np-z2-9]{4}-){5}[a-km-np-z2-9]{4}$/)
    expect(take(codes[0]!)).toEqual({ codesLeft: 9 })
    expect(take(codes[0]!)).toBe('wrong')
    expect(take(codes[1]!.toUpperCase().replaceAll('-', ' '))).toEqual({ codesLeft: 8 })
    const actions = office.stores.audit.all().map(({ action }) => action)
    expect(actions.filter((action) => action === 'second-factor.recovered')).toHaveLength(2)
  })

  test('is nothing by another key, but for the spare codes', async () => {
    const codes = await setUp()
    const other = new Uint8Array(32).fill(8)
    expect(take('005924', AT, other)).toBe('wrong')
    expect(take(codes[0]!, AT, other)).toEqual({ codesLeft: 9 })
  })

  test('stands in no database that somebody copies', async () => {
    const codes = await setUp()
    take(codes[3]!)
    const { serialize } = (office.database.db as never as { $client: { serialize(): Buffer } }).$client
    const client = (office.database.db as never as { $client: object }).$client
    const image = (serialize as () => Buffer).call(client).toString('latin1')
    expect(office.database.db.select().from(auditLog).all().length).toBeGreaterThan(0)
    for (const told of [SECRET, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      expect(image.includes(told)).toBe(false)
  })
})
