/**
 * 1,200: a number as it is read, with at most the one decimal that anything here has. As `toLocaleString('ja-JP')` says it,
 * which reads 6 MB of tables into memory for the first one.
 */
export function grouped(number: number): string {
  const [whole, ...decimals] = String(number).split('.')
  const groups: string[] = []
  for (let end = whole!.length; end > 0; end -= 3) groups.unshift(whole!.slice(Math.max(0, end - 3), end))
  return [groups.join(',').replace('-,', '-'), ...decimals].join('.')
}
