import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { trustsStrangers } from '../src/trusted-ranges.ts'

test.each([
  [['0.0.0.0/0']],
  [['::/0']],
  [['::/0', '127.0.0.1']],
  [['0.0.0.0/1', '128.0.0.0/1']],
  [['10.0.0.0/7']],
  [['192.0.0.0/2']],
  [['172.0.0.0/6']],
  [['1.2.3.4/4']],
  [['8.0.0.0/8', '9.0.0.0/8']],
  [Array.from({ length: 256 }, (_, i) => `${i}.0.0.0/8`)],
  [Array.from({ length: 512 }, (_, i) => `${i >> 1}.${(i & 1) * 128}.0.0/9`)],
  [['2000::/3']],
  [['f000::/4']],
  [['::ffff:0:0/96']],
  [['::ffff:0.0.0.0/96']],
  [['::ffff:128.0.0.0/97', '::ffff:0.0.0.0/97']],
  [['::/64', '2001::/8']],
])('%j trusts whoever comes, and is no setting', (ranges) => {
  expect(trustsStrangers(ranges)).toBe(true)
  const start = () => readConfig({ TRUST_PROXY: ranges.join(',') })
  expect(start).toThrow(/TRUST_PROXY.*インターネット.*リバースプロキシのアドレス/s)
})

test.each([
  [[]],
  [['127.0.0.1', '::1']],
  [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8']],
  [['fc00::/7', 'fe80::/10', '::ffff:10.0.0.0/104']],
  [['fd12:3456::/32']],
  // Of two large networks that deliver pages.
  [
    [
      '173.245.48.0/20',
      '104.16.0.0/13',
      '172.64.0.0/13',
      '131.0.72.0/22',
      '2400:cb00::/32',
      '2a06:98c0::/29',
    ],
  ],
  [['13.32.0.0/15', '52.84.0.0/15', '2600:9000::/28']],
  [['203.0.113.7']],
])('%j names proxies', (ranges) => {
  expect(trustsStrangers(ranges)).toBe(false)
  expect(readConfig({ TRUST_PROXY: ranges.join(',') }).trustProxy).toEqual(ranges)
})
