import { createHash, randomBytes } from 'node:crypto'
import type { FastifyRequest, Session } from 'fastify'
import type { Credential, StaffStore } from '../../db/staff.ts'
import type { Stores } from '../../db/stores.ts'
import { mayActAs, type Staff } from '../../domain/record/staff.ts'
import type { SignedIn } from './session.ts'
import { SESSION_IDLE, SESSION_LONGEST } from './session-store.ts'

/** Reading a page writes the session at most this often. */
const SEEN_EVERY = 2 * 60 * 1000

/** What somebody has to do before anything else. */
type HeldBack = 'password' | 'second-factor'

const known = new WeakMap<FastifyRequest, { officer: Staff; heldBack: HeldBack | null }>()

/** The officer who asks. The guard has let nobody else through. */
export function officerOf(request: FastifyRequest): Staff {
  const officer = officerOrNull(request)
  if (!officer) throw new Error('no officer: the route is open to everyone')
  return officer
}

/** Whether the officer who asks may change what is worked on (担当者). */
export function mayWork(request: FastifyRequest): boolean {
  return mayActAs(officerOf(request).role, 'officer')
}

/** Whether the officer who asks may manage users and settings (管理者). */
export function mayManage(request: FastifyRequest): boolean {
  return mayActAs(officerOf(request).role, 'admin')
}

export function officerOrNull(request: FastifyRequest): Staff | null {
  return known.get(request)?.officer ?? null
}

/** What the officer who asks has to do first; null where every page of the own role is open. */
export function heldBack(request: FastifyRequest): HeldBack | null {
  return known.get(request)?.heldBack ?? null
}

/** Looked up anew on every request: a disabled login, a changed role or password counts at once. */
export function recogniseOfficer(
  request: FastifyRequest,
  { staff, secondFactors }: Pick<Stores, 'staff' | 'secondFactors'>,
  now: Date,
): Staff | null {
  const signedIn = request.session.staff
  const found = signedIn && knownAs(signedIn, staff, now)
  if (!signedIn || !found) return null
  if (now.getTime() - signedIn.seenAt >= SEEN_EVERY)
    request.session.staff = { ...signedIn, seenAt: now.getTime() }
  const { passwordHash: _hash, epoch: _epoch, ...officer } = found
  const isPasswordOld = officer.mustChangePassword || signedIn.isPasswordShort === true
  const lacksFactor = () =>
    officer.role === 'admin' && request.site.adminSecondFactor && secondFactors.of(officer.login) === null
  known.set(request, {
    officer,
    heldBack: isPasswordOld ? 'password' : lacksFactor() ? 'second-factor' : null,
  })
  return officer
}

/** Null where the login, its right or its password has changed, or where too long nobody was there. */
function knownAs(
  { login, credential, seenAt, begunAt }: SignedIn,
  staff: StaffStore,
  now: Date,
): (Staff & Credential) | null {
  const found = staff.byLogin(login)
  if (!found || credentialOf(found) !== credential) return null
  const time = now.getTime()
  // A session of an earlier program does not say when it began.
  return time - seenAt < SESSION_IDLE && time - begunAt < SESSION_LONGEST ? found : null
}

/** The session of the officer who asks, for what goes on elsewhere as long as it lasts. */
export function ownSession({ session }: FastifyRequest, { sessions, staff }: Stores, now: () => Date) {
  const { sessionId } = session
  return {
    isStillIn(): boolean {
      const stored = sessions.get(sessionId)
      const signedIn = stored === null ? undefined : (JSON.parse(stored) as Session).staff
      return signedIn !== undefined && knownAs(signedIn, staff, now()) !== null
    },
    end: (): void => sessions.destroy(sessionId),
  }
}

/** A new session id at every login, so that nobody can hand a person a session prepared beforehand. */
export async function startSession(
  request: FastifyRequest,
  { login, ...credential }: { login: string } & Credential,
  now: Date,
  further: Pick<SignedIn, 'isPasswordShort' | 'before'> & Partial<Pick<SignedIn, 'provenAt'>> = {},
): Promise<void> {
  const time = now.getTime()
  await request.session.regenerate(['unsent'])
  request.session.staff = {
    ...{ login, credential: credentialOf(credential), seenAt: time, begunAt: time, provenAt: time },
    form: randomBytes(12).toString('base64url'),
    address: request.ip ?? '',
    agent: String(request.headers?.['user-agent'] ?? '').slice(0, LONGEST_AGENT),
    ...further,
  }
}

const LONGEST_AGENT = 300

/** The password was given again: the session goes on under another id, with the forms that are open. */
export async function renewSession(request: FastifyRequest, now: Date): Promise<void> {
  const staff = request.session.staff!
  await request.session.regenerate(['unsent', 'newFactor'])
  request.session.staff = { ...staff, seenAt: now.getTime(), provenAt: now.getTime() }
}

/**
 * Tells whether the password is still the one of the login, without keeping its hash in two places, and whether what it
 * may do is still the same. Of a login that nobody has changed it is what it was before there were such changes.
 */
export function credentialOf({ passwordHash, epoch }: Credential): string {
  const text = epoch === 0 ? passwordHash : `${passwordHash} ${epoch}`
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
