import type { Stores } from '../../db/stores.ts'
import { isProxy } from '../../domain/answer/choices.ts'
import { answerTo, type FurtherQuestion } from '../../domain/answer/further.ts'
import { isCorrectable } from '../../domain/answer/submission.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import type { ShortChoice } from '../../domain/text/choice.ts'
import { burstIn, LARGE_BURST } from './bursts.ts'
import type { SubmissionRow } from './rows.ts'

/** 確認事項: what an officer may want to look into about an answer. None of it keeps the answer from counting. */
interface Flag {
  id: string
  label: string
  /** On the list. */
  short: string
  /** Waits for somebody to look into it; else it is only said. */
  waits: boolean
  /** What there is to look into, in a sentence; null where there is nothing. */
  says: (row: SubmissionRow, among: FlagFacts) => string | null
}

interface Sharing {
  count: number
  /** The first of them, as many as are named. */
  first: readonly SubmissionRow[]
}

/** What the flags compare an answer with. A further flag takes what it needs from here. */
interface FlagFacts {
  /** By the master's key: whether the hospital says in the GMIS survey that it has an EMR. */
  emrInGmis: ReadonlyMap<string, boolean>
  /** Addresses to which a mail was given up. */
  unreached: ReadonlySet<string>
  /** Answers of other hospitals that name the same mail address. */
  sharing: (row: SubmissionRow) => Sharing
  /** By the master's key: who was given a link of its own. */
  invited: ReadonlySet<string>
  /** Answers that came in one burst with it, without a link, for other hospitals. */
  burstOf: (row: SubmissionRow) => number
  /** The further questions that have to be answered. */
  required: readonly FurtherQuestion[]
  /** Null while nobody has set it. */
  closesAt: Date | null
}

const FLAGS: readonly Flag[] = [
  {
    id: 'gmis-emr',
    label: '電子カルテの有無がGMIS調査と異なる',
    short: 'GMISと相違',
    waits: true,
    // There an ordering system counts as an EMR: both may be right.
    says: ({ submission: { answers }, hospital }, { emrInGmis }) =>
      answers.emr === 'none' && hospital && emrInGmis.get(hospital.key)
        ? 'GMIS調査では電子カルテがあるとし、この回答では「導入していない」としています。GMIS調査では、オーダリングシステムなども電子カルテに数えています。'
        : null,
  },
  {
    id: 'beds',
    label: '病床数が病院台帳と異なる',
    short: '病床数',
    waits: true,
    says: ({ submission: { typedHospital }, hospital }) =>
      hospital && typedHospital && typedHospital.beds !== hospital.beds
        ? `回答に記入された病床数は${typedHospital.beds}床、病院台帳では${hospital.beds}床です。`
        : null,
  },
  {
    id: 'beds-told',
    label: '病床数の訂正の申出',
    short: '病床数の申出',
    // It waits as every 訂正の申出 does, with the hospital.
    waits: false,
    says: ({ submission: { answers } }) =>
      answers.masterCorrection !== null && /床/u.test(answers.masterCorrection)
        ? `登録内容の訂正の申出に、病床数の記入があります（「${answers.masterCorrection}」）。`
        : null,
  },
  {
    id: 'mail',
    label: 'メールが届いていない',
    short: 'メール不達',
    waits: true,
    says: ({ submission: { answers } }, { unreached }) =>
      unreached.has(answers.email)
        ? `${answers.email} へのメールが届いていません。電話などで連絡し、連絡先を確認してください。`
        : null,
  },
  {
    id: 'same-email',
    label: '別の病院と同じメールアドレス',
    short: '連絡先の重なり',
    waits: false,
    says: (row, { sharing }) => {
      const others = sharing(row)
      return others.count === 0 ? null : `同じメールアドレスの回答があります：${namesOf(others)}。`
    },
  },
  {
    id: 'uninvited',
    label: '回答用リンクによらない回答',
    short: 'リンクによらない',
    // One that waits for it has a state of its own.
    waits: false,
    says: ({ submission: { isMatched, channel }, hospital }, { invited }) =>
      hospital && invited.has(hospital.key) && !isMatched && !isProxy(channel)
        ? 'この病院には回答用リンクを発行していますが、この回答はリンクから届いたものではありません。'
        : null,
  },
  {
    id: 'burst',
    label: '多数の病院の回答が続けて届いている',
    short: '続けて到着',
    waits: true,
    // Whoever forges answers for many hospitals sends them by a program. No address of a sender is kept to tell it by.
    says: (row, { burstOf }) => {
      const others = burstOf(row)
      return others < LARGE_BURST
        ? null
        : `この回答の前後1分以内に、別の病院の回答が${others}件、リンクによらずに届いています。同じ人が送った回答でないか、いくつかの病院に電話で確認してください。`
    },
  },
  {
    id: 'no-email',
    label: 'メールアドレスがない',
    short: 'メールなし',
    waits: false,
    says: ({ submission: { answers } }) =>
      answers.email === '' ? 'メールでは連絡できません。電話や郵送で連絡してください。' : null,
  },
  {
    id: 'unanswered',
    label: '質問に回答がない',
    short: '質問に未回答',
    waits: true,
    // Asked since it came in, or entered from a paper of before.
    says: ({ submission: { answers } }, { required }) => {
      const open = required.filter((question) => answerTo(question, answers.extra) === null)
      return open.length === 0
        ? null
        : `必須の質問に回答がありません：${open.map(({ shortLabel }) => shortLabel).join('、')}。病院に確認し、回答を訂正してください。`
    },
  },
  {
    id: 'late',
    label: '回答期限の後の受付',
    short: '期限後',
    waits: false,
    says: ({ submission: { submittedAt } }, { closesAt }) =>
      closesAt && submittedAt >= closesAt
        ? `回答期限（${deadlineText({ closesAt })}）の後に受け付けています。`
        : null,
  },
]

