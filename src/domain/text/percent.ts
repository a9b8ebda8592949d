/** In whole percent, of which only all are a hundred and only none are nothing. */
export function percentOf(part: number, whole: number): number | null {
  if (whole === 0) return null
  const rounded = Math.round((part / whole) * 100)
  if (part < whole) return Math.max(part > 0 ? 1 : 0, Math.min(99, rounded))
  return rounded
}
