import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

/** What `npm start` starts, and the commands: the form that was built before the tests began (`built.ts`). */
export const SERVER = resolve(ROOT, 'start/server.js')
export const COMMANDS = resolve(ROOT, 'start/kakuho.js')
