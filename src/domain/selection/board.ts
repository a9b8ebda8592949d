/** 枠 / 選定対象 / 選定 / 補欠 / 過不足 of every band, and of all of them. */
export interface BandBoard {
  rows: BandLine[]
  total: Omit<BandLine, 'id'>
}

export interface BandLine {
  id: string
  label: string
  seats: number
  /** 選定対象: eligible hospitals. */
  eligible: number
  selected: number
  waitlisted: number
  balance: Balance
}

/**
 * The ministry wants the seats filled 過不足なく: either way off is an alarm, in words as well as in red. Where there is no seat
 * nothing is filled.
 */
interface Balance {
  kind: 'met' | 'under' | 'over' | 'none'
  text: string
}

/** Rows that are counted already, with how each is balanced and all of them together. */
export function boardOf(lines: readonly Omit<BandLine, 'balance'>[]): BandBoard {
  const rows = lines.map((line) => ({ ...line, balance: balanceOf(line.seats, line.selected) }))
  const sum = (key: 'seats' | 'eligible' | 'selected' | 'waitlisted') =>
    rows.reduce((total, row) => total + row[key], 0)
  const [seats, selected] = [sum('seats'), sum('selected')]
  return {
    rows,
    total: {
      label: '合計',
      seats,
      eligible: sum('eligible'),
      selected,
      waitlisted: sum('waitlisted'),
      balance: balanceOf(seats, selected),
    },
  }
}

function balanceOf(seats: number, selected: number): Balance {
  if (selected > seats) return { kind: 'over', text: `超過 ${selected - seats}` }
  if (selected < seats) return { kind: 'under', text: `不足 ${seats - selected}` }
  return seats === 0 ? { kind: 'none', text: '枠なし' } : { kind: 'met', text: '充足' }
}
