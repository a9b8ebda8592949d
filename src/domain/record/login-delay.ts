/** How long whoever fails to log in has to wait, by what the failures are counted. */
interface DelayRule {
  /** So many failures cost nothing. */
  free: number
  /** After the last of them, in seconds; it doubles with each further failure. */
  first: number
  /** It never grows beyond this, in seconds. */
  longest: number
  /** Without another failure for so long the count begins anew, in seconds. */
  forgottenAfter: number
}

const MINUTE = 60
const HOUR = 60 * MINUTE

/** Somebody who may have forgotten the password. */
const PERSON: DelayRule = { free: 10, first: 30, longest: 15 * MINUTE, forgottenAfter: 12 * HOUR }

export const DELAY_RULES = {
  /** A login from a browser in which it has succeeded before. */
  browser: PERSON,
  /** A login from a network. */
  pair: PERSON,
  /** Every login from a network: an office shares one. */
  network: { free: 50, first: 30, longest: 15 * MINUTE, forgottenAfter: HOUR },
  /**
   * A login from anywhere that it was not known from. Short, as strangers could keep it up: a guess a minute from however
   * many addresses finds no password of twelve characters.
   */
  account: { free: 20, first: 5, longest: MINUTE, forgottenAfter: 12 * HOUR },
  /** Six digits: whoever is asked for them knows the password. */
  code: { free: 5, first: 30, longest: 15 * MINUTE, forgottenAfter: 12 * HOUR },
  /** Somebody who is logged in and gives the own password again. */
  own: PERSON,
  /** The address of the first administrator. */
  setup: PERSON,
} as const satisfies Record<string, DelayRule>

export type DelayKind = keyof typeof DELAY_RULES

/** @returns milliseconds until the next try is taken */
export function delayAfter(failures: number, { free, first, longest }: DelayRule): number {
  if (failures < free) return 0
  // The exponent stays small enough to be exact.
  return Math.min(first * 2 ** Math.min(failures - free, 30), longest) * 1000
}
