import type { Random } from '../../../src/demo/random.ts'
import { mutationsFor } from '../files/mutations.ts'
import { printable, trickPath } from './addresses.ts'
import { MARKUP, RUNS, VALUE_KINDS } from './values.ts'
import {
  base,
  encoded,
  FORM,
  type Making,
  multipart,
  type Pair,
  pairsOf,
  type Request,
  withFields,
  written,
} from './writing.ts'

type RequestKind = (making: Making) => Request

const MEGABYTE = 1024 * 1024

/** Files that nobody saved, made of a good one. */
const FILES: Readonly<Record<string, (good: Buffer, random: Random) => Buffer>> = {
  'a changed file': (good, random) => {
    const mutations = mutationsFor(good)
    return mutations[random.pick(Object.keys(mutations))]!(good, random)
  },
  'a file of one run': (good, random) =>
    Buffer.concat([good, Buffer.alloc(random.between(1, 12) * MEGABYTE, random.pick(RUNS))]),
  'a file with one token of more than a megabyte': (good, random) => {
    const at = good.indexOf(random.pick([',', '\n'])) + 1
    const token = Buffer.alloc(random.between(1, 6) * MEGABYTE + 1, random.pick(['a', '病', '"a', '1', ' ']))
    return Buffer.concat([good.subarray(0, at), token, good.subarray(at)])
  },
  'a file of 2.4 million lines': (good, random) =>
    Buffer.concat([
      good,
      Buffer.from(random.pick(['\n', 'a\n', 'a,b\n', '"\n', ',,,\r\n']).repeat(2_400_000)),
    ]),
}

/** What goes to every address that takes a file. */
export const FILE_KINDS: readonly string[] = [...Object.keys(FILES), 'a form with a file, broken']

/** Every way in which a request can be wrong; each of the values in the fields of a form is one. */
export const REQUEST_KINDS: Readonly<Record<string, RequestKind>> = {
  ...Object.fromEntries(
    Object.keys(VALUE_KINDS).map((kind) => [
      kind,
      (making: Making) => withFields(making, valuesOf(making, kind)),
    ]),
  ),
  'as it stands': (making) => withFields(making, pairsOf(making.seed.fields)),
  'fields missing': (making) =>
    withFields(
      making,
      pairsOf(making.seed.fields).filter(() => making.random.chance(0.6)),
    ),
  'several of one name': (making) => {
    const pairs = pairsOf(making.seed.fields)
    return withFields(making, [...pairs, ...pairs, ...(making.random.chance(0.5) ? pairs.slice(0, 3) : [])])
  },
  'lists and objects': (making) => {
    const { random } = making
    const shape = random.pick([
      '[]',
      '[0]',
      '[a]',
      '[a][b]',
      '.a',
      '[__proto__]',
      '[constructor][prototype]',
      '%5B%5D',
    ])
    return withFields(
      making,
      pairsOf(making.seed.fields).map(([name, value]) => [name + (random.chance(0.5) ? shape : ''), value]),
    )
  },
  'names that objects have as fields': (making) =>
    withFields(making, [
      ...pairsOf(making.seed.fields),
      ...['__proto__', 'constructor', '__proto__.isAdmin', 'toString', 'hasOwnProperty', 'prototype'].map(
        (name): Pair => [name, 'admin'],
      ),
    ]),
  'ten thousand fields': (making) =>
    withFields(making, [
      ...pairsOf(making.seed.fields),
      ...Array.from(
        { length: 10_000 },
        (_, index): Pair => [making.random.chance(0.3) ? 'a' : `q.f${index}`, '1'],
      ),
    ]),
  'separators alone': (making) => {
    const run = making.random.pick(['&', '=', '&=', 'a&', '=&a', '%26', ';', '+'])
    return written(making, FORM, Buffer.from(run.repeat(240_000 / run.length)))
  },
  'more than a form may have': (making) =>
    withFields(making, [
      ...pairsOf(making.seed.fields),
      ['remarks', 'x'.repeat(making.random.pick([262_144, 300_000, 1_100_000]))],
    ]),
  JSON: (making) => written(making, 'application/json', Buffer.from(jsonOf(making))),
  'another type': (making) => {
    const type = making.random.pick([
      'text/plain',
      'application/xml',
      'multipart/form-data',
      `multipart/form-data; boundary=${'b'.repeat(100)}`,
      `${FORM}; charset=shift_jis`,
      `${FORM}; charset=`,
      'a',
      '',
      `${FORM}, text/html`,
      'application/octet-stream',
      `${FORM};;;;`,
    ])
    return written(making, type, Buffer.from(encoded(pairsOf(making.seed.fields))))
  },
  'bytes at random': (making) =>
    written(
      making,
      FORM,
      Buffer.from(
        Array.from({ length: making.random.between(0, 2_000) }, () => making.random.between(0, 255)),
      ),
    ),
  'a form with a file, broken': (making) => {
    const { headers, body } = multipart(making, pairsOf(making.seed.fields))
    const bytes = Buffer.from(body!)
    const cut = bytes.subarray(0, making.random.between(0, bytes.length))
    return { ...base(making), headers, body: making.random.chance(0.5) ? cut : flipped(bytes, making.random) }
  },
  ...Object.fromEntries(
    Object.entries(FILES).map(([kind, change]) => [
      kind,
      (making: Making) => {
        const { seed, random, file } = making
        // Where no file is taken, what it is made of is not read.
        const bytes = seed.isUpload ? change(file.bytes, random) : file.bytes.subarray(0, 1_000)
        return multipart({ ...making, file: { ...file, bytes } }, pairsOf(seed.fields))
      },
    ]),
  ),
  'a query': (making) => {
    const { random } = making
    const name = random.pick([
      'q',
      'state',
      'sort',
      'page',
      'region',
      'band',
      'emr',
      'intent',
      'encoding',
      'next',
      'a',
      '__proto__',
      'd',
      'token',
      'from',
      'to',
    ])
    const value = VALUE_KINDS[random.pick(Object.keys(VALUE_KINDS))]!(
      random,
      Object.values(making.seed.fields),
    ).slice(0, 6_000)
    const query = random.pick([
      `${name}=${value}`,
      `${name}=${value}&${name}=1`,
      `${name}[]=${value}`,
      value,
      `${name}`,
    ])
    return {
      ...withFields(making, pairsOf(making.seed.fields)),
      url: `${making.seed.url}?${printable(query)}`,
      isRaw: true,
    }
  },
  'a trick with the path': (making) => ({
    ...withFields(making, pairsOf(making.seed.fields)),
    url: trickPath(making.seed.url, making.random),
    isRaw: true,
  }),
  'another method': (making) => ({
    ...withFields(making, pairsOf(making.seed.fields)),
    method: making.random.pick([
      'PUT',
      'DELETE',
      'PATCH',
      'OPTIONS',
      'HEAD',
      'TRACE',
      'PROPFIND',
      'QUERY',
      making.seed.method === 'GET' ? 'POST' : 'GET',
    ]),
    isRaw: true,
  }),
  headers: (making) => {
    const { random } = making
    const request = withFields(making, pairsOf(making.seed.fields))
    const [name, value] = random.pick([
      ['accept-language', '*;q=0'],
      ['if-none-match', `"${'a'.repeat(2_000)}"`],
      ['if-modified-since', '99999'],
      ['range', 'bytes=0-,-1'],
      ['cookie', `a=${'b'.repeat(3_000)}; =; ;; __Secure-x=1`],
      ['x-forwarded-for', `${'1.1.1.1,'.repeat(300)}`],
      ['x-forwarded-host', MARKUP],
      ['host', 'a b'],
      ['host', '[::1'],
      ['origin', 'null'],
      ['referer', `http://${'a'.repeat(2_000)}`],
      ['accept-encoding', 'gzip;q=2, br;q=-1, *'],
      ['content-encoding', 'gzip'],
      ['expect', '100-continue'],
      ['transfer-encoding', 'chunked'],
      ['content-length', '-1'],
      ['upgrade', 'websocket'],
      ['user-agent', MARKUP.repeat(100)],
    ] as const)
    return { ...request, headers: { ...request.headers, [name]: value }, isRaw: true }
  },
}

