import { unmetFloorsOf } from '../../domain/selection/explain/unmet-floors.ts'
import { CRITERIA, NO_SUPPORT_PERIOD_END } from '../../domain/selection/policy.ts'
import { problemTexts } from '../../domain/selection/words/decision.ts'
import { hangingText } from '../../domain/selection/words/lots.ts'
import { versionLabel } from '../../domain/selection/words/policy.ts'
import { unmetFloorSentences } from '../../domain/selection/words/unmet-floors.ts'
import type { PeriodState } from '../../domain/survey/period.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { WaitingAnswers } from '../answers/waiting.ts'
import { lotHref } from '../lot/address.ts'
import { isUndrawn } from '../lot/in-force.ts'
import { regionOrder } from '../region-order.ts'
import type { Check } from '../rounds/frozen.ts'
import type { Draft } from './draft.ts'
import { type Preflight, replacedText } from './preflight.ts'

/** What a check asks of the survey's settings. */
export interface SurveyStanding {
  state: PeriodState
  /** 令和6年3月18日（月）24時; '' while nothing is set. */
  deadline: string
  /** 県の支援予定病院数 */
  prefectureSeats: number
  prefectureCode: string
}

interface CheckedFacts {
  draft: Draft
  survey: SurveyStanding
  preflight: Preflight
  waiting: WaitingAnswers
  freeSeats: readonly FreeSeats[]
  /** Why the policy was saved as it is; null for the default that comes with the program. */
  policyNote: string | null
}

/** A band that would keep free seats. */
export interface FreeSeats {
  label: string
  free: number
}

export function confirmChecks(facts: CheckedFacts): Check[] {
  const { draft, survey, preflight, waiting, freeSeats, policyNote } = facts
  const stops = [
    ...selectionChecks(draft),
    ...consentChecks(draft),
    ...questionChecks(draft),
    ...lotChecks(draft, survey),
  ]
  return [
    ...stops,
    ...seatChecks(draft, survey),
    ...bandChecks(draft, freeSeats, stops.length > 0),
    ...regionChecks(draft, survey),
    ...hangingChecks(draft),
    ...waitingChecks(waiting),
    ...supportPeriodChecks(draft),
    survey.state === 'closed'
      ? check('ok', '回答の受付は終了しています。')
      : check(
          'warn',
          `回答の受付が終了していません${survey.deadline && `（回答期限：${survey.deadline}）`}。確定後に届く回答は反映されません。`,
        ),
    policyNote === null
      ? check('warn', `選定基準は${versionLabel(0)}のままです。`, '/admin/policy')
      : check('ok', `選定基準は${versionLabel(draft.policyVersion)}です（変更の理由：記録済み）。`),
    ...reportChecks(preflight),
  ]
}

/** The bands that would keep free seats: each asks for a reason. */
export function bandsWithFreeSeats({ reading }: Draft): FreeSeats[] {
  return reading.bands.flatMap(({ id, seats, selected }) =>
    seats > selected ? [{ label: reading.bandLabel(id), free: seats - selected }] : [],
  )
}

function selectionChecks({ reading, snapshot, result }: Draft): Check[] {
  const problems = problemTexts(reading).map((text) => check('block', text))
  const isEmpty = !result.results.some(({ decision }) => decision === 'selected')
  if (!isEmpty) return problems
  const isFull = snapshot.policy.bands.every(({ seats }) => seats === 0)
  const isWanted = result.results.some(({ eligible }) => eligible)
  const nobody = isFull
    ? '空いている支援枠がありません。'
    : isWanted
      ? '選定される病院がありません。'
      : '選定の対象となる病院がありません。'
  return [...problems, check('block', nobody)]
}

/** Consent is free, as the form says: nobody may lose by refusing it. What is frozen stays as it was. */
function consentChecks({ policy }: Draft): Check[] {
  const label = labelOf(CRITERIA, 'gmisConsent')
  return (policy.criteria.gmisConsent ?? 0) === 0
    ? []
    : [
        check(
          'block',
          `選定基準で「${label}」に配点しています。同意しないことを理由に評価を下げないと病院に案内しているため、配点を0にしてください。`,
          '/admin/policy',
        ),
      ]
}

/** Who is first of equals is not known before the draw: nothing that it orders is confirmed. */
function lotChecks({ lot, reading }: Draft, { state }: SurveyStanding): Check[] {
  if (!isUndrawn(lot)) return []
  const tied = reading.lots().tied.size
  if (tied === 0) return []
  const when = state === 'closed' ? '' : '回答期限の後に、'
  const text = `点数などが同じ${tied}病院の順位は抽選で決まりますが、抽選をまだ実施していません。${when}「抽選」で実施してください。`
  return [check('block', text, lotHref(reading.snapshot.round))]
}

/** Which seats hang on the lot alone. */
function hangingChecks({ lot, reading }: Draft): Check[] {
  const { hanging } = reading.lots()
  if (hanging.size === 0 || isUndrawn(lot)) return []
  return [check('info', hangingText(reading), lotHref(reading.snapshot.round))]
}

