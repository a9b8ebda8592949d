import { classLabel, GROUND_IDS } from '../../domain/disclosure/classes.ts'
import { columnText } from '../../domain/disclosure/column-words.ts'
import { documentOf } from '../../domain/disclosure/documents.ts'
import type { AuditValue } from '../../domain/record/audit.ts'
import { ROLES } from '../../domain/record/staff.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { fingerprintText } from '../../domain/text/ed25519.ts'
import { grouped } from '../../domain/text/grouped.ts'
import { counted, type Piece, type RecordKind, verdictOf } from './sentence.ts'
import { settingLabel, settingValue } from './setting-changes.ts'

/** 設定: what the prefecture has set, before and after. */
export const SETTINGS: RecordKind = {
  id: 'settings',
  label: '設定',
  nouns: { settings: '設定' },
  sentences: {
    'settings.changed': ({ subject, detail }) => [
      '設定の',
      settingOf(subject),
      `を${quoted(settingValue({ subject, detail }, 'before'))}から${quoted(settingValue({ subject, detail }, 'after'))}に変更しました`,
    ],
  },
}

/** （未設定） is no text that somebody has typed. */
function quoted(text: string): string {
  return /^（.*）$/.test(text) ? text : `「${text}」`
}

function settingOf(key: string): Piece {
  const page = key === 'ministryColumns' ? '/admin/settings/ministry' : `/admin/settings#${key}`
  return { text: `「${settingLabel(key)}」`, href: page }
}

/** 利用者: who may log in, and who did. */
export const USERS: RecordKind = {
  id: 'users',
  label: '利用者・ログイン',
  nouns: { staff: '利用者', login: 'ログイン', logout: 'ログアウト', 'second-factor': '二段階認証' },
  sentences: {
    'staff.added': ({ subject, detail, names }) =>
      detail.flag('first')
        ? [names.user(subject), 'を最初の管理者として登録しました']
        : [names.user(subject), `を${roleOf(detail.text('role'))}として追加しました`],
    'staff.renamed': ({ subject, detail, names }) => [
      names.user(subject),
      `の氏名を「${detail.text('before')}」から「${detail.text('after')}」に変更しました`,
    ],
    'staff.role-changed': ({ subject, detail, names }) => [
      names.user(subject),
      `の権限を${roleOf(detail.text('before'))}から${roleOf(detail.text('after'))}に変更しました`,
    ],
    'staff.disabled': ({ subject, names }) => [names.user(subject), 'を停止しました'],
    'staff.enabled': ({ subject, names }) => [names.user(subject), 'の停止を解除しました'],
    'staff.password-reset': ({ subject, names }) => [names.user(subject), 'のパスワードを再発行しました'],
    'staff.password-changed': () => ['自分のパスワードを変更しました'],
    'login.succeeded': () => ['ログインしました'],
    'login.failed': ({ subject, names }) =>
      [
        subject.startsWith('(')
          ? '登録のないログイン名でのログインが失敗しました'
          : ['ログイン名', ...names.user(subject), 'でのログインが失敗しました'],
      ].flat(),
    'login.code-failed': ({ subject, names }) => [
      'ログイン名',
      ...names.user(subject),
      'でのログインで、正しくない認証コードが入力されました',
    ],
    'login.proven': () => ['操作の前に、本人であることを確認しました'],
    'login.proof-failed': () => [
      '操作の前の本人の確認で、正しくないパスワードまたは認証コードを入力しました',
    ],
    'login.others-ended': ({ detail }) => [
      `ほかの端末でのログイン${counted(detail.number('ended'), '件')}を終了しました`,
    ],
    'second-factor.set': () => ['二段階認証を設定しました'],
    'second-factor.codes-made': () => ['二段階認証の予備のコードを作り直しました'],
    'second-factor.recovered': ({ detail }) => [
      `二段階認証の予備のコードを使いました（残り${detail.number('codesLeft') ?? 0}個）`,
    ],
    'second-factor.removed': ({ subject, names }) => [names.user(subject), 'の二段階認証を解除しました'],
    logout: () => ['ログアウトしました'],
  },
}

