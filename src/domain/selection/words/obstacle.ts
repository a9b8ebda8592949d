import type { Answers } from '../../answer/submission.ts'
import { monthText } from '../../text/dates.ts'
import { type AnsweredReason, answeredReasons, type IneligibleReason } from '../eligibility.ts'
import type { Explanation } from '../explain/explain.ts'
import type { Policy } from '../policy.ts'
import type { Candidate } from '../snapshot.ts'

/** What keeps a hospital out, and what would all have to change: to an officer. */
export function obstacleSentences({ candidate, obstacles }: Explanation, policy: Policy): string[] {
  const { supportPeriodEnd } = policy
  const cures = obstacles.map((obstacle) => WORDS[obstacle].cure(supportPeriodEnd))
  return [
    ...obstacles.map((obstacle) => WORDS[obstacle].officer(candidate, supportPeriodEnd)),
    `${cures.join('と、')}があれば、対象となります。`,
  ]
}

/**
 * What an answer means for the support, said before it is sent, where that is not what a hospital may expect.
 * Not eligible is no error: the answer is taken all the same.
 * @param supportPeriodEnd YYYY-MM, the policy's
 */
export function answerHints(answers: Answers, supportPeriodEnd: string): string[] {
  const reasons = answeredReasons(answers, supportPeriodEnd)
  // Without an EMR nothing else matters.
  const told = reasons.includes('no_emr') ? (['no_emr'] as const) : reasons
  return told.map((reason) => WORDS[reason].hint(answers, supportPeriodEnd))
}

/** Why the answer does not lead to the support, as the receipt says it. */
export function answeredReasonText(
  reason: AnsweredReason,
  answers: Answers,
  supportPeriodEnd: string,
): string {
  return WORDS[reason].receipt(answers, supportPeriodEnd)
}

/** What one reason is called by those who speak of it. `end` is the last month of the support. */
interface ReasonWords {
  officer(candidate: Candidate, end: string): string
  /** By itself takes the reason away. */
  cure(end: string): string
}

/** What a hospital answered is also told to the hospital: before it sends, and on its receipt. */
interface AnsweredWords extends ReasonWords {
  hint(answers: Answers, end: string): string
  receipt(answers: Answers, end: string): string
}

type Words = { [Reason in IneligibleReason]: Reason extends AnsweredReason ? AnsweredWords : ReasonWords }

const emrInTime = (end: string) => `${monthText(end)}までの電子カルテの導入（予定を含む）`
const wish = () => '支援を希望する旨の回答'

const WORDS: Words = {
  excluded: {
    officer: ({ override }) => `県の判断により対象外としています（理由：${override?.reason ?? ''}）。`,
    cure: () => '対象外とする判断の取消し',
  },
  no_band: {
    officer: ({ beds }) => `許可病床数（${beds}床）が、どの病床規模区分にも該当しません。`,
    cure: () => '病床規模区分の見直し',
  },
  no_submission: {
    officer: () => '回答がありません。',
    cure: (end) => `${emrInTime(end)}と支援の希望についての回答`,
  },
  no_emr: {
    officer: () => '電子カルテを導入しておらず、導入の予定もないとの回答です。',
    cure: emrInTime,
    hint: ({ intent }) =>
      `本事業の対象は、電子カルテシステムを導入している病院（支援までに導入する病院を含む）です。${intent === 'none' ? '貴院は対象となりませんが、導入の状況を把握するため、このまま御回答ください。' : 'このまま御回答いただけますが、選定の対象とはなりませんので、御了承ください。'}`,
    receipt: () =>
      '本事業は、電子カルテシステムを導入している病院（支援を受けるまでに導入する病院を含みます。）を対象としているため、選定の対象となりません。導入していない旨の御回答も、導入状況を把握するために活用させていただきます。',
  },
  emr_too_late: {
    officer: ({ submission }, end) => {
      const month = submission?.emrPlannedMonth ?? null
      return month === null
        ? '電子カルテの導入予定の時期が分かりません。'
        : `電子カルテの導入予定（${monthText(month)}）が、支援期間（${monthText(end)}まで）に間に合いません。`
    },
    cure: emrInTime,
    hint: ({ emrPlannedMonth: month }, end) =>
      month === null
        ? `電子カルテシステムの導入予定年月が分からないままでは、選定の対象となりません。支援が行われる期間（${monthText(end)}まで）に導入することが決まりましたら、回答期限までに回答を訂正してください。`
        : `導入予定年月（${monthText(month)}）が、支援が行われる期間（${monthText(end)}まで）の後となっています。支援を受けるまでに導入が済まない場合は、選定の対象となりませんので、御了承ください。`,
    receipt: ({ emrPlannedMonth: month }, end) =>
      month === null
        ? '電子カルテシステムの導入予定年月が分からないため、選定の対象となりません。'
        : `電子カルテシステムの導入予定年月（${monthText(month)}）が、支援が行われる期間（${monthText(end)}まで）の後となるため、選定の対象となりません。`,
  },
  undecided: {
    officer: () => '活用意向は検討中との回答です。',
    cure: wish,
    hint: () =>
      '「検討中」のままでは、選定の対象となりません。活用を希望することが決まりましたら、回答期限までに回答を訂正してください。',
    receipt: () => '本事業の活用を「検討中」と御回答いただいているため、選定の対象となりません。',
  },
  no_intent: {
    officer: () => '支援を希望しないとの回答です。',
    cure: wish,
    hint: () =>
      '「希望しない」との回答のため、選定の対象となりません。お考えが変わりましたら、回答期限までに回答を訂正してください。',
    receipt: () => '本事業の活用を「希望しない」との回答のため、選定の対象としません。',
  },
}
