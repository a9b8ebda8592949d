/** The page on which a column's class is changed. */
export const COLUMN_ADDRESS = '/disclosure/documents/:document/columns/:column'

export interface OfColumn {
  Params: { document: string; column: string }
}

export function columnHref(document: string, column: string): string {
  return `/admin/disclosure/documents/${encodeURIComponent(document)}/columns/${encodeURIComponent(column)}`
}
