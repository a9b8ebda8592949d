import type { Choice } from '../text/choice.ts'

/** What an officer may do: viewer reads, officer works, admin also manages users, settings and reopening. */
export const ROLE_IDS = ['admin', 'officer', 'viewer'] as const
export type Role = (typeof ROLE_IDS)[number]
export const ROLES: readonly Choice<Role>[] = [
  { id: 'admin', label: '管理者' },
  { id: 'officer', label: '担当者' },
  { id: 'viewer', label: '閲覧者' },
]

export interface Staff {
  login: string
  name: string
  role: Role
  mustChangePassword: boolean
}

/** An officer as the page of users shows it. */
export interface User extends Staff {
  disabledAt: Date | null
  createdAt: Date
  /** How often what the login may do has changed. */
  epoch: number
}

/** Of several users, who may act in this role today: what a disabled login may do is nothing. */
export function activeAs(users: readonly User[], role: Role): User[] {
  return users.filter((user) => user.disabledAt === null && mayActAs(user.role, role))
}

const RANK: Record<Role, number> = { viewer: 0, officer: 1, admin: 2 }

export function mayActAs(role: Role, needed: Role): boolean {
  return RANK[role] >= RANK[needed]
}

/** Lower-case ASCII, so that a login is typed the same everywhere. */
export const LOGIN_PATTERN = /^[a-z0-9][a-z0-9._-]{1,31}$/

/** Of what an officer is called. */
export const LONGEST_NAME = 50

/** Length is what counts, with no rules about the kind of characters (NIST SP 800-63B). */
export const PASSWORD_LIMITS = { min: 12, max: 128 } as const
