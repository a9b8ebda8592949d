/** Where a page stands in its list, and the addresses beside it. */
export interface Paging {
  /** Of the rows on this page, from 1; 0 in an empty list. */
  first: number
  last: number
  total: number
  size: number
  /** The first page, and the one before; null on the first. */
  start: string | null
  previous: string | null
  /** The one behind, and the last page; null on the last. */
  next: string | null
  end: string | null
  /** 1 … 4 5 6 … 12: the first and the last page, this one and its neighbours; null is a gap. */
  numbers: (PageNumber | null)[]
}

interface PageNumber {
  number: number
  href: string
  isCurrent: boolean
}

/** @param page from 1; beyond the last page it is the last one */
export function pageOf<Row>(
  rows: readonly Row[],
  { page, size, hrefOf }: { page: number; size: number; hrefOf: (page: number) => string },
): { rows: Row[]; paging: Paging } {
  const paging = pagingOf(rows.length, { page, size, hrefOf })
  return { rows: rows.slice(Math.max(0, paging.first - 1), paging.last), paging }
}

/** Where a page stands among so many rows, of which the page's own are yet to be found. */
export function pagingOf(
  total: number,
  { page, size, hrefOf }: { page: number; size: number; hrefOf: (page: number) => string },
): Paging {
  const pages = Math.max(1, Math.ceil(total / size))
  const current = Math.min(page, pages)
  const start = (current - 1) * size
  return {
    first: total === 0 ? 0 : start + 1,
    last: Math.min(total, start + size),
    total,
    size,
    start: current > 1 ? hrefOf(1) : null,
    previous: current > 1 ? hrefOf(current - 1) : null,
    next: current < pages ? hrefOf(current + 1) : null,
    end: current < pages ? hrefOf(pages) : null,
    numbers: numbersOf(current, pages).map((number) =>
      number === null ? null : { number, href: hrefOf(number), isCurrent: number === current },
    ),
  }
}

/** A gap of one page would be no shorter than its number. */
function numbersOf(current: number, pages: number): (number | null)[] {
  const all = Array.from({ length: pages }, (_, index) => index + 1)
  const shown = all.filter((number) => number === 1 || number === pages || Math.abs(number - current) <= 1)
  return shown.flatMap((number, index) => {
    const missing = number - (shown[index - 1] ?? 0) - 1
    if (missing === 0) return [number]
    return missing === 1 ? [number - 1, number] : [null, number]
  })
}
