import { COUNTRY, PREFECTURE } from './hospitals.ts'
import type { BenchCase } from './main.ts'
import { officerOver } from './selection-site.ts'

const prefecture = await officerOver(PREFECTURE)
const country = await officerOver(COUNTRY)

/** A request from the session to the last byte of the page, uncompressed. */
export const cases: BenchCase[] = [
  {
    name: 'prefecture: /admin/selection (230 hospitals)',
    goal: 40,
    run: open(prefecture, '/admin/selection'),
  },
  {
    name: 'prefecture: the same after a fact changed',
    goal: 80,
    run: changed(prefecture, '/admin/selection'),
  },
  {
    name: 'prefecture: with the points of each criterion',
    goal: 40,
    run: open(prefecture, '/admin/selection?view=points'),
  },
  { name: 'prefecture: a hospital', goal: 40, run: open(prefecture, hospital(prefecture)) },
  { name: 'country: /admin/selection (8,200 hospitals)', goal: 150, run: open(country, '/admin/selection') },
  { name: 'country: its page 30', goal: 150, run: open(country, '/admin/selection?page=30') },
  { name: 'country: the same after a fact changed', run: changed(country, '/admin/selection') },
  { name: 'country: a hospital', run: open(country, hospital(country)) },
]

type Site = Awaited<ReturnType<typeof officerOver>>

function open(site: Site, url: string): () => Promise<void> {
  return () => site.get(url)
}

function changed(site: Site, url: string): () => Promise<void> {
  return () => {
    site.changeFacts()
    return site.get(url)
  }
}

function hospital({ hospitalCode }: Site): string {
  return `/admin/hospitals/${hospitalCode}`
}
