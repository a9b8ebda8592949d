const WINDOW = 15 * 60 * 1000
/** Tries of one login from one address. */
const TRIES_PER_LOGIN = 10
/** Tries from one address, whatever the login: an office shares one, a list of logins needs many. */
const TRIES_PER_ADDRESS = 100
const PRUNE_ABOVE = 10_000

export type LoginLimit = ReturnType<typeof loginLimit>

/**
 * Counts tries before the password is looked at, so that a burst at once is limited as well.
 * A login that succeeds takes its own tries back: only failures add up.
 */
export function loginLimit(now: () => Date) {
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

  return {
    /** @returns whether this try may go on */
    take(address: string, login: string): boolean {
      const ofAddress = add(address)
      return add(`${address} ${login}`) <= TRIES_PER_LOGIN && ofAddress <= TRIES_PER_ADDRESS
    },
    succeeded(address: string, login: string): void {
      counts.delete(`${address} ${login}`)
      const ofAddress = counts.get(address)
      if (ofAddress) ofAddress.tries -= 1
    },
  }
}
