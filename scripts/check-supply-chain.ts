import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { faultsOf, type Lockfile, licencesOf, type Manifest } from './supply-chain.ts'

/** Lists the licences of all that we build upon, and fails where a package is not what `supply-chain.ts` asks for. No network. */
const root = resolve(import.meta.dirname, '..')
const read = (name: string): unknown => JSON.parse(readFileSync(resolve(root, name), 'utf8'))
const manifest = read('package.json') as Manifest
const lockfile = read('package-lock.json') as Lockfile

for (const dev of [false, true]) {
  process.stdout.write(`${dev ? 'For development' : 'In production'}\n`)
  for (const [licence, names] of licencesOf(lockfile, { dev })) {
    const listed = names.length > 12 && !process.argv.includes('--all') ? '' : `: ${names.join(', ')}`
    process.stdout.write(`  ${licence}  ${names.length}${listed}\n`)
  }
}
const faults = faultsOf(manifest, lockfile)
for (const fault of faults) process.stderr.write(`${fault}\n`)
process.exitCode = faults.length > 0 ? 1 : 0
