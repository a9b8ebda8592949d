import { CHANNEL_CHOICES } from '../../domain/answer/choices.ts'
import { SUBMISSION_STATES } from '../../domain/answer/submission.ts'
import { deadlineText } from '../../domain/survey/period.ts'
import { counted, type RecordKind } from './sentence.ts'

/** 回答: what came in, and what became of it. */
export const ANSWERS: RecordKind = {
  id: 'answers',
  label: '回答・受付',
  nouns: { submission: '回答', submissions: '回答の一覧', 'late-link': '期限後受付のリンク' },
  sentences: {
    'submission.created': ({ subject, detail, names }) => [
      names.submission(subject),
      `を登録しました（受付方法：${channelOf(detail.text('channel'))}、状態：${stateOf(detail.text('state'))}）`,
    ],
    'submission.corrected': ({ subject, detail, names }) => {
      const version = detail.number('version')
      return [names.submission(subject), `を訂正しました${version === null ? '' : `（第${version}版）`}`]
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
    'submissions.exported': ({ detail }) => [
      `回答の一覧${counted(detail.number('rows'), '件')}を保存しました`,
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
