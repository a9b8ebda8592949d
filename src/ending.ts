/**
 * Ends the program when it is told to. Told again, as a shell and npm both tell it, it goes on ending: what is being written down
 * is not cut off by the second word.
 */
export function endOnSignals(close: () => Promise<void>): void {
  let isEnding = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (isEnding) return
      isEnding = true
      // A thread at work on a file would keep the process for its whole deadline, with nobody there to take what it finds.
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
          process.exit(1)
        },
      )
      setTimeout(() => process.exit(1), LONGEST).unref()
    })
}

/** Well after everything has its own end. */
const LONGEST = 10_000
