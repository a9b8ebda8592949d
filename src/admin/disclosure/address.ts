/** The page on which a column's class is changed. */
export function columnHref(document: string, column: string): string {
  return `/admin/disclosure/column?${new URLSearchParams({ document, column })}`
}
