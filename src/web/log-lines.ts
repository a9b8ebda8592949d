import pino from 'pino'

/**
 * Where the log leaves: as it would by itself, but all lines of a turn of the event loop in one write. A write waits for
 * whoever reads, and under load there are as many requests in a turn as there are connections. A program that is killed
 * loses the lines of that turn, whose answers may not have left either.
 */
export function logLines(): { write(line: string): void } {
  const out = pino.destination(process.stdout.fd)
  let lines = ''
  const leave = () => {
    const text = lines
    lines = ''
    if (text !== '') out.write(text)
  }
  process.on('exit', leave)
  return {
    write(line) {
      if (lines === '') setImmediate(leave)
      lines += line
    },
  }
}
