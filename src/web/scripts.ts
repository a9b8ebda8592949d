import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { FOLDING } from '../domain/text/folding.ts'

/**
 * The scripts as they are served: without comments and indentation, and with the rules and names that the server has as
 * well.
 * @param resources where the shipped lists of municipalities and regions are
 */
export function scripts(folder: string, resources: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'))
  const known = knownTo(resources)
  return new Map(
    names.map((name) => [
      name,
      (known[name] ?? '') + withoutComments(readFileSync(resolve(folder, name), 'utf8')),
    ]),
  )
}

/** In front of a script: what it takes from the server, so that there is one source of it. */
function knownTo(resources: string): Readonly<Record<string, string>> {
  const readings = Object.fromEntries(shippedLists(resources).flatMap(readingsIn))
  return {
    'hospital-picker.js': `const FOLDING = ${JSON.stringify(FOLDING)}\nconst READINGS = ${JSON.stringify(readings)}\n`,
  }
}

/** municipalities-46.csv and regions-46.csv, the regions after: where both have one name they have one reading. */
function shippedLists(resources: string): string[] {
  return readdirSync(resources)
    .filter((name) => /^(?:municipalities|regions)-\d{2}\.csv$/.test(name))
    .map((name) => readFileSync(resolve(resources, name), 'utf8'))
}

/** How its places are read, where it says so: 出水市 is イズミシ. No cell of these lists is quoted. */
function readingsIn(list: string): [place: string, kana: string][] {
  const [headers = [], ...rows] = list
    .replace(/^\ufeff/, '')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
  const [place, kana] = [headers.findIndex((header) => PLACES.includes(header)), headers.indexOf('フリガナ')]
  return rows.flatMap((row) => (row[place] && row[kana] ? [[row[place], row[kana]]] : []))
}

const PLACES = ['市町村', '二次医療圏']

/** Comments stand on lines of their own here. Line ends stay, as a statement may end by one. */
function withoutComments(source: string): string {
  let isInComment = false
  const kept: string[] = []
  for (const line of source.split('\n')) {
    const text = line.trim()
    isInComment ||= text.startsWith('/*')
    if (!isInComment && text !== '' && !text.startsWith('//')) kept.push(text)
    if (text.endsWith('*/')) isInComment = false
  }
  return `${kept.join('\n')}\n`
}
