import { CHANNEL_CHOICES } from '../../domain/answer/choices.ts'
import { SUBMISSION_STATES } from '../../domain/answer/submission.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { counted, type RecordKind } from './sentence.ts'

/** 回答: what came in, and what became of it. */
export const ANSWERS: RecordKind = {
  id: 'answers',
  label: '回答・受付',
  nouns: {
    submission: '回答',
    submissions: '回答の一覧',
    correction: '登録内容の訂正の申出',
    contact: '病院との連絡',
    'late-link': '期限後受付のリンク',
    mail: '届かなかったメール',
  },
  sentences: {
    'submission.created': ({ subject, detail, names }) => [
      names.submission(subject),
      `を登録しました（受付方法：${channelOf(detail.text('channel'))}${detail.flag('isMatched') ? '（照合済）' : ''}、状態：${stateOf(detail.text('state'))}）`,
    ],
    'submission.corrected': ({ subject, detail, names }) => {
      const version = detail.number('version')
      const about = [
        version === null ? '' : `第${version}版`,
        detail.text('channel') === '' ? '' : `受付方法：${channelOf(detail.text('channel'))}`,
      ].filter(Boolean)
      return [names.submission(subject), `を訂正しました${about.length > 0 ? `（${about.join('、')}）` : ''}`]
    },
    'submission.withdrawn': ({ subject, names }) => [names.submission(subject), 'を取り下げました'],
    'submission.made-current': ({ subject, detail, names }) => {
      const replaced = detail.text('replaced')
      return [
        names.submission(subject),
        'を有効な回答にしました',
        replaced === '' ? '' : [`（代わりに`, ...names.submission(replaced), 'を不採用）'],
      ]
    },
    'submission.linked': ({ subject, detail, names }) => [
      names.submission(subject),
      'の病院を、',
      names.hospital(detail.text('hospitalCode')),
      'と特定しました',
    ],
    'submission.unlinked': ({ subject, detail, names }) => [
      names.submission(subject),
      'の病院の特定（',
      names.hospital(detail.text('hospitalCode')),
      '）を取り消しました',
    ],
    'submission.closed': ({ subject, detail, names }) => [
      names.submission(subject),
      `を「${stateOf(detail.text('state'))}」にしました`,
    ],
    'submission.reopened': ({ subject, names }) => [names.submission(subject), 'を確認待ちに戻しました'],
    'submission.noted': ({ subject, names }) => [names.submission(subject), 'にメモを追加しました'],
    'submission.marked': ({ subject, detail, names }) => [
      names.submission(subject),
      `を「${markOf(detail.text('mark'))}」にしました`,
    ],
    'submission.mark-undone': ({ subject, detail, names }) => [
      names.submission(subject),
      `を「${markOf(detail.text('mark'))}」に戻しました`,
    ],
    'submission.flag-looked-at': ({ subject, names }) => [
      names.submission(subject),
      'についての注意を確認しました',
    ],
    'correction.settled': ({ subject, detail, names }) => [
      names.submission(subject),
      detail.text('state') === 'declined'
        ? 'の登録内容の訂正の申出に対応しないことにしました'
        : 'の登録内容の訂正の申出に対応しました',
    ],
    'contact.added': ({ subject, names }) => [names.hospital(subject), 'との連絡を記録しました'],
    'submissions.exported': ({ detail }) => [
      `回答の一覧${counted(detail.number('rows'), '件')}を保存しました`,
    ],
    'mail.settled': ({ detail }) => [
      `届かなかったメール${counted(detail.number('count'), '件')}を、${detail.text('what') === 'again' ? 'もう一度送りました' : '病院に別の方法で伝えたと記録しました'}`,
    ],
    'late-link.created': ({ subject, detail, names }) => [
      names.hospital(subject),
      `の期限後受付のリンク${untilText(detail.text('expiresAt'))}を発行しました`,
    ],
    'late-link.revoked': ({ subject, names }) => [
      names.hospital(subject),
      'の期限後受付のリンクを取り消しました',
    ],
    'late-link.used': ({ subject, names }) => [
      '期限後受付のリンクから、',
      names.submission(subject),
      'を送信しました',
    ],
  },
}

/** 照会中, 確認済, or the mark taken away. */
const MARKS: Record<string, string> = { asked: '照会中', checked: '確認済', none: '印なし' }

function markOf(id: string): string {
  return MARKS[id] ?? '印なし'
}

function stateOf(id: string): string {
  return SUBMISSION_STATES.find((state) => state.id === id)?.label ?? '確認待ち'
}

function channelOf(id: string): string {
  return CHANNEL_CHOICES.find((channel) => channel.id === id)?.label ?? '回答フォーム'
}

function untilText(expiresAt: string): string {
  const instant = new Date(expiresAt)
  return Number.isNaN(instant.getTime()) ? '' : `（${deadlineText({ closesAt: instant })}まで）`
}
