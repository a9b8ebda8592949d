import type { Figure } from './row.ts'

/** As it stands in docs/performance.md. */
export function table(figures: readonly Figure[]): string {
  const lines = figures.map(
    ({ what, against, goal, figure, isMet }) =>
      `| ${what} | ${against} | ${goal} | ${figure} | ${verdict(isMet)} |`,
  )
  return [
    '| what | against, in the same run | goal | figure | |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n')
}

function verdict(isMet: boolean | null): string {
  if (isMet === null) return ''
  return isMet ? 'met' : '**missed**'
}
