import type { AmendedRow } from '../amendment.ts'
import { amendmentsOf } from '../amendment.ts'
import { bandLabel } from '../bands.ts'
import { answeredReasons } from '../eligibility.ts'
import { isOrderedByHand } from '../explain/by-hand.ts'
import { type Contest, floorExchange, separationOf } from '../explain/contest.ts'
import { waitingCause } from '../explain/waiting.ts'
import { onceFor } from '../once-for.ts'
import type { AmendedReading, Reading } from '../reading.ts'
import type { HospitalResult } from '../result.ts'
import { answeredReasonText } from './obstacle.ts'
import { tieSentence } from './ties.ts'

/**
 * Why a hospital is where it is, to itself: how many there were for how many seats, and what decided. Nothing that an officer
 * typed, as that may speak of others; no points and no rank; of others, how many they are.
 */
export function hospitalReason(reading: AmendedReading, code: string): string {
  const row = reading.row(code)
  switch (row.decision) {
    case 'declined':
      return declinedText(reading, row)
    case 'ineligible':
      return outText(reading, row)
    case 'selected':
      return row.basis === 'promoted'
        ? `${sharedText(reading, row)}選定された病院の辞退に伴い、補欠の順位に従って、貴院を繰り上げて選定しました。`
        : selectedText(reading, row)
    case 'waitlisted':
      return waitingText(reading, row)
  }
}

function declinedText({ amended }: AmendedReading, { code }: AmendedRow): string {
  const isPassedOver = amendmentsOf(amended).some((each) => each.code === code && each.kind !== undefined)
  return isPassedOver
    ? '貴院は、ほかの回で選定され、又は辞退されているため、この回の繰上げの対象としていません。'
    : '貴院からの御連絡により、選定を辞退されたものとして取り扱っています。'
}

function selectedText(reading: AmendedReading, row: AmendedRow): string {
  const { snapshot, place } = reading
  switch (row.basis) {
    case 'designated':
      return `${place.kind}の指定により、貴院を選定しました。`
    case 'region_floor':
      return `${row.region}医療圏に${snapshot.policy.regionFloor}病院以上を確保するための枠により、貴院を選定しました。`
    case 'redistributed':
      return 'ほかの病床規模区分で余った枠の配分により、貴院を選定しました。'
    default:
      return byRankText(reading, row)
  }
}

function byRankText(reading: AmendedReading, row: AmendedRow): string {
  const band = reading.band(row.band)!
  const { eligible, hasWaiting, nextWaiting } = shareOf(reading, band.id)
  if (!hasWaiting && eligible <= band.seats)
    return `${sharedText(reading, row)}枠の数を超えないため、貴院を選定しました。`
  const next = nextWaiting[row.bandRank! - 1]
  return [
    `${sharedText(reading, row)}選定基準に基づく順位により、貴院を選定しました。`,
    next ? tieBetween(reading.contest(), row, next) : '',
    besideText(reading, row),
  ].join('')
}

function waitingText(reading: AmendedReading, row: AmendedRow): string {
  const { place, snapshot } = reading
  const band = reading.band(row.band)!
  if (band.seats === 0)
    return `${bandLabel(band)}の区分には、${seatsName(snapshot)}がないため、貴院は補欠となりました。`
  const contest = reading.contest()
  const self = contest.ranked[row.rank! - 1]!
  const floor = floorExchange(contest, self.entrant.band).displaced.has(self)
  const shared = sharedText(reading, row)
  switch (waitingCause(row, { band, floor })) {
    case 'floor':
      return `${shared}医療圏ごとに${snapshot.policy.regionFloor}病院以上を確保するための枠を優先したため、貴院は補欠となりました。${besideText(reading, row)}`
    case 'designation':
      return `${shared}${place.kind}の指定による病院を優先したため、貴院は補欠となりました。${besideText(reading, row)}`
    case 'seats': {
      const last = shareOf(reading, band.id).lastSelected[row.bandRank! - 1]
      return [
        `${shared}選定基準に基づく順位が枠の数に入らなかったため、貴院は補欠となりました。`,
        last ? tieBetween(contest, last, row) : '',
        besideText(reading, row),
      ].join('')
    }
  }
}

