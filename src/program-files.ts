import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Where the program's files lie: this file is in a folder of it, be it `src/` or, built, `dist/`. */
const PROGRAM = resolve(import.meta.dirname, '..')
const isBuilt = basename(import.meta.filename) !== 'program-files.ts'

/** A file or folder that the program brings along, by its path from the root of the project. */
export function programFile(path: string): string {
  return resolve(PROGRAM, path)
}

/**
 * What a thread of its own runs. `npm run build` finds each by this call, and puts it beside the rest of the program.
 * @param source its path from src/, as a text and nothing else
 */
export function threadFile(source: string): URL {
  return pathToFileURL(programFile(isBuilt ? `dist/${builtName(source)}` : `src/${source}`))
}

/** `files/jobs/thread.ts` → `files-jobs-thread.cjs` */
export function builtName(source: string): string {
  return source.replaceAll('/', '-').replace(/\.ts$/, '.cjs')
}
