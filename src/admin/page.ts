import type { FastifyInstance, FastifyReply } from 'fastify'
import type { StaffStore } from '../db/staff.ts'
import { mayActAs, ROLES, type Role, type Staff } from '../domain/record/staff.ts'
import { labelOf } from '../domain/text/choice.ts'
import { spokenId } from '../web/request-id.ts'
import { escapeHtml, sendView } from '../web/views.ts'
import { chapterOf } from './chapters.ts'
import { heldBack, officerOrNull } from './session/officer.ts'
import { formOwner } from './session/session.ts'

/** Every view of the officers' side with the type of its model; each feature adds its own by augmentation. */
export interface AdminViews {
  'admin/session/refusal': { heading: string; message: string }
}

/** A wrong field in the summary at the top of a page: the layout shows it where a model has an `errorSummary`. */
export interface ErrorLine {
  anchor: string
  message: string
}

/** One line a wrong field, in the order of the fields; '' and null are right. */
export function errorLines(errors: Record<string, string | null | undefined>): ErrorLine[] {
  return Object.entries(errors).flatMap(([anchor, message]) => (message ? [{ anchor, message }] : []))
}

/** What the layout shows around every page. */
interface Frame {
  officer: (Staff & { roleLabel: string }) | null
  /** For the hidden field `_csrf` of every form. */
  csrf: string
  /** Whether the officer may change what is worked on (担当者), and how the survey runs (管理者). */
  mayWork: boolean
  mayManage: boolean
  navigation: NavigationGroup[]
  /** The chapter of the guide that the page belongs to; '' before the login. */
  help: string
  /** 問合せ番号 */
  requestId: string
  /** The officers' names, as HTML: each stays on one line wherever it stands. */
  unbroken: readonly string[]
}

interface NavigationGroup {
  label: string
  /** Stands beside the officer's name where there is room, and not in the line of the work. */
  isAside: boolean
  entries: { href: string; label: string; isCurrent: boolean }[]
}

declare module 'fastify' {
  interface FastifyInstance {
    officerNames: () => string[]
  }
}

export function registerFrame(app: FastifyInstance, staff: StaffStore): void {
  app.decorate('officerNames', () => staff.all().map(({ name }) => name))
}

/** Renders a view into the reply, within the frame of the officer who asks. */
export function adminPage<Name extends keyof AdminViews>(
  reply: FastifyReply,
  name: Name,
  model: AdminViews[Name],
): FastifyReply {
  const { request } = reply
  const officer = officerOrNull(request)
  const frame: Frame = {
    officer: officer && { ...officer, roleLabel: labelOf(ROLES, officer.role) },
    csrf: reply.generateCsrf({ userInfo: formOwner(request) }),
    mayWork: officer !== null && mayActAs(officer.role, 'officer'),
    mayManage: officer !== null && mayActAs(officer.role, 'admin'),
    help: officer ? `/admin/help/${chapterOf(request.url.split('?')[0]!)}` : '',
    navigation: officer && !heldBack(request) ? navigation(request.url.split('?')[0]!, officer.role) : [],
    requestId: spokenId(request.id),
    unbroken: officer ? reply.server.officerNames().map(escapeHtml) : [],
  }
  return sendView(reply, name, { ...model, ...frame })
}

/** In the order of the year, and within a group of the work. Whoever may not open a page has no entry of it. */
const GROUPS: readonly { label: string; entries: readonly Entry[] }[] = [
  {
    label: '準備',
    entries: [
      { href: '/admin/hospitals', label: '病院台帳' },
      { href: '/admin/notice', label: '御案内' },
      { href: '/admin/questions', label: '質問' },
      { href: '/admin/policy', label: '選定基準' },
      { href: '/admin/settings', label: '設定' },
    ],
  },
  {
    label: '受付',
    entries: [
      { href: '/admin', label: '調査の状況' },
      { href: '/admin/invitations', label: '調査依頼' },
      { href: '/admin/submissions', label: '回答' },
      { href: '/admin/nonrespondents', label: '未回答' },
      { href: '/admin/reminders', label: '督促' },
      { href: '/admin/late-links', label: '期限後受付' },
      { href: '/admin/gmis/import', label: 'GMIS調査', role: 'officer' },
      { href: '/admin/tally', label: '集計' },
    ],
  },
  {
    label: '選定',
    entries: [
      { href: '/admin/selection', label: '選定案' },
      { href: '/admin/scenarios', label: '検討案' },
      { href: '/admin/lot', label: '抽選' },
      { href: '/admin/rounds', label: '確定結果' },
      { href: '/admin/reports', label: '報告' },
      { href: '/admin/letters', label: '通知文' },
    ],
  },
  {
    label: '管理',
    entries: [
      { href: '/admin/users', label: '利用者', role: 'admin' },
      { href: '/admin/audit', label: '操作の記録' },
      { href: '/admin/package', label: '一式の保存', role: 'officer' },
      { href: '/admin/disclosure', label: '開示', role: 'officer' },
    ],
  },
]

/** No step of the year's work. */
const ASIDE = '管理'

interface Entry {
  href: string
  label: string
  /** Who may open it; without one whoever has logged in. */
  role?: Role
}

/** Pages that have no entry of their own. What is proposed is on its way to the confirmed rounds. */
const BELONGS_TO: Record<string, string> = {
  '/admin/proposals': '/admin/rounds',
  '/admin/overrides': '/admin/selection',
  '/admin/fairness': '/admin/selection',
  '/admin/gmis': '/admin/gmis/import',
  '/admin/next-edition': '/admin/settings',
  '/admin/purge': '/admin/settings',
  '/admin/rehearsal': '/admin',
  '/admin/undelivered': '/admin',
}

function navigation(path: string, role: Role): Frame['navigation'] {
  const within = Object.keys(BELONGS_TO).find((prefix) => isWithin(prefix, path))
  const place = within === undefined ? path : BELONGS_TO[within]!
  return GROUPS.map(({ label, entries }) => ({
    label,
    isAside: label === ASIDE,
    entries: entries
      .filter((entry) => mayActAs(role, entry.role ?? 'viewer'))
      .map((entry) => ({
        href: entry.href,
        label: entry.label,
        isCurrent: entry.href === '/admin' ? place === '/admin' : isWithin(entry.href, place),
      })),
  }))
}

function isWithin(prefix: string, path: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`)
}
