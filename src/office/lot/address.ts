/** The page of a round's draw. */
export function lotHref(round: number): string {
  return `/admin/lot?round=${round}`
}
