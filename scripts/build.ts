/**
 * dist/: the program with its packages in it, `npm run build`; with a folder behind it, dist/ in there. What starts then reads a few files in place of two thousand, strips
 * no types and minifies no styles: docs/decisions/051-built-form.md. What else the program shows (views, scripts, guides,
 * migrations) is read where it lies.
 */
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'
import { builtName } from '../src/program-files.ts'
import { STYLES_ROOT } from '../src/web/assets.ts'
import { stylesheets } from '../src/web/stylesheets.ts'
import { MADE_OF, sourcesOfToday } from '../start/start.js'
import { noticesOf, packageFolderOf } from './notices.ts'

const ROOT = resolve(import.meta.dirname, '..')
const START = resolve(ROOT, 'start')
const OUT = resolve(process.argv[2] ?? ROOT)
const DIST = resolve(OUT, 'dist')

/** They bring machine code along, which lies where they were installed. */
const NATIVE = ['better-sqlite3', '@node-rs/argon2']

const programs = { 'server-program': 'src/server.ts', 'kakuho-program': 'src/cli/main.ts' }

const bundle = await rolldown({
  cwd: ROOT,
  platform: 'node',
  input: { ...programs, ...threads() },
  external: NATIVE,
  plugins: [madeStylesheets(), withoutFetch()],
})
const { output } = await bundle.write({
  dir: DIST,
  cleanDir: true,
  // What `require` reads Node lets go again; of what `import` reads it keeps the bytes as well.
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name].cjs',
  // A byte a character, in the file and in memory: one Japanese text would make it two for all of them.
  charset: 'ascii',
  comments: false,
})
await bundle.close()
for (const file of readdirSync(START).filter((name) => name.endsWith('.js')))
  copyFileSync(resolve(START, file), resolve(DIST, file))
writeFileSync(resolve(DIST, 'THIRD-PARTY.txt'), noticesOf(packagesIn(output)))
writeFileSync(resolve(OUT, MADE_OF), `${JSON.stringify(sourcesOfToday())}\n`)

/** The packages whose code is in a build. Of the design tokens, the values are in the styles. */
function packagesIn(chunks: typeof output): string[] {
  const files = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
  const folders = files.map(packageFolderOf).filter((folder) => folder !== null)
  return [...folders, resolve(ROOT, 'node_modules/@digital-go-jp/design-tokens')]
}

/** What a call of `threadFile` names, each with the name that it looks for. */
function threads(): Record<string, string> {
  const src = resolve(ROOT, 'src')
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const named = files.flatMap((file) => [
    ...readFileSync(resolve(src, file), 'utf8').matchAll(/\bthreadFile\('([^']+)'\)/g),
  ])
  return Object.fromEntries(
    named.map(([, source]) => [builtName(source!).replace(/\.cjs$/, ''), `src/${source}`]),
  )
}

/**
 * Two packages ask whether something is of `fetch`, and Node then loads all of that, with the first page: a fifth of the start.
 * Nothing here is. Asked as Fastify itself asks, nothing is loaded.
 */
function withoutFetch(): Plugin {
  const asked: [file: RegExp, asks: string, instead: string][] = [
    [/@fastify\/compress\/lib\/utils\.js$/, 'obj instanceof Response', isOfTag('Response')],
    [/@fastify\/compress\/lib\/utils\.js$/, 'obj instanceof ReadableStream', isOfTag('ReadableStream')],
    [/@fastify\/multipart\/index\.js$/, 'if (globalThis.FormData &&', 'if (false &&'],
  ]
  return {
    name: 'without-fetch',
    transform: (code, id) =>
      asked
        .filter(([file]) => file.test(id))
        .reduce((text, [, asks, instead]) => {
          if (!text.includes(asks)) throw new Error(`${id} does not say: ${asks}`)
          return text.replace(asks, instead)
        }, code),
  }
}

function isOfTag(tag: string): string {
  return `Object.prototype.toString.call(obj) === '[object ${tag}]'`
}

/** The styles as they are served, in place of what makes them. */
function madeStylesheets(): Plugin {
  const made = JSON.stringify([...stylesheets(STYLES_ROOT)])
  return {
    name: 'made-stylesheets',
    load: (id) =>
      id.endsWith('src/web/stylesheets.ts') ? `export const stylesheets = () => new Map(${made})` : null,
  }
}
