import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { FOLDING } from '../domain/text/folding.ts'

/** The scripts as they are served: without comments and indentation, and with the rules that the server has as well. */
export function scripts(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'))
  return new Map(
    names.map((name) => [
      name,
      (RULES[name] ?? '') + withoutComments(readFileSync(resolve(folder, name), 'utf8')),
    ]),
  )
}

/** In front of a script: what it takes from the server's own rules, so that there is one source of them. */
const RULES: Readonly<Record<string, string>> = {
  'hospital-picker.js': `const FOLDING = ${JSON.stringify(FOLDING)}\n`,
}

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
