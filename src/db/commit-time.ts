/** Who is told how many seconds a commit took, by the connection that made it. */
const listeners = new WeakMap<object, { told(seconds: number): void; isWithin: boolean }>()

/** From now on each commit of this connection is told: the time from the end of its work until it is on the disk. */
export function timeCommits(db: object, told: (seconds: number) => void): void {
  listeners.set(db, { told, isWithin: false })
}

/** @param run does the work as one transaction; one within another commits nothing */
export function timed<T, Transaction>(
  db: object,
  work: (tx: Transaction) => T,
  run: (work: (tx: Transaction) => T) => T,
): T {
  const listener = listeners.get(db)
  if (!listener || listener.isWithin) return run(work)
  let began = 0
  listener.isWithin = true
  try {
    const value = run((tx) => {
      const done = work(tx)
      began = performance.now()
      return done
    })
    listener.told((performance.now() - began) / 1000)
    return value
  } finally {
    listener.isWithin = false
  }
}
