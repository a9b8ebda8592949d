/**
 * How the program starts, as `npm start` and the commands: in the form that `npm run build` made, where it was made of the very
 * sources that lie here; else the sources themselves. So nobody runs an old build after `git pull`, and nobody has to build. The
 * build takes this file along, so that dist/server.js keeps to it as well.
 */
import './node-version.js'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** This file lies in start/, or built in dist/. */
const PROGRAM = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const SOURCES = { server: 'src/server.ts', kakuho: 'src/cli/main.ts' }
const LOCK = 'package-lock.json'
/** Of which sources dist/ was made. */
export const MADE_OF = 'dist/made-of.json'

/** @param {keyof typeof SOURCES} name what to start; its arguments follow in `process.argv` */
export function start(name) {
  const isCurrent = isBuilt(name)
  if (!isCurrent && name === 'server')
    process.stderr.write(existsSync(builtForm(name)) ? OUTDATED : NOT_BUILT)
  // Required, as `import` would look through all of it for what it exports.
  if (isCurrent) createRequire(import.meta.url)(builtForm(name))
  else return import(pathToFileURL(resolve(PROGRAM, SOURCES[name])).href)
}

/** @param {keyof typeof SOURCES} name @returns {boolean} whether it was built, of the sources of today */
export function isBuilt(name) {
  return existsSync(builtForm(name)) && isMadeOfSources()
}

/** @param {keyof typeof SOURCES} name */
function builtForm(name) {
  return resolve(PROGRAM, `dist/${name}-program.cjs`)
}

const BUILD = '「npm run build」を実行すると、速く、少ないメモリーで起動します。\n'
const NOT_BUILT = `ソースのまま起動します。${BUILD}`
const OUTDATED = `dist/は今のソースから作られたものではないため、ソースのまま起動します。${BUILD}`

/** Where only the built form was put, there is nothing that it could be older than. */
function isMadeOfSources() {
  if (!existsSync(resolve(PROGRAM, 'src'))) return true
  try {
    const made = JSON.parse(readFileSync(resolve(PROGRAM, MADE_OF), 'utf8'))
    const files = sourceFiles()
    // Untouched since: nothing has to be read. Copied or checked out again: what is in them counts.
    return made.touched === touchedOf(files) || made.contents === contentsOf(files)
  } catch {
    // Written last: a build that was broken off leaves none, or half of one. Nobody is kept from starting by it.
    return false
  }
}

/** What identifies the sources of today. */
export function sourcesOfToday() {
  const files = sourceFiles()
  return { touched: touchedOf(files), contents: contentsOf(files) }
}

/** What is in a build: the code, the styles as they are served, and which packages. All else is read where it lies. */
function sourceFiles() {
  const inSrc = readdirSync(resolve(PROGRAM, 'src'), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/${file}`)
  const styles = readdirSync(resolve(PROGRAM, 'public/styles')).map((file) => `public/styles/${file}`)
  return [...inSrc, ...styles, LOCK].sort().filter((file) => existsSync(resolve(PROGRAM, file)))
}

/** @param {string[]} files */
function touchedOf(files) {
  const facts = files.map((file) => {
    const { size, mtimeMs, ctimeMs } = statSync(resolve(PROGRAM, file))
    return `${file} ${size} ${mtimeMs} ${ctimeMs}`
  })
  return sha256(facts.join('\n'))
}

/** @param {string[]} files */
function contentsOf(files) {
  return sha256(files.map((file) => `${file} ${sha256(contentOf(file))}`).join('\n'))
}

/**
 * Of the packages, which they are: what npm writes down of the program itself beside them, its version too, is in no build.
 * @param {string} file
 */
function contentOf(file) {
  const bytes = readFileSync(resolve(PROGRAM, file))
  if (file !== LOCK) return bytes
  const { '': _program, ...packages } = JSON.parse(bytes.toString()).packages
  return JSON.stringify(packages)
}

/** @param {string | Buffer} text */
function sha256(text) {
  return createHash('sha256').update(text).digest('hex')
}
