import type { BandBoard, BandLine } from '../board.ts'

/** What a selection comes to: 50病院を選定し、支援枠に過不足はありません。 Where it is otherwise, by how much and in which bands. */
export function resultSentence({ rows, total }: BandBoard): string {
  const off = rows.filter(({ seats, selected }) => seats !== selected)
  if (off.length === 0 && total.selected > 0)
    return `${total.selected}病院を選定し、支援枠に過不足はありません。`
  const selected =
    total.selected === 0 ? '選定される病院はありません。' : `${total.selected}病院を選定しています。`
  return [selected, ...(off.length <= MOST_NAMED ? off.map(named) : summed(off))].join('')
}

/** More bands than these are counted instead. */
const MOST_NAMED = 2

function named({ label, seats, selected }: BandLine): string {
  return differenceText(`${label}の区分で`, selected - seats)
}

function summed(rows: readonly BandLine[]): string[] {
  const differences = rows.map(({ seats, selected }) => selected - seats)
  return [differences.filter((each) => each > 0), differences.filter((each) => each < 0)]
    .filter((each) => each.length > 0)
    .map((each) =>
      differenceText(
        `${each.length}区分で合わせて`,
        each.reduce((sum, one) => sum + one, 0),
      ),
    )
}

function differenceText(where: string, difference: number): string {
  return difference > 0
    ? `${where}枠を${difference}病院分超えています。`
    : `${where}枠が${-difference}病院分残っています。`
}
