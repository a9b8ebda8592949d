/**
 * resources/verify.html: the check of a confirmed round's archive as one static page, the engine itself in it. Run it after
 * the engine or the page changed: `npm run build:verify-page`. A test holds the file to this.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { rolldown } from 'rolldown'

const PAGE = resolve(import.meta.dirname, 'verify-page')
const MODULES = resolve(import.meta.dirname, '../node_modules')
const FILE = resolve(import.meta.dirname, '../resources/verify.html')

export async function verifyPage(): Promise<string> {
  const part = (name: string) => readFileSync(resolve(PAGE, name), 'utf8')
  const [script, style] = [await bundle(), part('page.css').trim()]
  // Nothing but what stands in the file itself, and no address to send anything to.
  const policy = `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`
  const parts: [marker: string, text: string][] = [
    ['POLICY', policy],
    ['/* style */', style],
    ['/* script */', script],
    ['<!-- licences -->', `<!--\n${licences()}\n-->`],
  ]
  // A function, as a text could say `$&`.
  return parts.reduce((page, [marker, text]) => page.replace(marker, () => text), part('page.html'))
}

async function bundle(): Promise<string> {
  const build = await rolldown({
    input: resolve(PAGE, 'page.js'),
    platform: 'browser',
    resolve: { alias: { 'node:crypto': resolve(PAGE, 'crypto.js') } },
    treeshake: { moduleSideEffects: true },
  })
  const { output } = await build.generate({ format: 'iife', minify: true, comments: { legal: true } })
  await build.close()
  const code = output[0].code.trim()
  // The end of a script element must not stand within one.
  return code.replaceAll('</script', '<\\/script')
}

/** Whose code is in the page, on which terms. */
function licences(): string {
  return ['zod', '@noble/hashes', '@noble/curves']
    .map((name) => `${name}\n\n${readFileSync(resolve(MODULES, name, 'LICENSE'), 'utf8').trim()}`)
    .join('\n\n')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

if (import.meta.main) writeFileSync(FILE, await verifyPage())
