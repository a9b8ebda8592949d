import type { Answers } from '../../answer/submission.ts'
import type { Prefecture } from '../../survey/prefecture.ts'
import { monthText } from '../../text/dates.ts'
import { type AnsweredReason, answeredReasons, type IneligibleReason } from '../eligibility.ts'
import type { Explanation } from '../explain/explain.ts'
import type { SnapshotPolicy } from '../policy.ts'
import { refusedAnswers, type SnapshotQuestion } from '../questions.ts'
import type { Candidate } from '../snapshot.ts'
import { supportPeriodEndText, supportPeriodUntil } from './policy.ts'

/** What the sentences are about, beside the hospital. */
interface Among {
  policy: Pick<SnapshotPolicy, 'supportPeriodEnd' | 'questions'>
  place: Prefecture
  /** 初回選定で選定済みのため: which other round it is, where it is known. */
  leftOut?: string | undefined
}

/** What keeps a hospital out, and what would all have to change: to an officer. */
export function obstacleSentences({ candidate, obstacles }: Explanation, among: Among): string[] {
  const officer = (obstacle: IneligibleReason) => WORDS[obstacle].officer(candidate, among)
  // Whoever holds a seat needs none, whatever it has answered.
  if (obstacles.includes('already_selected'))
    return obstacles.filter((each) => each === 'excluded' || each === 'already_selected').map(officer)
  return [...obstacles.map(officer), cureSentence(obstacles, among)]
}

function cureSentence(obstacles: readonly IneligibleReason[], among: Among): string {
  const cures = obstacles.map((obstacle) => WORDS[obstacle].cure(among))
  if (cures.length === 1) return `${cures[0]!.when}、選定の対象になります。`
  const listed = cures.map(({ what }, index) => `${NUMBERS[index]}${what}`)
  return `次のすべてを満たすと、選定の対象になります：${listed.join('　')}。`
}

const NUMBERS = ['①', '②', '③', '④', '⑤', '⑥', '⑦']

/**
 * What an answer means for the support, said before it is sent, where that is not what a hospital may expect.
 * Not eligible is no error: the answer is taken all the same.
 * @param supportPeriodEnd YYYY-MM, the policy's
 * @param questions the further ones that the policy looks at
 */
export function answerHints(
  answers: Answers,
  supportPeriodEnd: string,
  questions: readonly SnapshotQuestion[] = [],
): string[] {
  const reasons = answeredReasons(answers, supportPeriodEnd, questions)
  // Without an EMR nothing else matters.
  const told = reasons.includes('no_emr') ? (['no_emr'] as const) : reasons
  return told.map((reason) => WORDS[reason].hint(answers, supportPeriodEnd, questions))
}

/** What of an answer a receipt's reason names; frozen ones of before have no further answers. */
type Told = Pick<Answers, 'emrPlannedMonth'> & Partial<Pick<Answers, 'extra'>>

/** Why the answer does not lead to the support, as the receipt says it. */
export function answeredReasonText(
  reason: AnsweredReason,
  answers: Told,
  {
    supportPeriodEnd,
    place,
    questions = [],
  }: { supportPeriodEnd: string; place: Prefecture; questions?: readonly SnapshotQuestion[] },
): string {
  return WORDS[reason].receipt(answers, { end: supportPeriodEnd, place, questions })
}

/** What one reason is called by those who speak of it. */
interface ReasonWords {
  officer(candidate: Candidate, among: Among): string
  /** By itself takes the reason away: in a sentence of its own, and in a list. */
  cure(among: Among): Cure
}

interface Cure {
  when: string
  what: string
}

/** What a hospital answered is also told to the hospital: before it sends, and on its receipt. */
interface AnsweredWords extends ReasonWords {
  hint(answers: Answers, end: string, questions: readonly SnapshotQuestion[]): string
  receipt(answers: Told, to: ReceiptFacts): string
}

interface ReceiptFacts {
  /** YYYY-MM, the policy's. */
  end: string
  place: Prefecture
  questions: readonly SnapshotQuestion[]
}

type Words = { [Reason in IneligibleReason]: Reason extends AnsweredReason ? AnsweredWords : ReasonWords }

export const NOT_AMONG = '今回の選定の対象に含めていません。'

const cure = (when: string, what: string) => (): Cure => ({ when, what })
const supportEnd = ({ supportPeriodEnd }: Among['policy']) =>
  supportPeriodEndText(supportPeriodEnd) || '支援が行われる時期'
const emrInTime = ({ policy }: Among): Cure => {
  const what = `電子カルテを${supportEnd(policy)}までに導入する（予定を含む）との回答`
  return { when: `${what}があれば`, what: `${what}がある` }
}
const wish = cure('活用を希望するとの回答があれば', '活用を希望するとの回答がある')