/** What the policy does not know of the further questions counts nothing: that is for an officer to say. */
function questionChecks({ unfitted }: Draft): Check[] {
  return unfitted.map((label) =>
    check(
      'block',
      `${label}の評価値が、選定基準に定められていません。選定基準を開き、評価値を確認して保存してください。`,
      '/admin/policy',
    ),
  )
}

/** Of the whole prefecture: an 追加選定 shares out what is left of it. */
function seatChecks({ policy, reading }: Draft, { prefectureSeats }: SurveyStanding): Check[] {
  const seats = policy.bands.reduce((sum, band) => sum + band.seats, 0)
  const { kind } = reading.place
  if (seats !== prefectureSeats)
    return [
      check(
        'warn',
        `支援枠の合計（${seats}病院分）が、${kind}の支援予定病院数（${prefectureSeats}病院）と一致していません。`,
        '/admin/settings',
      ),
    ]
  return seats === 0
    ? []
    : [check('ok', `支援枠の合計は、${kind}の支援予定病院数（${prefectureSeats}病院）と一致しています。`)]
}

/** @param isBlocked nothing can be confirmed, and no reason is asked for */
function bandChecks({ reading }: Draft, freeSeats: readonly FreeSeats[], isBlocked: boolean): Check[] {
  const over = reading.bands.flatMap(({ id, seats, selected }) =>
    selected > seats
      ? [
          check(
            'warn',
            `${reading.bandLabel(id)}の区分で、枠を${selected - seats}病院分超えて選定しています。`,
          ),
        ]
      : [],
  )
  const free = freeSeats.map(({ label, free: seats }) =>
    isBlocked
      ? check('warn', `${label}の区分で、枠が${seats}病院分残ります。`)
      : check('input', `${label}の区分で、枠が${seats}病院分残ります。下の欄に理由を記入してください。`),
  )
  if (over.length + free.length > 0) return [...over, ...free]
  // Nothing to give away is not all given away: that nobody is selected is said already.
  return reading.bands.some(({ seats }) => seats > 0)
    ? [check('ok', 'すべての区分で、枠を過不足なく使っています。')]
    : []
}

function regionChecks({ reading, snapshot, result }: Draft, { prefectureCode }: SurveyStanding): Check[] {
  if (snapshot.policy.regionFloor === 0) return []
  const byRegion = regionOrder(prefectureCode)
  const short = result.regions
    .filter(({ shortfall }) => shortfall > 0)
    .map(({ id }) => id)
    .sort(byRegion)
  if (short.length > 0)
    return [
      check('warn', `確保枠を満たせない医療圏があります：${short.join('、')}`, '/admin/selection'),
      ...unmetFloorSentences(unmetFloorsOf(reading), reading, byRegion).map((text) => check('info', text)),
    ]
  return result.regions.some(({ eligible }) => eligible > 0)
    ? [check('ok', '選定対象の病院があるすべての医療圏で、確保枠を満たしています。')]
    : []
}

/** A planned EMR is measured by it: without it none is too late, and that is said. */
function supportPeriodChecks({ policy }: Draft): Check[] {
  if (policy.supportPeriodEnd !== NO_SUPPORT_PERIOD_END) return []
  const text =
    '支援期間の終期（年月）が設定されていません。電子カルテを導入予定の病院を、導入の時期にかかわらず対象としています。'
  return [check('warn', text, '/admin/policy')]
}

function waitingChecks({ duplicate, unmatched, unlinked, late }: WaitingAnswers): Check[] {
  const checks = [
    duplicate > 0
      ? check('warn', `重複の確認待ちの回答が${duplicate}件あります。`, '/admin/submissions?state=duplicate')
      : null,
    unmatched > 0
      ? check('warn', `照合待ちの回答が${unmatched}件あります。`, '/admin/submissions?state=unmatched')
      : null,
    unlinked > 0
      ? check('warn', `病院の特定待ちの回答が${unlinked}件あります。`, '/admin/submissions?state=unlinked')
      : null,
    late > 0
      ? check('warn', `期限後の回答を認めた病院のうち、${late}病院の回答がまだ届いていません。`)
      : null,
  ].filter((each) => each !== null)
  return checks.length === 0 ? [check('ok', '確認待ちの回答はありません。')] : checks
}

function reportChecks(preflight: Preflight): Check[] {
  const { missing, duplicates } = preflight
  const replaced = replacedText(preflight)
  const hospitals = new Set(missing.map(({ code }) => code)).size
  const list = '/admin/selection/preflight'
  return [
    replaced === null
      ? check('ok', '厚生労働省への報告は、UTF-8とShift_JIS（CP932）の両方で作成できます。')
      : check('info', replaced, list),
    ...(missing.length > 0
      ? [check('info', `連絡先などが空欄の病院が${hospitals}病院あります。`, list)]
      : []),
    ...(duplicates.length > 0
      ? [check('info', `病院名または連絡先が同じ病院が${duplicates.length}組あります。`, list)]
      : []),
  ]
}

function check(level: Check['level'], text: string, href: string | null = null): Check {
  return { level, text, href }
}
