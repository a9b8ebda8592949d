import { CHANNEL_CHOICES, type Channel } from '../../domain/answer/choices.ts'
import type { AuditValue } from '../../domain/record/audit.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { grouped } from '../../domain/text/grouped.ts'
import { counted, type Piece, type RecordKind, type Step } from './sentence.ts'

/** What hospitals are told and asked: the notice, invitations, reminders, letters, 受諾確認. */
export const MESSAGES: RecordKind = {
  id: 'messages',
  label: '案内・督促・通知',
  nouns: {
    notice: '案内文',
    attachment: '添付資料',
    invitation: '回答用リンク',
    invitations: '調査依頼',
    'invitation-head': '調査依頼の文書',
    'invitation-key': '回答用リンクの鍵',
    'message-text': '調査依頼と督促の文面',
    reminders: '督促',
    'letter-head': '通知文の文書番号と日付',
    'letter-text': '通知文の文面',
    letters: '通知文',
    publication: '病院への結果の表示',
    acceptance: '受諾確認',
  },
  sentences: {
    'notice.changed': () => ['案内文を変更しました'],
    'attachment.added': ({ detail }) => [`添付資料「${detail.text('title')}」を公開しました`],
    'attachment.withdrawn': ({ detail }) => [`添付資料「${detail.text('title')}」の公開をやめました`],
    'invitations.issued': (step) => ['回答用リンクを発行しました', ...hospitalsOf(step)],
    'invitations.exported': ({ detail }) => [
      `調査依頼の差込み用ファイル${counted(detail.number('rows'), '病院')}を保存しました`,
    ],
    'invitation.viewed': (step) => [
      '回答用リンクから、',
      step.names.hospital(step.subject),
      'の調査のページを開きました',
    ],
    'invitation.reissued': (step) => [step.names.hospital(step.subject), 'の回答用リンクを発行し直しました'],
    'invitation.revoked': (step) => [step.names.hospital(step.subject), 'の回答用リンクを取り消しました'],
    'invitation-head.written': () => ['調査依頼の文書番号や日付などを変更しました'],
    'invitation-key.changed': () => ['回答用リンクを作る鍵を変更しました（前のリンクは使えません）'],
    'message-text.written': ({ subject }) => [
      `${MESSAGE_KINDS[subject] ?? '調査依頼と督促の文面'}を変更しました`,
    ],
    'reminders.sent': (step) => ['督促のメールを送信しました', ...hospitalsOf(step)],
    'reminders.exported': ({ detail }) => [`督促の記録${counted(detail.number('rows'), '件')}を保存しました`],
    'letter-head.set': (step) => [step.names.round(step.subject), 'の通知文の文書番号と日付を変更しました'],
    'letter-text.written': () => ['通知文の文面を変更しました'],
    'letter-text.reset': () => ['通知文の文面を初めの文面に戻しました'],
    'letters.mailed': (step) => [
      step.names.round(step.subject),
      'の通知文をメールで送信しました',
      ...hospitalsOf(step),
    ],
    'letters.posted': (step) => [
      step.names.round(step.subject),
      'の通知文の発送を記録しました',
      ...hospitalsOf(step),
    ],
    'letters.downloaded': (step) => [
      step.names.round(step.subject),
      `の通知文の差込み用ファイル${counted(step.detail.number('letters'), '通')}を保存しました`,
    ],
    'publication.shown': (step) => [
      step.names.round(step.subject),
      `の結果を、${step.detail.flag('points') ? '点数とともに' : ''}病院の受付票に表示することにしました`,
    ],
    'publication.points-shown': (step) => [
      step.names.round(step.subject),
      'の点数を、病院の受付票に表示することにしました',
    ],
    'publication.points-hidden': (step) => [
      step.names.round(step.subject),
      'の点数を、病院の受付票に表示しないことにしました',
    ],
    'publication.hidden': (step) => [
      step.names.round(step.subject),
      'の結果を、病院の受付票に表示しないことにしました',
    ],
    'acceptance.asked': (step) => [
      step.names.round(step.subject),
      `の受諾確認を始めました${untilText(step)}`,
    ],
    'acceptance.changed': (step) => [
      step.names.round(step.subject),
      `の受諾確認の期限を変更しました${untilText(step)}`,
    ],
    'acceptance.ended': (step) => [step.names.round(step.subject), 'の受諾確認を終えました'],
    'acceptance.accepted': (step) => [
      step.names.hospital(step.subject),
      `の受諾を登録しました${wayText(step)}`,
    ],
    'acceptance.declined': (step) => [
      step.names.hospital(step.subject),
      `の辞退の申出を登録しました${wayText(step)}`,
    ],
  },
}

const MESSAGE_KINDS: Record<string, string> = {
  letter: '調査依頼の文面',
  mail: '督促のメールの文面',
  fax: '督促のFAXの文面',
  phone: '督促の電話の文面',
}

function untilText({ detail }: Step): string {
  const instant = new Date(detail.text('closesAt'))
  return Number.isNaN(instant.getTime()) ? '' : `（${deadlineText({ closesAt: instant })}まで）`
}

/** Of an answer that an officer entered. */
function wayText({ detail }: Step): string {
  const channel = CHANNEL_CHOICES.find(({ id }) => id === (detail.text('channel') as Channel))
  return channel ? `（${channel.label}）` : ''
}

/** As many as a sentence can bear; the search finds the step by each of the others too. */
const NAMED = 3

/** （6病院：甲病院、乙病院、丙病院ほか） of an act on many; nothing where the step does not say which. */
function hospitalsOf({ detail, names }: Step): (Piece | Piece[])[] {
  const keys = detail.list('hospitals').flatMap(keyOf)
  if (keys.length === 0) return []
  const named = keys.slice(0, NAMED).flatMap((key, place) => [place === 0 ? '' : '、', names.hospital(key)])
  const count = `${grouped(keys.length)}病院`
  return [`（${count}：`, ...named, keys.length > NAMED ? 'ほか）' : '）']
}

/** Letters keep what kind of letter it was beside the hospital. */
function keyOf(entry: AuditValue): string[] {
  if (typeof entry === 'string') return [entry]
  const code = entry !== null && typeof entry === 'object' && !Array.isArray(entry) ? entry.code : undefined
  return typeof code === 'string' ? [code] : []
}
