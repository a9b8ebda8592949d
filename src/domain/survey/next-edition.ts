/** What is the prefecture's own and no edition's: the next one begins without days, hours and years. */
export function settingsOfNextEdition(stored: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(stored).filter(([key]) => !isOfOneEdition(key)))
}

/** opensAt, issuedOn, contractorContactFrom, fiscalYear …; that its notice was read through, and its results may be read. */
function isOfOneEdition(key: string): boolean {
  return /(?:At|On|From|Until|By|Day|Month|Year)$/.test(key) || OWN.has(key)
}

const OWN: ReadonlySet<string> = new Set(['resultsPublished', 'noticeConfirmed'])
