import { COUNTRY, PREFECTURE } from './hospitals.ts'
import type { BenchCase } from './main.ts'
import { officerOver } from './selection-site.ts'

const prefecture = await officerOver(PREFECTURE)
const country = await officerOver(COUNTRY)

/** A request from the session to the last byte of the page, uncompressed. */
export const cases: BenchCase[] = [
  ...pagesOf('prefecture, 230 hospitals', prefecture, { again: 20, changed: 40 }),
  ...pagesOf('country, 8,200 hospitals', country, { again: 80, changed: 150 }),
]

type Site = Awaited<ReturnType<typeof officerOver>>

/** As it stands, and as the first view after a fact changed: everything is read and selected anew then. */
function pagesOf(name: string, site: Site, goals: { again: number; changed: number }): BenchCase[] {
  const pages = [
    ['/admin/selection', '/admin/selection'],
    ['/admin/selection, the points of each criterion', '/admin/selection?view=points'],
    ['/admin', '/admin'],
    ['a hospital', `/admin/hospitals/${site.hospitalCode}`],
  ] as const
  return pages.flatMap(([page, url]) => [
    { name: `${name}: ${page}`, goal: goals.again, run: open(site, url) },
    { name: `${name}: ${page}, after a fact changed`, goal: goals.changed, run: changed(site, url) },
  ])
}

function open(site: Site, url: string): () => Promise<void> {
  return () => site.get(url)
}

function changed(site: Site, url: string): () => Promise<void> {
  return () => {
    site.changeFacts()
    return site.get(url)
  }
}
