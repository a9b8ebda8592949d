/** So many within so long, in milliseconds: what comes beyond waits until the first of them is that long ago. */
interface Limit {
  within: number
  most: number
}

export const HOUR = 3_600_000

/**
 * @param lastBut of what was since then: when the last but so many was
 * @returns from when another may come; null where it may now
 */
export function againFrom(
  limits: readonly Limit[],
  now: Date,
  lastBut: (range: { since: number; before: number }) => Date | null | undefined,
): Date | null {
  const ends = limits.map(({ within, most }) => {
    const last = lastBut({ since: now.getTime() - within, before: most - 1 })
    return last ? last.getTime() + within : 0
  })
  const latest = ends.reduce((a, b) => Math.max(a, b), 0)
  return latest > 0 ? new Date(latest) : null
}
