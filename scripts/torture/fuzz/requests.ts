import type { Random } from '../../../src/demo/random.ts'
import { mutationsFor } from '../files/mutations.ts'
import { MARKUP, RUNS, VALUE_KINDS } from './values.ts'

/** What a page would send there, and what else is known of the address. */
export interface Seed {
  method: 'GET' | 'POST'
  url: string
  /** As a browser would send the form as it stands. */
  fields: Readonly<Record<string, string>>
  /** Takes a file. */
  isUpload: boolean
}

/** A request as it goes over the wire. */
export interface Request {
  method: string
  url: string
  headers: Record<string, string>
  body: Buffer | null
  /** Its head is written by hand: no library would send it. */
  isRaw: boolean
}

interface Making {
  seed: Seed
  random: Random
  csrf: string
  /** A good file for the address; a mutated one comes from elsewhere. */
  file: { name: string; bytes: Buffer }
}

type RequestKind = (making: Making) => Request

const FORM = 'application/x-www-form-urlencoded'
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

type Pair = readonly [name: string, written: string]

function pairsOf(fields: Seed['fields']): Pair[] {
  return Object.entries(fields).map(([name, value]) => [
    encodeURIComponent(name),
    encodeURIComponent(value.toWellFormed()),
  ])
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

function encoded(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${name}=${value}`).join('&')
}

function base({ seed }: Making): Request {
  return { method: seed.method, url: seed.url, headers: {}, body: null, isRaw: false }
}

function withFields(making: Making, pairs: readonly Pair[]): Request {
  if (making.seed.method === 'GET') {
    const query = encoded(pairs)
    return query === ''
      ? base(making)
      : { ...base(making), url: `${making.seed.url}?${query.slice(0, 14_000)}` }
  }
  if (making.seed.isUpload) return multipart(making, pairs)
  return written(making, FORM, Buffer.from(encoded([...token(making), ...pairs])))
}

function token({ csrf }: Making): Pair[] {
  return csrf === '' ? [] : [['_csrf', encodeURIComponent(csrf)]]
}

function written(making: Making, type: string, body: Buffer): Request {
  const request = base(making)
  if (making.seed.method === 'GET') return request
  const own =
    type === FORM && !body.subarray(0, 6).equals(Buffer.from('_csrf='))
      ? Buffer.concat([Buffer.from(`${encoded(token(making))}&`), body])
      : body
  return { ...request, headers: type === '' ? {} : { 'content-type': type }, body: own }
}

/** Fields as bytes: what stands there encoded is decoded, as a browser sends it in this kind of form. */
function multipart(making: Making, pairs: readonly Pair[]): Request {
  const boundary = 'b'.repeat(20)
  const part = (head: string, body: Buffer) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      body,
      Buffer.from('\r\n'),
    ])
  const { name, bytes } = making.file
  const body = Buffer.concat([
    ...[...token(making), ...pairs].map(([field, value]) =>
      part(
        `name="${bytesOf(field)
          .toString('latin1')
          .replace(/["\r\n]/g, '_')}"`,
        bytesOf(value),
      ),
    ),
    part(`name="file"; filename="${name}"\r\nContent-Type: application/octet-stream`, bytes),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return { ...base(making), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body }
}

function bytesOf(written: string): Buffer {
  const text = written
    .replaceAll('+', ' ')
    .replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(text, 'latin1')
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

function trickPath(url: string, random: Random): string {
  const parts = url.split('/')
  const at = random.between(1, parts.length - 1)
  const odd = random.pick([
    ...[
      '..',
      '.',
      '%2e%2e',
      '%2E%2E%2F',
      '%2f',
      '%5c',
      '%00',
      '%',
      '%zz',
      '%FF',
      '%ED%A0%80',
      ';a=1',
      '%3F',
      '%23',
      '*',
      '~',
    ],
    ...[
      '__proto__',
      'constructor',
      '%E3%81%82',
      '%F0%A0%AE%B7',
      '99999999999999999999',
      '-1',
      '1e9',
      'R-0001%0d%0aX:y',
      '%2500',
      '%u3042',
    ],
    ...[
      'a'.repeat(300),
      'a'.repeat(9_000),
      '%E3%81%82'.repeat(1_000),
      '',
      ' '.repeat(3).replaceAll(' ', '%20'),
      encodeURIComponent(MARKUP),
    ],
  ])
  const changed = parts.with(at, random.pick([odd, `${parts[at]}${odd}`, `${odd}${parts[at]}`]))
  return printable(
    random.pick([
      changed.join('/'),
      `/${changed.join('/')}`,
      `${changed.join('/')}/`,
      `${url}//${odd}`,
      `http://x${changed.join('/')}`,
      changed.join('/').toUpperCase(),
    ]),
  )
}

/** What ends the line of a request would begin another one. */
function printable(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character.toWellFormed()))
}

function flipped(bytes: Buffer, random: Random): Buffer {
  for (let changes = random.between(1, 30); changes > 0 && bytes.length > 0; changes -= 1)
    bytes[random.between(0, bytes.length - 1)] = random.between(0, 255)
  return bytes
}
