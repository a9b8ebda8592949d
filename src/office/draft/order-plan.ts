import { fieldOf } from '../../domain/selection/field.ts'
import { movesFor, orderProblems } from '../../domain/selection/moves.ts'
import { rank } from '../../domain/selection/rank.ts'
import type { OrderProblem } from '../../files/reports/order-sheet.ts'
import type { Draft, TriedMove } from './draft.ts'

/** The codes of the ranking by points alone, and with the moves in effect. */
export function rankingCodes({ snapshot, result }: Draft): { natural: string[]; current: string[] } {
  return {
    natural: rank(fieldOf(snapshot), snapshot.policy).map(({ entrant }) => entrant.candidate.code),
    current: result.results.filter(({ eligible }) => eligible).map(({ code }) => code),
  }
}

/**
 * The moves that lead to an order. A hospital that keeps its rank keeps the reason it was moved for; all others
 * are moved for the new one. Moves of hospitals that are in no ranking today stay behind them, unless the order is
 * that of the points: then none is left.
 * @param wanted the codes of the ranking in the order asked for
 */
export function movesTowards(draft: Draft, wanted: readonly string[], reason: string): TriedMove[] {
  const { natural, current } = rankingCodes(draft)
  if (wanted.every((code, place) => code === natural[place])) return []
  const rankNow = new Map(current.map((code, place) => [code, place]))
  const rankWanted = new Map(wanted.map((code, place) => [code, place]))
  const before = new Map(draft.moves.map((move) => [move.hospitalCode, move]))
  const idle = draft.moves.filter(({ hospitalCode }) => !rankNow.has(hospitalCode))
  const moves = movesFor(natural, wanted, new Set(before.keys())).map(({ code, position }) => {
    const keepsRank = rankWanted.get(code) === rankNow.get(code)
    const earlier = keepsRank ? before.get(code) : undefined
    return { hospitalCode: code, position, reason: earlier?.reason ?? reason }
  })
  return [
    ...moves,
    ...idle.map(({ hospitalCode, position, reason: own }) => ({ hospitalCode, position, reason: own })),
  ]
}

const MOST_NAMED = 20

/** Why a list is no order of today's ranking, for whoever uploaded it. */
export function planProblems(
  draft: Draft,
  wanted: readonly string[],
  rowOf: ReadonlyMap<string, number>,
): OrderProblem[] {
  const { current } = rankingCodes(draft)
  const { missing, unknown, repeated } = orderProblems(current, wanted)
  const names = new Map(draft.hospitals.map(({ key, name }) => [key, name]))
  const absent = missing.slice(0, MOST_NAMED).map((code) => `${names.get(code)}（${code}）`)
  const more = missing.length > MOST_NAMED ? `ほか${missing.length - MOST_NAMED}病院` : ''
  return [
    ...unknown.map((code) => ({ row: rowOf.get(code) ?? null, message: unknownText(code, names.get(code)) })),
    ...repeated.map((code) => ({ row: rowOf.get(code) ?? null, message: repeatedText(code) })),
    ...(missing.length === 0
      ? []
      : [
          {
            row: null,
            message: `順位表にない病院があります：${[...absent, more].filter(Boolean).join('、')}`,
          },
        ]),
  ]
}

function repeatedText(code: string): string {
  return `医療機関コード「${code}」が2回以上あります。1病院につき1回にしてください。`
}

function unknownText(code: string, name: string | undefined): string {
  return name === undefined
    ? `医療機関コード「${code}」の病院は、病院台帳にありません。`
    : `${name}（${code}）は、今は選定の対象でないため、順位に入れられません。`
}