/** One to three of the fields hold it; of a form without any, one that most have. */
function valuesOf({ seed, random }: Making, kind: string): Pair[] {
  const value = () => VALUE_KINDS[kind]!(random, Object.values(seed.fields))
  const pairs = pairsOf(seed.fields)
  if (pairs.length === 0)
    return [[random.pick(['reason', 'shown', 'codes', 'q', 'page', 'version']), value()]]
  const many = random.weighted([
    [1, 6],
    [2, 2],
    [3, 1],
  ] as const)
  const places = new Set(Array.from({ length: many }, () => random.between(0, pairs.length - 1)))
  // One long run leaves no room for another.
  let room = 252 * 1024
  return pairs.map(([name, was], place) => {
    const written = places.has(place) ? value() : was
    room -= written.length
    return [name, room > 0 ? written : '']
  })
}

function jsonOf({ seed, random, csrf }: Making): string {
  const odd: unknown[] = [null, true, 0, -1, 1e308, [], {}, [[]], { a: { b: {} } }, ['a', 'b'], '\ud800', '']
  const fields = Object.entries(seed.fields).map(([name, value]) => [
    name,
    random.chance(0.4) ? random.pick(odd) : value,
  ])
  const whole = JSON.stringify({ _csrf: csrf, ...Object.fromEntries(fields) })
  return random.pick([
    whole,
    whole,
    `[${whole}]`,
    '{"__proto__":{"a":1}}',
    '{"constructor":{"prototype":{}}}',
    '1',
    'null',
    '',
    whole.slice(0, -1),
    '['.repeat(50_000),
  ])
}

function flipped(bytes: Buffer, random: Random): Buffer {
  for (let changes = random.between(1, 30); changes > 0 && bytes.length > 0; changes -= 1)
    bytes[random.between(0, bytes.length - 1)] = random.between(0, 255)
  return bytes
}
