import { text } from 'node:stream/consumers'
import { processEnvironment } from '../config.ts'
import { runCommand } from './run.ts'

process.exitCode = await runCommand(
  process.argv.slice(2),
  {
    environment: processEnvironment(),
    now: () => new Date(),
    print: (line) => process.stdout.write(`${line}\n`),
    readStdin: () => text(process.stdin),
  },
  (line) => process.stderr.write(`${line}\n`),
)
