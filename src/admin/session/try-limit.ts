import { networkOf } from '../../domain/text/network.ts'

const WINDOW = 15 * 60 * 1000
const MOST = 10
const PRUNE_ABOVE = 10_000

/** Limits what one network may have kept here within a quarter of an hour. */
export function tryLimit(now: () => Date) {
  const counts = new Map<string, { tries: number; until: number }>()

  function prune(time: number): void {
    for (const [key, { until }] of counts) if (until <= time) counts.delete(key)
  }

  return {
    /** @returns whether this one may go on */
    take(address: string): boolean {
      const time = now().getTime()
      if (counts.size > PRUNE_ABOVE) prune(time)
      const key = networkOf(address)
      const known = counts.get(key)
      const count = known && known.until > time ? known : { tries: 0, until: time + WINDOW }
      count.tries += 1
      counts.set(key, count)
      return count.tries <= MOST
    },
  }
}