/** R-0003（桜島病院）、R-0004（奄美中央病院）ほか2件 */
function namesOf({ count, first }: Sharing): string {
  const named = first.map((row) => `${row.submission.number}（${row.hospitalName}）`)
  return named.join('、') + (count > first.length ? `ほか${count - first.length}件` : '')
}

const MOST_NAMED = 3

/** As the list may be narrowed to them. */
export const FLAG_CHOICES: readonly ShortChoice<string>[] = FLAGS.map(({ id, label, short }) => ({
  id,
  label,
  short,
}))

export function flagLabel(id: string): string {
  return FLAGS.find((flag) => flag.id === id)?.label ?? id
}

/** A flag that an answer has today, and who looked at it, if it said the same then. */
export interface Finding {
  flag: string
  label: string
  short: string
  says: string
  waits: boolean
  look: { author: string; at: Date; note: string } | null
}

/** @param rows every answer: some flags compare one with the others */
export function findingsIn(
  stores: Stores,
  rows: readonly SubmissionRow[],
): (row: SubmissionRow) => Finding[] {
  const looks = new Map(
    stores.answerNotes.looks().map((look) => [`${look.number} ${look.flag} ${look.said}`, look]),
  )
  const among = factsOf(stores, rows)
  return (row) => {
    // What is closed or was withdrawn is used for nothing: there is nothing to look into.
    if (!isCorrectable(row.submission)) return []
    // Of nearly every answer there is nothing: it costs nothing either.
    const findings: Finding[] = []
    for (const { id, label, short, waits, says: sentence } of FLAGS) {
      const says = sentence(row, among)
      if (says === null) continue
      const look = looks.get(`${row.submission.number} ${id} ${says}`)
      const seen = look ? { author: look.author, at: look.createdAt, note: look.note } : null
      findings.push({ flag: id, label, short, says, waits, look: seen })
    }
    return findings
  }
}

function factsOf(
  { gmis, invitations, outbox, questions, settings }: Stores,
  rows: readonly SubmissionRow[],
): FlagFacts {
  const open = rows.filter(({ submission }) => isCorrectable(submission) && submission.answers.email !== '')
  return {
    emrInGmis: gmis.emrClaims(),
    unreached: new Set(outbox.givenUp().map(({ recipient }) => recipient)),
    sharing: sharingIn(open),
    invited: new Set(
      invitations.all().flatMap(({ hospitalCode, revokedAt }) => (revokedAt ? [] : [hospitalCode])),
    ),
    burstOf: burstIn(open),
    required: questions.asked().filter(({ required }) => required),
    closesAt: settings.read().closesAt,
  }
}

/**
 * One address may stand in thousands of answers, where a group of hospitals or a prefecture answers for all of its own:
 * nobody goes through all of them for each.
 */
function sharingIn(rows: readonly SubmissionRow[]): FlagFacts['sharing'] {
  const addresses = new Map(
    [...Map.groupBy(rows, ({ submission }) => submission.answers.email)].flatMap(([email, those]) => {
      if (those.length === 1) return []
      const byHospital = Map.groupBy(those, hospitalOf)
      // Whichever hospital is left out, those to be named are among these.
      const first = [...byHospital.values()]
        .slice(0, MOST_NAMED + 1)
        .flatMap((own) => own.slice(0, MOST_NAMED))
      return [[email, { count: those.length, byHospital, first: first.toSorted(byNumber) }]]
    }),
  )
  return (row) => {
    const address = addresses.get(row.submission.answers.email)
    if (!address) return { count: 0, first: [] }
    const own = hospitalOf(row)
    const first = address.first.filter((other) => hospitalOf(other) !== own).slice(0, MOST_NAMED)
    return { count: address.count - (address.byHospital.get(own)?.length ?? 0), first }
  }
}

/** Those of no hospital are taken for one another's. */
function hospitalOf({ hospital }: SubmissionRow): string | undefined {
  return hospital?.key
}

function byNumber(a: SubmissionRow, b: SubmissionRow): number {
  return a.submission.id - b.submission.id
}
