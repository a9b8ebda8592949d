/**
 * public/styles/tokens.css: the variables of the Digital Agency's design tokens that our stylesheets use, and no more.
 * Run it after a stylesheet began or ceased to use one: `node scripts/tokens.ts`. A test holds the file to this.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const STYLES = resolve(import.meta.dirname, '../public/styles')
const TOKENS_FILE = resolve(STYLES, 'tokens.css')
const PACKAGE = '@digital-go-jp/design-tokens'

/** @throws Error that names a variable which neither the tokens nor our stylesheets define. */
export function tokensCss(): string {
  const require = createRequire(import.meta.url)
  const tokens = definitionsIn(readFileSync(require.resolve(`${PACKAGE}/dist/tokens.css`), 'utf8'))
  const { version } = require(`${PACKAGE}/package.json`) as { version: string }
  const needed = neededTokens(ourStylesheets(), tokens)
  const lines = [...tokens]
    .filter(([name]) => needed.has(name))
    .map(([name, value]) => `  ${name}: ${value};`)
  return [`/*! ${PACKAGE} ${version}, MIT License, © デジタル庁 */`, ':root {', ...lines, '}', ''].join('\n')
}

function ourStylesheets(): string {
  const names = readdirSync(STYLES).filter((name) => name.endsWith('.css') && name !== 'tokens.css')
  return names.map((name) => readFileSync(resolve(STYLES, name), 'utf8')).join('\n')
}

function neededTokens(css: string, tokens: Map<string, string>): Set<string> {
  const own = definitionsIn(css)
  const needed = new Set<string>()
  const waiting = usesIn(css)
  for (const name of waiting) {
    const value = tokens.get(name)
    if (value === undefined && !own.has(name)) throw new Error(`no such design token: ${name}`)
    if (value === undefined || needed.has(name)) continue
    needed.add(name)
    waiting.push(...usesIn(value))
  }
  return needed
}

function definitionsIn(css: string): Map<string, string> {
  return new Map([...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]))
}

function usesIn(css: string): string[] {
  return [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name!)
}

if (import.meta.main) writeFileSync(TOKENS_FILE, tokensCss())
