import { type Hospital, hospitalOf } from '../../domain/master/hospital.ts'
import { foldName } from '../../domain/text/folding.ts'
import type { NamedLine, OrderProblem } from './order-sheet.ts'

/**
 * The rows in which name and code, or the two codes, are of different hospitals: one column was sorted, or pasted over,
 * by itself. Names are compared by their keys, and one that somebody wrote a note to is still that name.
 */
export function strangerProblems(
  lines: readonly NamedLine[],
  hospitals: readonly Hospital[],
): OrderProblem[] {
  const byName = Map.groupBy(hospitals, ({ name }) => foldName(name))
  const problems = lines.flatMap((line) => {
    const hospital = hospitalOf(hospitals, line.medicalCode || line.naviiCode)
    return hospital ? strangers(line, hospital, byName) : []
  })
  return problems.length > 0 ? [ONE_COLUMN, ...problems] : []
}

const ONE_COLUMN: OrderProblem = {
  row: null,
  message:
    '医療機関名とコードが別の病院のものになっている行があります。1つの列だけを並べ替えたか、貼り付けた可能性があります。順位表を保存し直し、行全体を並べ替えてください。',
}

function strangers(
  { row, medicalCode, naviiCode, name }: NamedLine,
  hospital: Hospital,
  byName: ReadonlyMap<string, readonly Hospital[]>,
): OrderProblem[] {
  const code = medicalCode || naviiCode
  const isOtherCode =
    medicalCode !== '' && naviiCode !== '' && hospital.naviiCode !== naviiCode && hospital.key !== naviiCode
  if (isOtherCode)
    return [
      {
        row,
        message: `医療機関コード「${code}」（${hospital.name}）と機関コード「${naviiCode}」が、別の病院のものです。`,
      },
    ]
  return name === '' || isNameOf(hospital, name, byName)
    ? []
    : [
        {
          row,
          message: `医療機関名「${name}」とコード「${code}」（${hospital.name}）が、別の病院のものです。`,
        },
      ]
}

function isNameOf(
  { name: own, key }: Hospital,
  written: string,
  byName: ReadonlyMap<string, readonly Hospital[]>,
): boolean {
  const [wanted, found] = [foldName(own), foldName(written)]
  const bearers = byName.get(found)
  if (bearers) return bearers.some((bearer) => bearer.key === key)
  return found.includes(wanted) || (found !== '' && wanted.includes(found))
}
