import { text } from 'node:stream/consumers'
import { processEnvironment } from '../config.ts'
import { runCommand } from './run.ts'

// What a command writes is its owner's alone, whatever the account's own rule says.
process.umask(0o077)

// Whoever reads the output may stop before its end (`| head -1`): the work goes on, unseen.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

runCommand(
  process.argv.slice(2),
  {
    environment: processEnvironment(),
    now: () => new Date(),
    print: (line) => process.stdout.write(`${line}\n`),
    readStdin: () => text(process.stdin),
  },
  (line) => process.stderr.write(`${line}\n`),
).then((exitCode) => {
  process.exitCode = exitCode
})
