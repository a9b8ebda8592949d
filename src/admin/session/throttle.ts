import { createHmac, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TryKey } from '../../db/login-tries.ts'
import type { DelayKind } from '../../domain/record/login-delay.ts'
import { LOGIN_PATTERN } from '../../domain/record/staff.ts'
import { networkOf } from '../../domain/text/network.ts'
import { requireRoom } from '../../office/password.ts'
import type { AdminOptions } from '../options.ts'
import { ownCookie, sessionCookie } from './session.ts'

/** A try that was counted before its outcome is known. */
interface Counted {
  /** Milliseconds until the next try is taken; 0 where this one is. */
  wait: number
  /** From a browser in which this login has succeeded before: it goes before strangers. */
  isKnown: boolean
  succeeded(): void
}

const HALF_A_YEAR = 180 * 24 * 60 * 60

/**
 * How often somebody may be wrong: by account, by network and by both together, with waiting times that grow. A browser in
 * which a login has succeeded is counted by itself, and a network from which it has is not held up by what others try on the
 * same account: nobody is locked out by strangers.
 */
export function throttle({ stores, now, sessionSecret, https, isRehearsal }: AdminOptions) {
  const { loginTries, knownPlaces } = stores
  const cookie = `${sessionCookie(https, { isRehearsal })}-known`

  function count(keys: readonly TryKey[], isKnown = false): Counted {
    requireRoom({ first: isKnown })
    return { wait: loginTries.take(keys, now()), isKnown, succeeded: () => loginTries.succeeded(keys) }
  }

  function key(kind: DelayKind, ...parts: string[]): TryKey {
    const text = JSON.stringify([kind, ...parts])
    return { kind, key: createHmac('sha256', sessionSecret).update(text).digest('base64url') }
  }

  /** What the browser was given when somebody logged in; '' where it was not. */
  function browserOf(request: FastifyRequest): string {
    const given = request.cookies[cookie] ?? ''
    return GIVEN.test(given) ? given : ''
  }

  function isKnownBrowser(login: string, browser: string): boolean {
    return browser !== '' && knownPlaces.isKnown(login, placeOf(browser), now())
  }

  return {
    login(request: FastifyRequest, typed: string): Counted {
      // What cannot be a login is one like every other, and is kept nowhere.
      const login = LOGIN_PATTERN.test(typed) ? typed : ''
      const network = networkOf(request.ip)
      const browser = browserOf(request)
      if (isKnownBrowser(login, browser)) return count([key('browser', login, browser)], true)
      const keys = [key('pair', login, network), key('network', network)]
      const isKnownNetwork = knownPlaces.isKnown(login, networkPlace(network), now())
      return count(isKnownNetwork ? keys : [...keys, key('account', login)])
    },

    /** The second step: by the browser where it is known, so that nobody else's wrong codes count. */
    code(request: FastifyRequest, login: string): Counted {
      const browser = browserOf(request)
      const isKnown = isKnownBrowser(login, browser)
      return count([key('code', login, isKnown ? browser : '')], isKnown)
    },

    /** Whoever is logged in and is asked for the own password, or code, again. */
    own: (login: string): Counted => count([key('own', login)], true),

    setup: (request: FastifyRequest): Counted => count([key('setup', networkOf(request.ip))]),

    /** This browser and its network are the login's from now on. */
    remember(request: FastifyRequest, reply: FastifyReply, login: string): void {
      // In a rehearsal nobody comes from outside.
      if (isRehearsal) return
      const before = browserOf(request)
      // Nobody hands a person a browser prepared beforehand.
      const isOurs = before !== '' && knownPlaces.isAnyones(placeOf(before))
      const browser = isOurs ? before : randomBytes(24).toString('base64url')
      knownPlaces.remember(login, [placeOf(browser), networkPlace(networkOf(request.ip))], now())
      reply.setCookie(cookie, browser, { ...ownCookie(https), maxAge: HALF_A_YEAR })
    },
  }
}

const GIVEN = /^[\w-]{32}$/

function placeOf(browser: string): string {
  return `browser ${browser}`
}

function networkPlace(network: string): string {
  return `network ${network}`
}
