import type { Random } from '../../../src/demo/random.ts'
import { CHARACTER_CLASSES } from '../../../test/support/growth.ts'

/**
 * What nobody should type into a field. Each comes as it stands in the body of a form, so that what is no UTF-8 can be
 * sent as well.
 */
type ValueKind = (random: Random, others: readonly string[]) => string

const typed = (text: string) => encodeURIComponent(text.toWellFormed())

/** In one answer it would be markup of ours. */
export const MARKUP = `"><fuzz x='&amp;`

/** Bytes of a form that are left for one value. */
const LONGEST = 250 * 1024

/** Every class of character, and signs that mean something to a parser. */
export const RUNS = [
  ...Object.values(CHARACTER_CLASSES).map((character) => character.toWellFormed()),
  ...[
    '%25',
    '&amp;',
    '{',
    '(',
    '*',
    '+',
    '?',
    '|',
    '$',
    '^',
    ';',
    ':',
    '#',
    '~',
    '`',
    '\u202e',
    '𠮷',
    '\u200d',
  ],
  ...['年', '令和', '0.', '-1,', 'R-', '\u0e33', 'ß', 'İ', 'ﬃ'],
]

/** What most rules for texts take off, at an end or anywhere. */
const BLANKS = [' ', '\t', '\n', '\r\n', '\u3000', '\u00a0']

export const VALUE_KINDS: Readonly<Record<string, ValueKind>> = {
  'one character up to the limit': (random) =>
    runTo(random.pick(random.chance(0.4) ? BLANKS : RUNS), LONGEST, random),
  'some thousand of one character': (random) => runTo(random.pick(RUNS), 12_000, random),
  'broken UTF-8': (random) =>
    random.pick(['%FF', 'a%C3', '%E3%81', '%C0%AF', '%F5%80%80%80', '%ED%A0%80', '%', '%zz', '%u3042']),
  'half a pair': (random) => random.pick(['%ED%A0%80', 'a%ED%BF%BFb', '%ED%A0%BD%ED%B8%80']),
  NUL: (random) => random.pick(['%00', 'a%00b', '%00%00%00', 'R-0001%00', '4610000011%00.csv']),
  'control characters': (random) =>
    random.pick(['%01', 'a%08b', '%1b[31m', '%7f', 'a%0d%0ab', '%c2%85', '%e2%80%a8', '%0b%0c']),
  'changes of direction': (random) =>
    typed(
      random.pick([
        '\u202e',
        '099\u202e-111',
        '\u2066架空\u2069',
        '\u200f病院',
        '\u202dabc\u202c',
        '\u202e,',
        '\u061c',
      ]),
    ),
  'what nobody sees': (random) =>
    typed(
      random.pick([
        '\u200b',
        '\ufeff架空',
        '\u2060',
        '\u00ad',
        '\u034f',
        '\ufe0f',
        '\u{e0041}',
        '\u3164',
        '\u115f',
        '\u180e',
      ]),
    ),
  'lost characters': (random) =>
    random.pick([
      '%EF%BF%BD',
      'a%EF%BF%BDb',
      '%EE%80%80',
      '%EF%BF%BF',
      '%EF%B7%90',
      '%F0%9F%BF%BF',
      '%CD%B8',
    ]),
  numbers: (random) =>
    typed(
      random.pick([
        ...[
          '-1',
          '0',
          '-0',
          '1e309',
          'NaN',
          'Infinity',
          '0x10',
          '9007199254740993',
          '1.5',
          '１２',
          '1_000',
          '+1',
          '٣',
          '²',
          '½',
        ],
        ...[
          '9'.repeat(400),
          '-'.repeat(50),
          '00000000001',
          '1,000',
          '１，０００',
          '4610000011',
          '2147483648',
          '1e-7',
          ' 1 ',
          '一',
        ],
      ]),
    ),
  dates: (random) =>
    typed(
      random.pick([
        ...[
          '0000-00-00',
          '9999-12-31',
          '10000-01-01',
          '-000001-01-01',
          '2024-02-30',
          '2024-13-01',
          '2024-03-18T25:00',
        ],
        ...[
          '令和99年1月1日',
          '令和0年1月1日',
          '令和元年',
          '令和999999999年12月31日',
          '平成31年4月31日',
          'R8.2.29',
          '明治1年1月1日',
        ],
        ...[
          '1970-01-01',
          '+275760-09-13',
          '2024-03-18T17:00:00+99:99',
          '2024-W10',
          '24時',
          '2024-02-29 24:00',
          '20240318',
          '２０２４年３月',
        ],
      ]),
    ),
  markup: (random) =>
    typed(
      random.pick([
        MARKUP,
        `<script>${MARKUP}</script>`,
        `${MARKUP}{{it}}<%= it %>`,
        `javascript:${MARKUP}`,
        `]]>${MARKUP}<!--`,
      ]),
    ),
  'words of a machine': (random) =>
    typed(
      random.pick([
        ...[
          "' OR 1=1 --",
          '"; DROP TABLE submissions; --',
          '=HYPERLINK("http://x")',
          '@SUM(A1)',
          '＝1+1',
          '$'.concat('{7*7}'),
          '#{7*7}',
        ],
        ...[
          '{県}',
          '{{期限}}',
          '{',
          '{}',
          '{constructor}',
          '[a](javascript:1)',
          '**',
          '\\',
          '$&',
          '$1',
          '%s%s%n',
          '../../etc/passwd',
        ],
      ]),
    ),
  'names that objects have': (random) =>
    random.pick(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']),
  nothing: (random) => random.pick(['', '+', '%E3%80%80', '%0A', '%09', '-', 'null', 'undefined']),
  'what another field holds': (random, others) => (others.length > 0 ? typed(random.pick(others)) : ''),
  'one character otherwise': (random, others) =>
    others.length > 0 ? typed(changed(random.pick(others), random)) : 'a',
  'very many lines': (random) => '%0A'.repeat(random.between(10_000, 80_000)),
  'very many parts': (random) =>
    random
      .pick([',', '%2C+', '%0A1%2C', '%3B', '%09', '%26a%3D', '%E3%80%81'])
      .repeat(random.between(5_000, 25_000)),
}

/** As many as fit, alone or between two letters. */
function runTo(character: string, bytes: number, random: Random): string {
  const written = /^[a-z0-9]$/i.test(character) ? character : encodeURIComponent(character)
  const run = written.repeat(Math.floor(bytes / written.length))
  const [before, after] = random.pick([
    ['', ''],
    ['', 'b'],
    ['a', 'b'],
    ['1', '1'],
  ] as const)
  return before + run + after
}

function changed(text: string, random: Random): string {
  const at = random.between(0, Math.max(0, text.length - 1))
  const other = random.pick([
    '',
    '0',
    'あ',
    ' ',
    '\u3000',
    '-',
    text.slice(at, at + 1).repeat(2),
    String.fromCharCode(random.between(0x20, 0x9fff)),
  ])
  return text.slice(0, at) + other + text.slice(at + 1)
}
