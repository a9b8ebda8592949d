import { readFileSync } from 'node:fs'
import { programFile } from './program-files.ts'

const ABOUT = readFileSync(programFile('package.json'), 'utf8')

/** Of the program, as package.json has it: nothing else says which one this is. */
export const VERSION: string = (JSON.parse(ABOUT) as { version: string }).version