function roleOf(id: string): string {
  return ROLES.find((role) => role.id === id)?.label ?? '利用者'
}

/** The record about itself, and what is taken out of the survey as a whole. */
export const RECORD: RecordKind = {
  id: 'record',
  label: '記録・一式・集計',
  nouns: {
    audit: '操作の記録',
    backup: 'バックアップ',
    package: '一式のファイル',
    tally: '集計',
    'next-edition': '次の調査',
    survey: '調査',
    rehearsal: '調査の試験',
    disclosure: '開示',
    'signing-key': '署名鍵',
    guard: '記録の保護',
  },
  sentences: {
    'backup.made': ({ detail }) => [`バックアップを作成しました${answersOf(detail.number('answers'))}`],
    'backup.restored': ({ detail }) => [
      `${asOf(detail.text('madeAt'))}のバックアップを復元しました${answersOf(detail.number('answers'))}`,
    ],
    'audit.exported': ({ detail }) => [`操作の記録${counted(detail.number('rows'), '件')}を保存しました`],
    'package.exported': ({ detail }) => [
      `一式のファイル${counted(detail.number('files'), '個')}を保存しました`,
    ],
    'disclosure.classed': ({ subject, detail }) => [
      `${documentOf(subject)?.title ?? subject}の「${columnText({ column: detail.text('column') })}」の開示の区分を、${classLabel({ grounds: groundsIn(detail.list('after')) })}に変更しました`,
    ],
    'disclosure.worded': () => ['開示の条例の名称と、不開示の理由の文言を変更しました'],
    'disclosure.made': ({ subject, detail, names }) => [
      names.round(subject, detail.number('edition')),
      'の開示用の一式を作成しました',
    ],
    'tally.exported': () => ['集計のファイルを保存しました'],
    'next-edition.made': ({ detail }) => [
      `次の調査のファイルを作成しました（病院${detail.number('hospitals') ?? 0}、利用者${detail.number('staff') ?? 0}人）`,
    ],
    'survey.begun': ({ detail }) => [
      `前の調査から引き継いで、この調査を始めました（病院${detail.number('hospitals') ?? 0}、利用者${detail.number('staff') ?? 0}人）`,
    ],
    'signing-key.made': ({ detail }) => [
      `署名鍵を作成しました（${fingerprintText(detail.text('fingerprint'))}）`,
    ],
    'signing-key.changed': ({ detail }) => [
      `署名鍵を新しいものに替えました（${fingerprintText(detail.text('fingerprint'))}）`,
    ],
    'guard.restored': ({ detail }) => [
      `変更と削除を防ぐ設定が、データベースから外されていました${counted(detail.list('names').length, '件')}。元に戻しました`,
    ],
    'rehearsal.started': () => ['調査の試験を始めました'],
    'rehearsal.ended': ({ detail }) => [ENDS[detail.text('why')] ?? '調査の試験が終わりました'],
    'audit.verified': ({ detail }) => [
      `操作の記録が書き換えられていないかを検証しました${verdictOf(detail)}`,
    ],
  },
}

function answersOf(count: number | null): string {
  return count === null ? '' : `（回答${grouped(count)}件）`
}

/** The moment of which a backup is. */
function asOf(instant: string): string {
  const at = new Date(instant)
  return Number.isNaN(at.getTime()) ? '以前' : dateTimeText(at)
}

/** The survey's opening and a stop end it without anybody's act. */
const ENDS: Readonly<Record<string, string>> = {
  ended: '調査の試験を終わり、内容を消しました',
  opened: '回答の受付が始まったため、調査の試験が終わりました',
  stopped: 'システムが停止したため、調査の試験が終わりました',
}

function groundsIn(list: readonly AuditValue[]) {
  return GROUND_IDS.filter((id) => list.includes(id))
}
