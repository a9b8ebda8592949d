import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * The stylesheets as they are served: without comments and spare white space. Files that every page of the hospitals'
 * side needs come as one, so that a page waits for one of them.
 */
export function stylesheets(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.css'))
  const files = new Map(names.map((name) => [name, minified(readFileSync(resolve(folder, name), 'utf8'))]))
  const bundles = Object.entries(BUNDLES).map(
    ([name, parts]) => [name, parts.map((part) => files.get(part)!).join('')] as const,
  )
  return new Map([...files, ...bundles])
}

const BUNDLES = { 'pages.css': ['tokens.css', 'app.css', 'survey.css'] }

/** The same rules in fewer bytes; what stands in quotes is left as it is. */
export function minified(css: string): string {
  return css
    .replace(/("[^"\n]*")|\/\*.*?\*\//gs, (text, quoted?: string) => (quoted || isLicence(text) ? text : ''))
    .split(/("[^"\n]*"|\/\*.*?\*\/)/s)
    .map((part, index) => (index % 2 === 0 ? withoutSpace(part) : part))
    .join('')
    .trim()
}

/** The tokens' authors ask to be named wherever their work goes. */
function isLicence(comment: string): boolean {
  return /licen[sc]e/i.test(comment)
}

function withoutSpace(css: string): string {
  return css
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
}
