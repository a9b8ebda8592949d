import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { isBuilt } from '../../start/start.js'

/** Before all tests: many start the program as a process, and what is built starts in a third of the time. */
export function setup(): void {
  if (isBuilt('server')) return
  execFileSync(process.execPath, [resolve(import.meta.dirname, '../../scripts/build.ts')], {
    stdio: 'inherit',
  })
}
