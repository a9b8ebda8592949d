import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const ABOUT = resolve(import.meta.dirname, '../package.json')

/** Of the program, as package.json has it: nothing else says which one this is. */
export const VERSION: string = (JSON.parse(readFileSync(ABOUT, 'utf8')) as { version: string }).version
