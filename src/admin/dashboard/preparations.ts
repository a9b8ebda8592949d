import { activeAs, type User } from '../../domain/record/staff.ts'
import { deadlineText, openingText, type PeriodState, periodOf } from '../../domain/survey/period.ts'
import {
  SETTING_DEFAULTS,
  SETTING_LABELS,
  type SettingKey,
  type Settings,
} from '../../domain/survey/settings.ts'
import { grouped } from '../../domain/text/grouped.ts'
import type { Todo } from './todo.ts'

/** What the preparations are told by: facts alone. */
interface Standing {
  state: PeriodState
  settings: Settings
  hospitals: number
  /** That the policy in force shares out. */
  seats: number
  policyVersion: number
  users: readonly User[]
}

/** One thing that the survey needs, with what of it is missing; done where nothing is. */
interface Preparation {
  label: string
  missing: string[]
  /** What is said where nothing is missing. */
  fact: string
  href: string
}

/**
 * 準備: what the survey needs before it opens, in the order of the work, each ticked by the facts. Null once the survey
 * is open and nothing is missing.
 * @param mayManage whether the page of users may be opened
 */
export function preparationsOf(standing: Standing, { mayManage }: { mayManage: boolean }): Todo[] | null {
  const { state } = standing
  const all = PREPARATIONS.map((prepare) => prepare(standing))
  const isOpen = state === 'open' || state === 'closed'
  if (isOpen && all.every(({ missing }) => missing.length === 0)) return null
  return all.map(({ label, missing, fact, href }) => {
    const isClosed = href === USERS_PAGE && !mayManage
    return {
      count: missing.length,
      unit: '項目',
      text: label,
      note: missing.length === 0 ? fact : `未完了：${missing.join('、')}`,
      href: isClosed ? '' : href,
      act: isClosed ? '' : `${label}を開く`,
    }
  })
}

const USERS_PAGE = '/admin/users'

const PREPARATIONS: readonly ((standing: Standing) => Preparation)[] = [
  ({ hospitals }) => ({
    label: '病院台帳',
    missing: hospitals === 0 ? ['病院が登録されていません'] : [],
    fact: `${grouped(hospitals)}病院`,
    href: hospitals === 0 ? '/admin/hospitals/import' : '/admin/hospitals',
  }),
  ({ settings }) => settingsItem(settings, '受付期間', PERIOD, periodText(settings)),
  contactItem,
  ({ settings, seats, policyVersion }) => ({
    label: '支援枠',
    missing:
      seats === settings.prefectureSeats
        ? []
        : [
            `区分ごとの合計（${seats}病院分）が支援予定病院数（${settings.prefectureSeats}病院）と一致していません`,
          ],
    fact: `${seats}病院分（選定基準は${policyVersion === 0 ? '初期設定' : `第${policyVersion}版`}）`,
    href: '/admin/policy',
  }),
  ({ settings }) => settingsItem(settings, '年度と日付', DATED, '設定済み'),
  noticeItem,
  usersItem,
]

const PERIOD = ['opensAt', 'closesAt'] as const
const CONTACT = ['title', 'issuer', 'contactSection', 'contactPhone', 'contactEmail'] as const
const DATED = ['fiscalYear', 'issuedOn', 'contractorContactFrom', 'gmisSurveyOn'] as const

/** Leads to the first of the settings that are missing. */
function settingsItem(
  settings: Settings,
  label: string,
  keys: readonly SettingKey[],
  fact: string,
): Preparation {
  const unset = keys.filter((key) => isUnset(settings, key))
  return {
    label,
    missing: unset.map((key) => SETTING_LABELS[key]),
    fact,
    href: `/admin/settings#${unset[0] ?? keys[0]}`,
  }
}

function isUnset(settings: Settings, key: SettingKey): boolean {
  return settings[key] === null || settings[key] === ''
}

function periodText(settings: Settings): string {
  const period = periodOf(settings)
  return period === null ? '' : `${openingText(period)}から${deadlineText(period)}まで`
}

/** Another prefecture's survey that still names the office which the defaults are of has not set its own. */
function contactItem({ settings }: Standing): Preparation {
  const isOther = settings.prefecture !== SETTING_DEFAULTS.prefecture
  const unset = CONTACT.filter(
    (key) =>
      isUnset(settings, key) || (isOther && key !== 'title' && settings[key] === SETTING_DEFAULTS[key]),
  )
  return {
    label: '調査の名称と連絡先',
    missing: unset.map((key) => SETTING_LABELS[key]),
    fact: `${settings.issuer}　${settings.contactSection}（${settings.contactPhone}）`,
    href: `/admin/settings#${unset[0] ?? 'contactSection'}`,
  }
}

/** Of a survey that is public already nobody is asked whether it may become so. */
function noticeItem({ settings, state }: Standing): Preparation {
  const isPublic = (state === 'open' || state === 'closed') && DATED.every((key) => !isUnset(settings, key))
  return {
    label: '案内文',
    missing:
      settings.noticeConfirmed || isPublic ? [] : ['病院に公開する文を確認した、という記録がありません'],
    fact: settings.noticeConfirmed ? '確認済み' : '公開中',
    href: '/admin/notice#confirmation',
  }
}

function usersItem({ users, settings }: Standing): Preparation {
  const count = (role: User['role']) =>
    users.filter((user) => user.role === role && user.disabledAt === null).length
  const needsSecond = settings.secondApproval && activeAs(users, 'officer').length < 2
  return {
    label: '利用者',
    missing: [
      ...(count('admin') === 0 ? ['管理者が登録されていません'] : []),
      ...(needsSecond ? ['起案した人とは別に、決裁する人が登録されていません'] : []),
    ],
    fact: `管理者${count('admin')}人、担当者${count('officer')}人、閲覧者${count('viewer')}人`,
    href: USERS_PAGE,
  }
}
