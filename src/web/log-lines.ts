import pino from 'pino'

/**
 * Where the log leaves: as it would by itself, but what is ordinary waits a moment for what comes after it. A write waits
 * for whoever reads. What is none of that leaves at once, with all before it; a program that is killed loses a moment.
 */
export function logLines(): { write(line: string): void } {
  const out = pino.destination(process.stdout.fd)
  let lines = ''
  let timer: NodeJS.Timeout | null = null
  const leave = () => {
    if (timer) clearTimeout(timer)
    timer = null
    const text = lines
    lines = ''
    if (text !== '') out.write(text)
  }
  process.on('exit', leave)
  return {
    write(line) {
      lines += line
      if (!line.startsWith(ORDINARY)) leave()
      else timer ??= setTimeout(leave, MOMENT)
    },
  }
}

/** What was answered, and what was done as it should. */
const ORDINARY = '{"level":30,'
/** Milliseconds. */
const MOMENT = 10
