import { describe, expect, test } from 'vitest'
import { isEmail, quotedEmail, readEmail } from '../../../src/domain/text/email.ts'

describe('what carriers have given out', () => {
  test.each([
    ['a..b@docomo.ne.jp', '"a..b"@docomo.ne.jp'],
    ['.ab@ezweb.ne.jp', '".ab"@ezweb.ne.jp'],
    ['ab.@ezweb.ne.jp', '"ab."@ezweb.ne.jp'],
    ['a...b...@softbank.ne.jp', '"a...b..."@softbank.ne.jp'],
    ['-ab@docomo.ne.jp', '-ab@docomo.ne.jp'],
    ['a/b@docomo.ne.jp', 'a/b@docomo.ne.jp'],
    ['a=b@docomo.ne.jp', 'a=b@docomo.ne.jp'],
    ['a?b+c_d@docomo.ne.jp', 'a?b+c_d@docomo.ne.jp'],
    ["o'hara&co@hospital.example.jp", "o'hara&co@hospital.example.jp"],
    ['jimu@xn--wgv71a119e.jp', 'jimu@xn--wgv71a119e.jp'],
    ['a@b-c.city.example.lg.jp', 'a@b-c.city.example.lg.jp'],
  ])('%s is an address, and a mail server is told %s', (address, quoted) => {
    expect(isEmail(address)).toBe(true)
    expect(readEmail(address)).toBe(address)
    expect(readEmail(quoted)).toBe(address)
    expect(quotedEmail(address)).toBe(quoted)
  })
})

test.each([
  ['ＪＩＭＵ＠ｅｘａｍｐｌｅ．ｊｐ', 'JIMU@example.jp'],
  [' jimu@example.jp\u200b', 'jimu@example.jp'],
  ['jimu @ example.jp', 'jimu@example.jp'],
  ['mailto:jimu@example.jp', 'jimu@example.jp'],
  ['<jimu@example.jp>', 'jimu@example.jp'],
  ['jimu@example。jp', 'jimu@example.jp'],
  ['jimu@example.jp.', 'jimu@example.jp'],
  ['jimu@example.jp。', 'jimu@example.jp'],
  ['jimu@example.jp、', 'jimu@example.jp'],
  ['mailto:ab.@example.jp ;', 'ab.@example.jp'],
])('%s is read as %s', (typed, address) => {
  expect(readEmail(typed)).toBe(address)
  expect(isEmail(address)).toBe(true)
})

test.each([
  '',
  'jimu',
  '@example.jp',
  'jimu@',
  'jimu@example',
  'jimu@example.',
  'jimu@.example.jp',
  'jimu@exa..mple.jp',
  'jimu@-example.jp',
  'jimu@example.jp.1',
  'a b@example.jp',
  'a@b@example.jp',
  'a,b@example.jp',
  'a;b@example.jp',
  '事務@example.jp',
  'jimu@example.jp, evil@example.com',
  'jimu@example.jp\r\nBcc: evil@example.com',
  'jimu@example.jp\nevil',
  '"a"b"@example.jp',
  '"a\\"b"@example.jp',
  'a<b@example.jp',
  'a>b@example.jp',
  'a(b)@example.jp',
  `${'a'.repeat(65)}@example.jp`,
  `a@${'b'.repeat(64)}.jp`,
  `a@${'b.'.repeat(130)}jp`,
])('%j is none', (typed) => {
  expect(isEmail(readEmail(typed))).toBe(false)
})
