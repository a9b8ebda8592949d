import type { OutgoingMail } from '../db/outbox.ts'
import type { Stores } from '../db/stores.ts'
import { entryText, type NoticeFacts, receiptWay, stateNotice } from '../domain/answer/receipt.ts'
import type { Submission } from '../domain/answer/submission.ts'
import { lotOnReceipt } from '../domain/lot/lottery.ts'
import { deadlineText, periodOf, periodState } from '../domain/survey/period.ts'
import { prefectureOf } from '../domain/survey/prefecture.ts'
import type { Settings } from '../domain/survey/settings.ts'
import { dateTimeText } from '../domain/text/dates.ts'
import { isOneAddress } from '../domain/text/one-address.ts'

interface ReceiptMailFacts {
  settings: Settings
  submission: Submission
  /** As the master has it; null while the answer belongs to no hospital of the master. */
  hospitalName: string | null
  /** The receipt's own address, 確認コード and all, where that is known. */
  receiptWay: string
  /** くじ番号; null where there is none. */
  lot: string | null
  /** Whether an answer of the same hospital counts at the time of the mail. */
  hasCurrent: boolean
  /** Whether there is another answer of the same hospital. */
  hasOthers: boolean
}

/** What `SaveContext.mail` asks for, with today's settings and master. */
export function receiptMailsFrom(
  { settings, hospitals, submissions, lots }: Pick<Stores, 'settings' | 'hospitals' | 'submissions' | 'lots'>,
  publicUrl: string,
): (submission: Submission) => OutgoingMail | null {
  return (submission) => {
    const { hospitalCode } = submission
    return receiptMail({
      settings: settings.read(),
      submission,
      hospitalName: (hospitalCode && hospitals.byCode(hospitalCode)?.name) || null,
      lot: lotOnReceipt(lots.method(), submission),
      receiptWay: receiptWay(publicUrl, submission),
      ...submissions.besides(submission),
    })
  }
}

/**
 * The receipt as a mail to the address in the answer: what was received when, and the link to it.
 *
 * The link holds the 確認コード, as it is what a hospital needs to find, correct or withdraw its answer weeks later.
 * The risk: whoever gets the mail can do the same until the deadline; also a stranger, if the address was mistyped.
 * Every version is kept and an officer sees each change, so nothing is lost by it. The answers themselves stay out.
 *
 * Nothing that was typed into the form is repeated but the address, so that nobody can make the prefecture send
 * words of their own to others.
 * @returns null where the address is not one plain address
 */
export function receiptMail(facts: ReceiptMailFacts): OutgoingMail | null {
  const { settings, submission } = facts
  if (!isOneAddress(submission.answers.email)) return null
  const what = whatCame(submission)
  return {
    recipient: submission.answers.email,
    subject: oneLine(
      `【${settings.prefecture}】${subjectOf(submission, what)}（受付番号${submission.number}）`,
    ),
    body: paragraphs(facts, what)
      .map((lines) => lines.join('\n'))
      .join('\n\n'),
  }
}

/** An answer that an officer has closed: nothing came in, and its hospital is told what became of it. */
function isClosed({ state }: Submission): boolean {
  return state === 'rejected' || state === 'outside'
}

function subjectOf(submission: Submission, what: string): string {
  return isClosed(submission) ? '回答の取扱いのお知らせ' : `${what}を受け付けました`
}

function whatCame({ state, version }: Submission): string {
  if (state === 'withdrawn') return '回答の取下げ'
  return version > 1 ? '回答の訂正' : '回答'
}

function paragraphs(facts: ReceiptMailFacts, what: string): string[][] {
  const { settings, submission, receiptWay } = facts
  return [
    ['御担当者様'],
    ...(isClosed(submission)
      ? [[`「${settings.title}」について、次の回答の取扱いをお知らせします。`]]
      : [[`「${settings.title}」について、次のとおり${what}を受け付けました。`], ...entryParagraphs(facts)]),
    receiptLines(facts),
    ...stateParagraphs(facts),
    [linkLine(submission), receiptWay],
    [whatNextLine(facts)],
    [
      'このメールは、送信専用のアドレスから自動でお送りしています。御返信いただいてもお答えできません。お心当たりのない場合は、お手数ですが、次の連絡先にお知らせください。',
    ],
    [
      `${settings.issuer}　${settings.contactSection}`,
      `電話番号：${settings.contactPhone}`,
      `メールアドレス：${settings.contactEmail}`,
    ],
  ]
}

/** That staff did it for the hospital. */
function entryParagraphs({ settings, submission }: ReceiptMailFacts): string[][] {
  const { state, enteredBy, withdrawnChannel, version } = submission
  const { kind } = prefectureOf(settings.prefecture)
  if (state === 'withdrawn') return withdrawnChannel ? [[entryText('取下げ', withdrawnChannel, kind)]] : []
  return enteredBy ? [[entryText(version > 1 ? '訂正' : '回答', enteredBy.channel, kind)]] : []
}

function receiptLines({ submission, hospitalName, lot }: ReceiptMailFacts): string[] {
  const { number, code, submittedAt, correctedAt, withdrawnAt, version } = submission
  return [
    ...(hospitalName === null ? [] : [`病院名：${hospitalName}`]),
    `受付番号：${number}`,
    ...(code === null ? [] : [`確認コード：${code}`]),
    ...(lot === null
      ? []
      : [
          `くじ番号：${lot}（点数が同じ病院の順位を、抽選で決めるときに用います。番号の大小は、順位とは関係がありません）`,
        ]),
    `受付日時：${dateTimeText(submittedAt)}`,
    ...(version > 1 ? [`訂正日時：${dateTimeText(correctedAt)}`] : []),
    ...(withdrawnAt ? [`取下げ日時：${dateTimeText(withdrawnAt)}`] : []),
  ]
}

/** What a withdrawal means stands at the end, in place of how to correct. The mail is read later than it is written. */
function stateParagraphs(facts: ReceiptMailFacts): string[][] {
  const { state } = facts.submission
  const notice = state === 'withdrawn' ? null : stateNotice(state, noticeFacts(facts, ''))
  return notice ? [[`${notice.heading}。${notice.text}`, LATER_STATE]] : []
}

function noticeFacts(
  { settings, hasCurrent, hasOthers }: ReceiptMailFacts,
  answersUntil: string,
): NoticeFacts {
  return { answersUntil, hasCurrent, hasOthers, kind: prefectureOf(settings.prefecture).kind }
}

const LATER_STATE = 'これは、このメールをお送りした時点の取扱いです。最新の取扱いは、受付票で確認できます。'

function linkLine({ state }: Submission): string {
  if (state === 'withdrawn') return '受付の記録は、次のページで確認できます。'
  return '回答の内容は、次のページで確認できます。このページを開くと回答の訂正や取下げもできますので、このメールを貴院の関係者以外に転送しないでください。'
}

function whatNextLine(facts: ReceiptMailFacts): string {
  const { settings, submission } = facts
  const { state, correctedAt, withdrawnAt } = submission
  const period = periodOf(settings)
  const inTime = periodState(settings, withdrawnAt ?? correctedAt) === 'open'
  const deadline = inTime && period ? deadlineText(period) : ''
  if (state === 'withdrawn') return stateNotice(state, noticeFacts(facts, deadline))!.text
  return deadline
    ? `回答の訂正や取下げは、${deadline}までできます。その後は、次の連絡先に御相談ください。`
    : '回答期限を過ぎているため、訂正や取下げが必要な場合は、次の連絡先に御相談ください。'
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ')
}
