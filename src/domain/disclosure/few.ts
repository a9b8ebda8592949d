/** A count of one or two hospitals points at them, where it is known who can be meant. */
const FEW = 2

export function isFew(count: number): boolean {
  return count >= 1 && count <= FEW
}

/**
 * Which of several counts of one kind are not disclosed. Where only one would be, another one goes with it: else it is what
 * their sum leaves.
 * @returns places in the list
 */
export function fewAmong(counts: readonly number[]): ReadonlySet<number> {
  const closed = new Set(counts.flatMap((count, place) => (isFew(count) ? [place] : [])))
  if (closed.size === 1) {
    const others = counts.map((count, place) => ({ count, place })).filter(({ place }) => !closed.has(place))
    const next = others.sort((a, b) => Number(a.count === 0) - Number(b.count === 0) || a.count - b.count)[0]
    if (next) closed.add(next.place)
  }
  return closed
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
  for (const row of lonelyRows(counted, rows)) rows.add(row)
  return new Set(
    lines.flatMap(({ table, row, column }, place) => {
      if (OF_ALL.has(table) || column === PUBLIC_COLUMN) return []
      return tables.has(table) || (!CROSSED.has(table) && rows.has(row)) ? [place] : []
    }),
  )
}

/** The next smallest row of every table that would leave out a single one. */
function lonelyRows(lines: readonly TallyLine[], closed: ReadonlySet<string>): string[] {
  const tables = Map.groupBy(
    lines.filter(({ table, row }) => !CROSSED.has(table) && row !== TOTAL),
    ({ table }) => table,
  )
  return [...tables.values()].flatMap((own) => {
    const sums = new Map<string, number>()
    for (const { row, value } of own) sums.set(row, (sums.get(row) ?? 0) + Number(value))
    const [left, out] = [
      [...sums].filter(([row]) => !closed.has(row)),
      [...sums].filter(([row]) => closed.has(row)),
    ]
    if (out.length !== 1) return []
    const next = left.sort((a, b) => Number(a[1] === 0) - Number(b[1] === 0) || a[1] - b[1])[0]
    return next ? [next[0]] : []
  })
}

/** A line of a table with a column a count, the whole at its end. */
interface WideLine {
  table: string
  row: string
  counts: readonly number[]
}

const WHOLE = '全体'

/** Which lines of such a table point at few, with another one where a single line would be left out. */
export function fewOfWide(lines: readonly WideLine[]): ReadonlySet<number> {
  const tables = Map.groupBy(
    lines.map((line, place) => ({ ...line, place })).filter(({ row }) => row !== WHOLE),
    ({ table }) => table,
  )
  return new Set(
    [...tables.values()].flatMap((own) => {
      const closed = new Set(own.flatMap(({ counts }, at) => (counts.some(isFew) ? [at] : [])))
      if (closed.size === 1) {
        const sums = own.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0))
        const open = sums.map((sum, at) => ({ sum, at })).filter(({ at }) => !closed.has(at))
        const next = open.sort((a, b) => Number(a.sum === 0) - Number(b.sum === 0) || a.sum - b.sum)[0]
        if (next) closed.add(next.at)
      }
      return [...closed].map((at) => own[at]!.place)
    }),
  )
}
