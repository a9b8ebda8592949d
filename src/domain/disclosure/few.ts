/** A count of one or two hospitals points at them, where it is known who can be meant. */
const FEW = 2

export function isFew(count: number): boolean {
  return count >= 1 && count <= FEW
}

/**
 * Which of several counts of one kind are not disclosed: all of them where one is of a few. The same counts stand in other
 * documents, some of them open: two documents that leave out different ones give them all, by their sum.
 * @returns places in the list
 */
export function fewAmong(counts: readonly number[]): ReadonlySet<number> {
  return new Set(counts.some(isFew) ? counts.keys() : [])
}

/** A line of the 集計, as its file has it. */
interface TallyLine {
  table: string
  row: string
  column: string
  value: string
}

/** Tables over the whole prefecture, in which no line is known to be of certain hospitals. */
const OF_ALL = new Set(['電子カルテの導入状況と活用意向', '選定対象とならない理由'])
/** By two things at once: nearly every cell is of a few. */
const CROSSED = new Set(['二次医療圏・病床規模区分別の回答'])
/** Known from the lists of hospitals that everybody has. */
const PUBLIC_COLUMN = '病院'
const TOTAL = '計'

/**
 * Which lines of the 集計 are not disclosed: a table by two things at once as a whole where it has a small number; of a
 * table by region or band the rows that have one, in all tables alike.
 * @returns places in the list
 */
export function fewOfTally(lines: readonly TallyLine[]): ReadonlySet<number> {
  const counted = lines.filter(
    ({ table, column, value }) =>
      !OF_ALL.has(table) && column !== PUBLIC_COLUMN && !column.endsWith('（％）') && value !== '',
  )
  const small = counted.filter(({ row, value }) => row !== TOTAL && isFew(Number(value)))
  const tables = new Set(small.map(({ table }) => table).filter((table) => CROSSED.has(table)))
  const rows = new Set(small.filter(({ table }) => !CROSSED.has(table)).map(({ row }) => row))
  closeRowsBeside(counted, rows)
  return new Set(
    lines.flatMap(({ table, row, column }, place) => {
      if (OF_ALL.has(table) || column === PUBLIC_COLUMN) return []
      return tables.has(table) || (!CROSSED.has(table) && rows.has(row)) ? [place] : []
    }),
  )
}

/**
 * With the rows that are left out as many others of a table as it takes that the whole gives neither a single one away, nor
 * that all of them together are a few of a column.
 */
function closeRowsBeside(lines: readonly TallyLine[], closed: Set<string>): void {
  const tables = [
    ...Map.groupBy(
      lines.filter(({ table, row }) => !CROSSED.has(table) && row !== TOTAL),
      ({ table }) => table,
    ).values(),
  ]
  // A row that one table needs is left out in all of them: they are looked at until none needs another.
  for (;;) {
    const next = tables.map((own) => rowBeside(own, closed)).find((row) => row !== null)
    if (next === undefined) return
    closed.add(next)
  }
}

/** Null where the rows that are left out are enough, or no other would help. */
function rowBeside(own: readonly TallyLine[], closed: ReadonlySet<string>): string | null {
  const left = own.filter(({ row }) => !closed.has(row))
  const out = own.filter(({ row }) => closed.has(row))
  const isHeld = (column: string) => left.some((line) => line.column === column && Number(line.value) > 0)
  const given = [...sums(out, 'column')].find(([column, sum]) => isFew(sum) && isHeld(column))
  if (given) return smallest(left.filter(({ column }) => column === given[0]))
  return new Set(out.map(({ row }) => row)).size === 1 ? smallest(left) : null
}

/** The row with the least in it; one with nothing in it only where there is no other. */
function smallest(lines: readonly TallyLine[]): string | null {
  const rows = [...sums(lines, 'row')]
  return rows.sort((a, b) => Number(a[1] === 0) - Number(b[1] === 0) || a[1] - b[1])[0]?.[0] ?? null
}

function sums(lines: readonly TallyLine[], by: 'row' | 'column'): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line[by], (counts.get(line[by]) ?? 0) + Number(line.value))
  return counts
}

/** A line of 選定の公平性, the whole at the end of its table. */
interface FairnessLine {
  table: string
  row: string
  hospitals: number
  answered: number
  eligible: number
  selected: number
}

const WHOLE = '全体'

/**
 * What of 選定の公平性 points at few. Who answered, and who did not, is told by 集計 as well: of a table with a few of either
 * none is told here. Who is eligible is told by no other list then: the lines of a few, with as many others as it takes that
 * their sum does not give them away, nor that who is selected is eligible.
 * @returns places in the list
 */
export function fewOfFairness(lines: readonly FairnessLine[]): {
  answered: ReadonlySet<number>
  eligible: ReadonlySet<number>
} {
  const tables = [
    ...Map.groupBy(
      lines.map((line, place) => ({ ...line, place })).filter(({ row }) => row !== WHOLE),
      ({ table }) => table,
    ).values(),
  ]
  const answered = tables.filter((own) =>
    own.some((line) => isFew(line.answered) || isFew(line.hospitals - line.answered)),
  )
  return {
    answered: new Set(answered.flat().map(({ place }) => place)),
    eligible: new Set(tables.flatMap(fewEligible).map(({ place }) => place)),
  }
}

function fewEligible<Line extends FairnessLine>(own: readonly Line[]): Line[] {
  const closed = own.filter(({ eligible }) => isFew(eligible))
  if (closed.length === 0) return []
  const next = own
    .filter(({ eligible }) => !isFew(eligible))
    .sort((a, b) => Number(a.eligible === 0) - Number(b.eligible === 0) || a.eligible - b.eligible)
  const unknown = () => closed.reduce((sum, { eligible, selected }) => sum + eligible - selected, 0)
  while (next.length > 0 && (closed.length === 1 || unknown() < LEAST_UNKNOWN)) closed.push(next.shift()!)
  return closed
}

/** Of the eligible hospitals of the lines that are left out so many are not selected, at least. */
const LEAST_UNKNOWN = 2
