import { csvFile } from '../../src/files/table/csv-file.ts'
import { COUNTRY, PREFECTURE } from '../hospitals.ts'
import { bigOffice } from './office.ts'
import { seenOf } from './walk.ts'

/** A list, at the size of a prefecture and of the country, each in milliseconds of the thread that serves everybody. */
export interface ListFigure {
  url: string
  prefecture: { first: number; again: number }
  country: { first: number; again: number }
}

/** What an officer opens all day. The goals: 20 and 80 ms as things stand, 40 and 150 ms after a fact has changed. */
export const LIST_PAGES = [
  '/admin/submissions',
  '/admin/hospitals',
  '/admin/nonrespondents',
  '/admin/invitations',
  '/admin/reminders',
  '/admin/overrides',
  '/admin/tally',
  '/admin/audit',
  '/admin/undelivered',
  '/admin/hospitals/:code',
] as const

/** @param pages `:code` stands for a hospital that applies */
export async function listFigures(pages: readonly string[] = LIST_PAGES): Promise<ListFigure[]> {
  const found = new Map<string, Partial<ListFigure>>()
  for (const [name, size] of [
    ['prefecture', PREFECTURE],
    ['country', COUNTRY],
  ] as const) {
    // A list is the same before a round; to say why each of thousands is where it is takes minutes.
    const office = await bigOffice(size, { isConfirmed: false })
    for (const url of pages) {
      const open = async () => {
        const bytes = (await office.get(url.replace(':code', office.hospitalCode))).length
        return { status: 200, bytes }
      }
      await open()
      const first = await medianOf(() => {
        office.changeFacts()
        return seenOf(open)
      })
      const again = await medianOf(() => seenOf(open))
      found.set(url, { ...found.get(url), url, [name]: { first, again } })
    }
    await office.close()
  }
  return [...found.values()] as ListFigure[]
}

async function medianOf(run: () => Promise<{ blocked: number }>): Promise<number> {
  const blocked: number[] = []
  for (let runs = 0; runs < 5; runs += 1) blocked.push((await run()).blocked)
  return blocked.sort((a, b) => a - b)[2]!
}

/**
 * The same rows as a CSV by us, with telephones and guards, and by a plain writer of CSV.
 * @param stringify of `csv-stringify/sync`, or of any other
 * @returns how many times as fast ours is
 */
export async function csvRatio(
  columns: Parameters<typeof csvFile>[0],
  rows: readonly unknown[],
  stringify: (cells: unknown[][]) => string,
): Promise<number> {
  const cells = [
    columns.map(({ header }) => header),
    ...rows.map((row) => columns.map(({ value }) => value(row))),
  ]
  const ours: number[] = []
  const plain: number[] = []
  for (let runs = 0; runs < 7; runs += 1) {
    ours.push(await cpuOf(() => csvFile(columns, rows, 'utf-8')))
    plain.push(await cpuOf(() => Buffer.from(stringify(cells), 'utf8')))
  }
  const middle = (times: number[]) => times.sort((a, b) => a - b)[3]!
  return middle(plain) / middle(ours)
}

async function cpuOf(run: () => unknown): Promise<number> {
  const before = process.threadCpuUsage()
  await run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

if (import.meta.main)
  for (const { url, prefecture, country } of await listFigures()) {
    const figures = [prefecture.first, prefecture.again, country.first, country.again]
    console.log(url.padEnd(28), figures.map((each) => each.toFixed(1).padStart(8)).join(''))
  }
