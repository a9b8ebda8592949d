import type { Choice } from '../text/choice.ts'
import { filledTemplate, type ParsedTemplate, parseTemplate, type Template } from '../text/template.ts'

/**
 * The texts that go to hospitals before the deadline: the letter that asks for an answer (依頼状), and reminders. An
 * officer writes them; words in braces stand for what differs from hospital to hospital.
 */
export const MESSAGE_KIND_IDS = ['letter', 'mail', 'fax', 'phone'] as const
export type MessageKind = (typeof MESSAGE_KIND_IDS)[number]
export const MESSAGE_KINDS: readonly Choice<MessageKind>[] = [
  { id: 'letter', label: '依頼状' },
  { id: 'mail', label: '督促のメール' },
  { id: 'fax', label: '督促のFAX' },
  { id: 'phone', label: '督促の電話' },
]

/** What may stand in braces, and what comes in its place. */
export const PLACEHOLDERS = [
  { name: '病院名', means: '病院台帳の病院名' },
  { name: '調査の名称', means: '設定の「調査の名称」' },
  { name: '回答期限', means: '設定の「回答期限」' },
  { name: '残り日数', means: '「あと3日」「本日」など、回答期限までの日数' },
  { name: 'リンク', means: 'その病院の回答用リンク。発行していない病院では、回答フォームのアドレス' },
  {
    name: 'リンクの注意',
    means: '回答用リンクをほかの人に知らせないようお願いする文。発行していない病院では、何も入りません',
  },
  { name: '発出者', means: '設定の「発出者」' },
  { name: '連絡先', means: '設定の係の名称、電話番号、メールアドレス' },
] as const
type Placeholder = (typeof PLACEHOLDERS)[number]['name']
export type PlaceholderValues = Readonly<Record<Placeholder, string>>

const MESSAGE_LIMITS = { subject: 100, body: 3000 }

/** What is sent as long as nobody has written another text. */
export const DEFAULT_MESSAGES: Readonly<Record<MessageKind, Template>> = {
  letter: {
    subject: '{調査の名称}について（依頼）',
    body: [
      '日頃から、医療行政の推進に御理解と御協力を賜り、厚くお礼申し上げます。',
      '標記の調査について、下記により御回答くださいますようお願いいたします。',
      '回答フォームは、本状のQRコードまたはアドレスから開くことができます。病院名は、あらかじめ入力されています。{リンクの注意}',
    ].join('\n\n'),
  },
  mail: {
    subject: '【回答期限 {残り日数}】{調査の名称}への御回答のお願い',
    body: [
      '{病院名}　御担当者様',
      'お世話になっております。{発出者}です。',
      '「{調査の名称}」について、貴院の御回答をまだ確認できておりません。お忙しいところ恐れ入りますが、{回答期限}までに、次のアドレスから御回答くださいますようお願いいたします。支援を希望されない場合も、その旨を御回答ください。',
      '{リンク}',
      '{リンクの注意}',
      '行き違いで既に御回答をいただいている場合は、御容赦ください。',
      '{連絡先}',
    ].join('\n\n'),
  },
  fax: {
    subject: '{調査の名称}への御回答について（お願い）',
    body: [
      '標記の調査について、貴院の御回答をまだ確認できておりません。お忙しいところ恐れ入りますが、下記により御回答くださいますようお願いいたします。支援を希望されない場合も、その旨を御回答ください。{リンクの注意}',
      '行き違いで既に御回答をいただいている場合は、御容赦ください。',
    ].join('\n\n'),
  },
  phone: {
    subject: '電話でお伝えすること',
    body: [
      '{発出者}です。「{調査の名称}」の件でお電話しました。',
      '回答期限は{回答期限}です（{残り日数}）。貴院の御回答をまだ確認できていないため、御連絡しました。',
      '・調査の御担当の方のお名前と部署\n・回答用のアドレスは届いているか（届いていなければ、メールかFAXで送る）\n・いつ頃御回答いただけるか\n・支援を希望しない場合も、その旨の回答が必要であること',
      '折返しの連絡先\n{連絡先}',
    ].join('\n\n'),
  },
}

/** @returns the text as it is kept, or one message a wrong field */
export function parseMessage(kind: MessageKind, typed: Template): ParsedTemplate {
  const subjectName = SUBJECT_NAMES[kind]
  const rules = { subjectName, longest: MESSAGE_LIMITS, placeholders: PLACEHOLDERS }
  return parseTemplate(rules, typed, ({ subject, body }) => ({
    subject: linkInSubject(subjectName, subject),
    body: missingLink(kind, body),
  }))
}

export const SUBJECT_NAMES: Readonly<Record<MessageKind, string>> = {
  letter: '標題',
  mail: '件名',
  fax: '標題',
  phone: '見出し',
}

/** Where a link stands on a line of its own it can be followed; in a subject it would be seen by everybody. */
function linkInSubject(name: string, text: string): string | null {
  return text.includes('{リンク}') ? `${name}に「{リンク}」は使えません。本文に入れてください。` : null
}

function missingLink(kind: MessageKind, body: string): string | null {
  return kind === 'mail' && !body.includes('{リンク}')
    ? '本文に「{リンク}」がありません。病院が回答用のアドレスを開けるように、入れてください。'
    : null
}

/** The text for one hospital. A paragraph of which nothing is left goes. */
export function fillMessage(text: Template, values: PlaceholderValues): Template {
  const { subject, body } = filledTemplate(text, values)
  return {
    subject: subject.replace(/\s+/gu, ' ').trim(),
    body: body.replace(/\n{3,}/g, '\n\n').trim(),
  }
}
