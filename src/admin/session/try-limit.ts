const WINDOW = 15 * 60 * 1000
/** Tries of one thing, e.g. one login, from one address. */
const TRIES_PER_THING = 10
/** Tries from one address, whatever they are for: an office shares one, a list of logins needs many. */
const TRIES_PER_ADDRESS = 100
const PRUNE_ABOVE = 10_000
/** Of a thing: what is longer is no login, and only its beginning is remembered. */
const LONGEST_THING = 64

/**
 * Limits tries within a quarter of an hour. A try is counted before its outcome is known, so that a burst at once is
 * limited as well; one that succeeds takes its count back, so that only failures add up.
 */
export function tryLimit(now: () => Date) {
  const counts = new Map<string, { tries: number; until: number }>()

  function add(key: string): number {
    const time = now().getTime()
    if (counts.size > PRUNE_ABOVE) prune(time)
    const known = counts.get(key)
    const count = known && known.until > time ? known : { tries: 0, until: time + WINDOW }
    count.tries += 1
    counts.set(key, count)
    return count.tries
  }

  function prune(time: number): void {
    for (const [key, { until }] of counts) if (until <= time) counts.delete(key)
  }

  function keyOf(address: string, thing: string): string {
    return `${address} ${thing.slice(0, LONGEST_THING)}`
  }

  return {
    /** @returns whether this try may go on */
    take(address: string, thing: string): boolean {
      const ofAddress = add(address)
      return add(keyOf(address, thing)) <= TRIES_PER_THING && ofAddress <= TRIES_PER_ADDRESS
    },
    succeeded(address: string, thing: string): void {
      counts.delete(keyOf(address, thing))
      const ofAddress = counts.get(address)
      if (ofAddress) ofAddress.tries -= 1
    },
  }
}
