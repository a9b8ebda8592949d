/**
 * Labels that may be said twice, each made one of its own: 備考, 備考（2）.
 * @param taken by others already
 */
export function distinctLabels(labels: readonly string[], taken: readonly string[] = []): string[] {
  const known = new Set(taken)
  return labels.map((label) => {
    const own = firstFree(label, known)
    known.add(own)
    return own
  })
}

function firstFree(label: string, known: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? label : `${label}（${number}）`
    if (!known.has(candidate)) return candidate
  }
}
