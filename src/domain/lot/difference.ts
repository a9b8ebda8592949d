import { compareText } from '../text/text-order.ts'
import {
  ANNOUNCED,
  type AnnouncedLottery,
  type Lottery,
  lotText,
  type ReceiptsLottery,
  seedOf,
} from './lottery.ts'

/** The first place of a `lottery.json` that does not fit what else is frozen with it. Values as JSON. */
interface LotteryDifference {
  /** `['list', 3, 'lot']` */
  path: (string | number)[]
  expected: string
  found: string
}

/** What else is frozen with the draw. */
interface FrozenBeside {
  /** `lotterySeed` of the snapshot's policy: what the hospitals were ordered by. */
  seed: string
  /** くじ番号 by 受付番号, three digits, of the answers that the register has one of. */
  lots: ReadonlyMap<string, string>
}

/**
 * Computes the seed again from what a frozen draw says was drawn, and compares it with the one that the hospitals
 * were ordered by. Where they differ, the very place is looked for: by the register, which says the くじ番号 of the
 * answers that count, and for the others by trying which single number would give the seed.
 * @returns null where everything fits
 */
export function lotteryDifference(lottery: Lottery, beside: FrozenBeside): LotteryDifference | null {
  if (seedOf(lottery) !== beside.seed)
    return lottery.method === 'receipts' ? changedLine(lottery, beside) : changedText(lottery, beside.seed)
  return lottery.seed === beside.seed ? null : changed(['seed'], beside.seed, lottery.seed)
}

function changedLine(lottery: ReceiptsLottery, { seed, lots }: FrozenBeside): LotteryDifference {
  const { list } = lottery
  for (const [index, { number, lot }] of list.entries()) {
    const known = lots.get(number)
    if (known !== undefined && known !== lot) return changed(['list', index, 'lot'], known, lot)
  }
  return (
    missingLine(list, lots) ??
    foundByTrying(lottery, { seed, lots }) ??
    changed(['seed'], seedOf(lottery), seed)
  )
}

/** An answer with a くじ番号 that the list leaves out, at the place where it would stand. */
function missingLine(list: ReceiptsLottery['list'], lots: FrozenBeside['lots']): LotteryDifference | null {
  const listed = new Set(list.map(({ number }) => number))
  const missing = [...lots.keys()].filter((number) => !listed.has(number)).sort(compareText)[0]
  if (missing === undefined) return null
  const after = list.findIndex(({ number }) => compareText(number, missing) > 0)
  const line = { number: missing, lot: lots.get(missing)! }
  return { path: ['list', after < 0 ? list.length : after], expected: JSON.stringify(line), found: 'なし' }
}

/** Of an answer that is in no register: which one number would give the seed. */
function foundByTrying(lottery: ReceiptsLottery, { seed, lots }: FrozenBeside): LotteryDifference | null {
  const open = lottery.list
    .flatMap(({ number }, index) => (lots.has(number) ? [] : [index]))
    .slice(0, MOST_TRIED)
  for (const index of open) {
    const line = lottery.list[index]!
    for (let value = 0; value < 1000; value += 1) {
      const list = lottery.list.with(index, { ...line, lot: lotText(value) })
      if (seedOf({ method: 'receipts', list }) === seed)
        return changed(['list', index, 'lot'], lotText(value), line.lot)
    }
  }
  return null
}

/** Each of them is a thousand seeds. */
const MOST_TRIED = 50

function changedText(lottery: AnnouncedLottery, seed: string): LotteryDifference {
  const { source, value } = lottery
  const [before, after] = [`${ANNOUNCED}${source}:`, `:${value}`]
  if (seed.startsWith(before)) return changed(['value'], seed.slice(before.length), value)
  if (seed.startsWith(ANNOUNCED) && seed.endsWith(after))
    return changed(['source'], seed.slice(ANNOUNCED.length, -after.length), source)
  return changed(['seed'], seedOf(lottery), seed)
}

function changed(path: LotteryDifference['path'], expected: string, found: string): LotteryDifference {
  return { path, expected: JSON.stringify(expected), found: JSON.stringify(found) }
}
