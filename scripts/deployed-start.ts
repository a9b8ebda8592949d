import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const UNIT = resolve(import.meta.dirname, '../deploy/systemd/kakuho.service')

/** How the units of deploy/ start the program, as far as it decides about memory: what is measured starts the same. */
export function deployedStart(): { nodeArguments: string[]; environment: Record<string, string> } {
  const unit = readFileSync(UNIT, 'utf8')
  const [, flags] = /^ExecStart=node (--.*) dist\/server\.js$/m.exec(unit)!
  const [, allocation] = /^Environment=(MALLOC_.*)$/m.exec(unit)!
  return {
    nodeArguments: flags!.split(' '),
    environment: Object.fromEntries(allocation!.split(' ').map((set) => set.split('=') as [string, string])),
  }
}
