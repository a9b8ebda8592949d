import type { Hospital } from '../../domain/master/hospital.ts'
import { movesFor, orderProblems } from '../../domain/selection/moves.ts'
import type { HospitalResult } from '../../domain/selection/result.ts'
import type { OrderProblem } from '../../files/reports/order-sheet.ts'
import type { Draft } from './draft.ts'
import { type Consequences, consequencesOf, type Subject, shiftedRows, type TriedMove } from './trial.ts'

/** The codes of the ranking by points alone, and with the moves in effect. */
export function rankingCodes({ reading }: Pick<Draft, 'reading'>): { natural: string[]; current: string[] } {
  return {
    natural: reading.contest().natural.map(({ entrant }) => entrant.candidate.code),
    current: reading.rows.filter(({ eligible }) => eligible).map(({ code }) => code),
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
  const known = new Map(draft.hospitals.map((hospital) => [hospital.key, hospital]))
  const absent = missing.slice(0, MOST_NAMED).map((key) => toldApart(known.get(key)!))
  const more = missing.length > MOST_NAMED ? `ほか${missing.length - MOST_NAMED}病院` : ''
  return [
    ...unknown.map((code) => ({ row: rowOf.get(code) ?? null, message: unknownText(code, known.get(code)) })),
    ...repeated.map((code) => ({
      row: rowOf.get(code) ?? null,
      message: repeatedText(code, known.get(code)),
    })),
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

/** 甲病院（4610000078）, by whichever code is known. */
function toldApart(hospital: Hospital): string {
  return `${hospital.name}（${codeOf(hospital)}）`
}

function codeOf({ medicalCode, naviiCode }: Hospital): string {
  return medicalCode ?? naviiCode ?? 'コードの登録なし'
}

function repeatedText(code: string, hospital: Hospital | undefined): string {
  const which = hospital ? `${hospital.name}「${codeOf(hospital)}」` : `医療機関コード「${code}」`
  return `${which}が2回以上あります。1病院につき1回にしてください。`
}

function unknownText(code: string, hospital: Hospital | undefined): string {
  return hospital === undefined
    ? `医療機関コード「${code}」の病院は、病院台帳にありません。`
    : `${toldApart(hospital)}は、現在は選定の対象でないため、順位に入れられません。`
}

/** What an order asked for would change: who moves from where to where, and what becomes of the seats. */
export interface OrderDifference {
  /** Moved by hand from now on, or to another place. */
  moved: ShiftLine[]
  /** Moved until now, and back where the points put them. */
  released: ShiftLine[]
  consequences: Consequences
}

interface ShiftLine {
  code: string
  name: string
  band: string
  from: number
  to: number
  bandFrom: number
  bandTo: number
  before: string
  after: string
}

/** The moves in effect, as what an act on the ranking takes the place of or builds on. */
export function movesOf({ moves }: Pick<Draft, 'moves'>): Subject['decided'] {
  return moves.map(({ id }) => ({ kind: 'move', id }))
}

/** @param moves all that would be in effect */
export function orderDifference(draft: Draft, moves: readonly TriedMove[]): OrderDifference {
  const { reading } = draft
  const tried = draft.tried({ moves })
  const movedNow = new Set(moves.map(({ hospitalCode }) => hospitalCode))
  const movedBefore = new Set(draft.moves.map(({ hospitalCode }) => hospitalCode))
  const shifted = shiftedRows(reading, tried)
  const lineOf = (row: HospitalResult): ShiftLine => {
    const had = reading.row(row.code)
    return {
      code: row.code,
      name: tried.name(row.code),
      band: tried.bandLabel(row.band),
      from: had.rank!,
      to: row.rank!,
      bandFrom: had.bandRank!,
      bandTo: row.bandRank!,
      before: reading.texts.decision(had),
      after: tried.texts.decision(row),
    }
  }
  return {
    moved: shifted.filter(({ code }) => movedNow.has(code)).map(lineOf),
    released: shifted.filter(({ code }) => !movedNow.has(code) && movedBefore.has(code)).map(lineOf),
    consequences: consequencesOf(reading, tried, { code: null, decided: movesOf(draft) }),
  }
}
