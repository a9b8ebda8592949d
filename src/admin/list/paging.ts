/** Where a page stands in its list, and the addresses beside it. */
export interface Paging {
  /** Of the rows on this page, from 1; 0 in an empty list. */
  first: number
  last: number
  total: number
  size: number
  previous: string | null
  next: string | null
}

/** @param page from 1; beyond the last page it is the last one */
export function pageOf<Row>(
  rows: readonly Row[],
  { page, size, hrefOf }: { page: number; size: number; hrefOf: (page: number) => string },
): { rows: Row[]; paging: Paging } {
  const pages = Math.max(1, Math.ceil(rows.length / size))
  const current = Math.min(page, pages)
  const start = (current - 1) * size
  const shown = rows.slice(start, start + size)
  return {
    rows: shown,
    paging: {
      first: rows.length === 0 ? 0 : start + 1,
      last: start + shown.length,
      total: rows.length,
      size,
      previous: current > 1 ? hrefOf(current - 1) : null,
      next: current < pages ? hrefOf(current + 1) : null,
    },
  }
}

/** A page's number as it stands in an address; 1 for anything else. */
export function pageNumber(text: string): number {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 1
}
