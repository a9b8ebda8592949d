import { roundLabel } from '../record/round.ts'
import { deadlineText } from '../survey/period.ts'
import { dayText, isoDayText } from '../text/dates.ts'

/** What has been drawn and announced, as far as the deadline hangs on it. */
interface DrawnSoFar {
  /** By round. Settled: an edition that it orders is confirmed. */
  draws: readonly { round: number; isSettled: boolean }[]
  /** The source that will be drawn by; null where none is. */
  announced: { knownOn: string } | null
}

/**
 * Why a deadline cannot become another one. After a draw there is no extension: whoever knows the seed could choose
 * which answers it comes from. The same holds from the day on which an announced result is known: with another deadline
 * another source could be announced. A new deadline for another round lies ahead: nobody knows what answers it will bring.
 * @returns null where it can
 */
export function deadlineProblem(
  { before, after, now }: { before: Date | null; after: Date | null; now: Date },
  { draws, announced }: DrawnSoFar,
): string | null {
  if (before?.getTime() === after?.getTime()) return null
  const open = draws.find(({ isSettled }) => !isSettled)
  if (open)
    return `${roundLabel(open.round)}の抽選を実施したため、選定が確定するまで、回答期限は変更できません。`
  if (draws.length > 0 && after !== null && after <= now)
    return '抽選を実施した後に回答期限を改めるときは、現在より後の日時を入力してください。'
  const isOver = before !== null && now >= before
  if (announced && isOver && isoDayText(now) >= announced.knownOn)
    return `抽選に用いる結果が公表される日（${dayText(announced.knownOn)}）になったため、抽選を実施し、選定が確定するまで、回答期限は変更できません。`
  const isStillAnnounced = announced !== null && !isOver
  if (!isStillAnnounced || after === null || isKnownAfter(announced.knownOn, after)) return null
  return `抽選に用いる結果が公表される日（${dayText(announced.knownOn)}）より前の期限にしてください。これより後に延長する場合は、先に「抽選」で、新しい期限（${deadlineText({ closesAt: after })}）より後に公表されるものを登録してください。`
}

/** Whether a result becomes known on a day after that of the deadline: nobody who answers may know it. */
export function isKnownAfter(knownOn: string, closesAt: Date): boolean {
  return knownOn > lastDay(closesAt)
}

/** The last day on which answers are taken, YYYY-MM-DD: midnight belongs to the day that it ends. */
export function lastDay(closesAt: Date): string {
  return isoDayText(new Date(closesAt.getTime() - 1))
}