const WORDS: Words = {
  excluded: {
    officer: ({ override }, { place }) =>
      `${place.kind}の判断により除外しています（理由：${override?.reason ?? ''}）。`,
    cure: cure('除外を取り消すと', '除外を取り消す'),
  },
  already_selected: {
    officer: (_, { leftOut }) => `${leftOut ?? 'ほかの回で選定済みのため'}、${NOT_AMONG}`,
    cure: cure('選定済みでなくなると', '選定済みでなくなる'),
  },
  already_declined: {
    officer: (_, { leftOut }) => `${leftOut ?? '辞退済みのため'}、${NOT_AMONG}`,
    cure: ({ place: { kind } }) => ({
      when: `辞退の後に病院が改めて回答するか、${kind}が指定すると`,
      what: `辞退の後に病院が改めて回答するか、${kind}が指定する`,
    }),
  },
  no_band: {
    officer: ({ beds }) => `許可病床数（${beds}床）が、どの病床規模区分にも該当しません。`,
    cure: cure('病床規模区分を見直して該当すれば', '病床規模区分を見直して該当する'),
  },
  already_supported: {
    officer: ({ supportedIn = '' }) =>
      `${supportedIn}に支援を受けています。選定基準により、過去に支援を受けた病院は選定の対象としません。`,
    cure: cure(
      '過去に支援を受けた病院も対象とするように選定基準を改めると',
      '過去に支援を受けた病院も対象とするように選定基準を改める',
    ),
  },
  no_submission: {
    officer: () => '回答がありません。',
    cure: ({ policy }) => {
      const what = `電子カルテを${supportEnd(policy)}までに導入し（予定を含む）、活用を希望するとの回答`
      return { when: `${what}があれば`, what: `${what}がある` }
    },
  },
  no_emr: {
    officer: () => '電子カルテを導入しておらず、導入の予定もないとの回答です。',
    cure: emrInTime,
    hint: ({ intent }) =>
      `本事業の対象は、電子カルテシステムを導入している病院（支援までに導入する病院を含む）です。${intent === 'none' ? '貴院は対象となりませんが、導入の状況を把握するため、このまま御回答ください。' : 'このまま御回答いただけますが、選定の対象とはなりませんので、御了承ください。'}`,
    receipt: (_, { place: { within } }) =>
      `本事業は、電子カルテシステムを導入している病院（支援を受けるまでに導入する病院を含みます。）を対象としているため、選定の対象となりません。導入していない旨の御回答も、${within}の導入状況を把握するために活用させていただきます。`,
  },
  emr_too_late: {
    officer: ({ submission }, { policy: { supportPeriodEnd: end } }) => {
      const month = submission?.emrPlannedMonth ?? null
      return month === null
        ? '電子カルテの導入予定の時期が分かりません。'
        : `電子カルテの導入予定（${monthText(month)}）が、支援期間${supportPeriodUntil(end)}に間に合いません。`
    },
    cure: emrInTime,
    hint: ({ emrPlannedMonth: month }, end) =>
      month === null
        ? `電子カルテシステムの導入予定年月が分からないままでは、選定の対象となりません。支援が行われる期間${supportPeriodUntil(end)}に導入することが決まりましたら、回答期限までに回答を訂正してください。`
        : `導入予定年月（${monthText(month)}）が、支援が行われる期間${supportPeriodUntil(end)}の後になっています。支援を受けるまでに導入が済まない場合は、選定の対象となりませんので、御了承ください。`,
    receipt: ({ emrPlannedMonth: month }, { end }) =>
      month === null
        ? '電子カルテシステムの導入予定年月が分からないため、選定の対象となりません。'
        : `電子カルテシステムの導入予定年月（${monthText(month)}）が、支援が行われる期間${supportPeriodUntil(end)}の後となるため、選定の対象となりません。`,
  },
  undecided: {
    officer: () => '活用意向は検討中との回答です。',
    cure: wish,
    hint: () =>
      '「検討中」のままでは、選定の対象となりません。活用を希望することが決まりましたら、回答期限までに回答を訂正してください。',
    receipt: () => '本事業の活用を「検討中」と御回答いただいているため、選定の対象となりません。',
  },
  no_intent: {
    officer: () => '活用を希望しないとの回答です。',
    cure: wish,
    hint: () =>
      '「希望しない」と御回答いただく場合は、選定の対象となりません。お考えが変わりましたら、回答期限までに回答を訂正してください。',
    receipt: () => '本事業の活用を「希望しない」と御回答いただいているため、選定の対象となりません。',
  },
  answer: {
    officer: ({ submission }, { policy: { questions = [] } }) =>
      `${refusedTexts(questions, submission ?? {}).join('、')}との回答です。選定基準により、選定の対象としません。`,
    cure: cure(
      '対象とならない選択肢を選んでいない回答があれば',
      '対象とならない選択肢を選んでいない回答がある',
    ),
    hint: (answers, _, questions) =>
      `${refusedTexts(questions, answers).join('、')}と御回答いただく場合は、選定の対象となりません。このまま御回答いただくことはできます。`,
    receipt: (answers, { questions }) =>
      `${refusedTexts(questions, answers).join('、')}と御回答いただいているため、選定の対象となりません。`,
  },
}

/** 「ネットワーク構成図の有無」に「作成しない」 */
function refusedTexts(
  questions: readonly SnapshotQuestion[],
  { extra = {} }: Partial<Pick<Answers, 'extra'>>,
): string[] {
  return refusedAnswers(questions, extra).map(
    ({ question, option }) => `「${question.label}」に「${option.label}」`,
  )
}