/** 20～99床の区分では、支援枠（23病院分）に対し、選定の対象となる病院が40病院ありました。 */
function sharedText(reading: AmendedReading, { band: id }: AmendedRow): string {
  const band = reading.band(id)!
  const { eligible } = shareOf(reading, id!)
  return `${bandLabel(band)}の区分では、${seatsName(reading.snapshot)}（${band.seats}病院分）に対し、選定の対象となる病院が${eligible}病院ありました。`
}

function shareOf({ first }: AmendedReading, band: string): Share {
  return sharesOf(first).get(band) ?? NO_SHARE
}

/** How the seats of a band were shared out, before anybody declined. */
interface Share {
  eligible: number
  hasWaiting: boolean
  /** By place in the band: the nearest below that waits, and the nearest above that is selected. */
  nextWaiting: readonly (HospitalResult | undefined)[]
  lastSelected: readonly (HospitalResult | undefined)[]
}

const NO_SHARE: Share = { eligible: 0, hasWaiting: false, nextWaiting: [], lastSelected: [] }

const sharesOf = onceFor(({ rows }: Reading): ReadonlyMap<string | null, Share> => {
  const ofBands = Map.groupBy(
    rows.filter(({ eligible }) => eligible),
    ({ band }) => band,
  )
  return new Map(ofBands.entries().map(([band, ofBand]) => [band, shareAmong(ofBand)]))
})

function shareAmong(ofBand: readonly HospitalResult[]): Share {
  return {
    eligible: ofBand.length,
    hasWaiting: ofBand.some(({ decision }) => decision === 'waitlisted'),
    nextWaiting: lastBefore(ofBand.toReversed(), 'waitlisted').reverse(),
    lastSelected: lastBefore(ofBand, 'selected'),
  }
}

/** Of each the last before it that was decided so. */
function lastBefore(rows: readonly HospitalResult[], decision: HospitalResult['decision']) {
  let last: HospitalResult | undefined
  return rows.map((row) => {
    const before = last
    if (row.decision === decision) last = row
    return before
  })
}

function seatsName({ round }: { round: number }): string {
  return round > 1 ? '追加の枠' : '支援枠'
}

function tieBetween(contest: Contest, upper: AmendedRow, lower: AmendedRow): string {
  const { ranked, snapshot } = contest
  const { by } = separationOf(contest, ranked[upper.rank! - 1]!, ranked[lower.rank! - 1]!)
  return tieSentence(by, snapshot.policy.tieBreak)
}

/** What else its place in the ranking hung on. */
function besideText(reading: AmendedReading, row: AmendedRow): string {
  const decided = row.decision === 'selected' ? '選定される' : '補欠となる'
  return [
    reading.lots().hanging.has(row.code) ? `貴院が${decided}かどうかは、抽選の結果により決まりました。` : '',
    byHandText(reading, row),
  ].join('')
}

function byHandText(reading: AmendedReading, row: AmendedRow): string {
  const contest = reading.contest()
  return isOrderedByHand(contest, contest.ranked[row.rank! - 1]!.entrant.band)
    ? `この区分の順位には、${reading.place.kind}の判断による変更があります。`
    : ''
}

/** Its own answers come first: they would have kept it out whatever else did. */
function outText({ snapshot, place, candidate }: AmendedReading, { code, reason }: AmendedRow): string {
  const { submission, beds, supportedIn } = candidate(code)
  const { supportPeriodEnd, questions = [] } = snapshot.policy
  const [answered] = submission ? answeredReasons(submission, supportPeriodEnd, questions) : []
  if (reason === 'already_selected')
    return '貴院は、ほかの回で既に選定されているため、今回の選定の対象としていません。'
  if (reason === 'already_declined')
    return '貴院は、支援対象病院の選定を辞退されているため、今回の選定の対象としていません。'
  if (answered) return answeredReasonText(answered, submission!, { supportPeriodEnd, place, questions })
  switch (reason) {
    case 'already_supported':
      return `貴院は、${supportedIn}に支援を受けているため、選定基準により、今回の選定の対象としていません。`
    case 'no_submission':
      return '選定の時点で、貴院からの御回答がなかったため、選定の対象となりませんでした。'
    case 'no_band':
      return `許可病床数（${beds}床）が、支援の対象となる病床規模に該当しないため、選定の対象となりません。`
    default:
      return `${place.kind}の判断により、貴院を今回の選定の対象としていません。`
  }
}
