/** @returns the value below which so large a part of them lies; 0 of none */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? 0
}

/** The middle one, or between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = 0, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (low + high) / 2
}

/** Of two that took turns: the middle one of what each turn gave, so that a disturbed turn does not count. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((each, turn) => each / theirs[turn]!))
}
