/** More wait than there is room for: whoever comes now is asked to come again. */
export class NoRoom extends Error {
  readonly statusCode = 503
  /** In seconds. */
  readonly retryAfter = 5

  constructor() {
    super('too much work of one kind waits')
  }
}

/**
 * Work that takes memory and time, a few at once: others wait for their turn, and no more than there is room for. Whoever
 * goes first waits in a line of their own, so that strangers cannot fill it.
 */
export function turns({ atOnce, waiting }: { atOnce: number; waiting: number }) {
  let running = 0
  const lines: (() => void)[][] = [[], []]

  function next(): void {
    const start = lines[0]!.shift() ?? lines[1]!.shift()
    if (start) start()
    else running -= 1
  }

  function hasRoom({ first = false }): boolean {
    return running < atOnce || lines[first ? 0 : 1]!.length < waiting
  }

  return {
    hasRoom,

    /** @throws NoRoom */
    async take<T>(work: () => Promise<T>, { first = false } = {}): Promise<T> {
      if (!hasRoom({ first })) throw new NoRoom()
      if (running < atOnce) running += 1
      else await new Promise<void>((resolve) => lines[first ? 0 : 1]!.push(resolve))
      try {
        return await work()
      } finally {
        next()
      }
    },
  }
}
