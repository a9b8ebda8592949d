import type { Random } from '../../../src/demo/random.ts'
import { MARKUP } from './values.ts'

/** The address with something in it that no page links to. */
export function trickPath(url: string, random: Random): string {
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
export function printable(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character.toWellFormed()))
}
