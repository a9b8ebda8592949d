/** Stands in a stored mail where a hospital's own link comes in. */
export const LINK_PLACE = '{リンク}'

/** Stands in a stored mail where the way to its hospital's receipt comes in. */
export const RECEIPT_PLACE = '{受付票}'
