import { ROLES } from '../../domain/record/staff.ts'
import { settingWords } from '../../domain/survey/setting-words.ts'
import { SETTING_DEFAULTS, SETTING_LABELS, type SettingKey } from '../../domain/survey/settings.ts'
import { counted, type Piece, type RecordKind, type Step, verdictOf } from './sentence.ts'

/** 設定: what the prefecture has set, before and after. */
export const SETTINGS: RecordKind = {
  id: 'settings',
  label: '設定',
  nouns: { settings: '設定' },
  sentences: {
    'settings.changed': (step) => [
      '設定の',
      settingOf(step),
      `を${settingValue(step, 'before')}から${settingValue(step, 'after')}に変更しました`,
    ],
  },
}

function settingOf({ subject }: Step): Piece {
  const label = isSetting(subject) ? SETTING_LABELS[subject] : 'ある項目'
  const page = subject === 'ministryColumns' ? '/admin/settings/ministry' : `/admin/settings#${subject}`
  return { text: `「${label}」`, href: page }
}

/** As an officer reads it; what was not stored before was the default. */
function settingValue({ subject, detail }: Step, side: 'before' | 'after'): string {
  if (!isSetting(subject)) return '別の内容'
  if (subject === 'ministryColumns') return '別の並び'
  const before = side === 'before' && detail.text(side) === '' ? SETTING_DEFAULTS[subject] : detail.text(side)
  return `「${settingWords(subject, before)}」`
}

function isSetting(key: string): key is SettingKey {
  return Object.hasOwn(SETTING_DEFAULTS, key)
}

/** 利用者: who may log in, and who did. */
export const USERS: RecordKind = {
  id: 'users',
  label: '利用者・ログイン',
  nouns: { staff: '利用者', login: 'ログイン', logout: 'ログアウト' },
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
    logout: () => ['ログアウトしました'],
  },
}

function roleOf(id: string): string {
  return ROLES.find((role) => role.id === id)?.label ?? '利用者'
}

/** The record about itself. */
export const RECORD: RecordKind = {
  id: 'record',
  label: '操作の記録',
  nouns: { audit: '操作の記録' },
  sentences: {
    'audit.exported': ({ detail }) => [`操作の記録${counted(detail.number('rows'), '件')}を保存しました`],
    'audit.verified': ({ detail }) => [
      `操作の記録が書き換えられていないかを検証しました${verdictOf(detail)}`,
    ],
  },
}
