/** The cookie by which a browser is served the copy of a rehearsal. Only officers are ever given one. */

interface CookieOptions {
  /** Whether browsers come by https: the cookie is then Secure, and of this very host. */
  https: boolean
}

/** Of the one that enters, for every address of the host. */
export function enteringCookie(token: string, { https }: CookieOptions): string {
  return `${nameOf(https)}=${token}; Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`
}

export function leavingCookie(options: CookieOptions): string {
  return `${enteringCookie('', options)}; Max-Age=0`
}

/** @returns what the browser holds; null where it was given none */
export function tokenIn(header: string | undefined, { https }: CookieOptions): string | null {
  const begin = `${nameOf(https)}=`
  const found = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(begin))
  return found === undefined || found === begin ? null : found.slice(begin.length)
}

function nameOf(https: boolean): string {
  return https ? '__Host-kakuho-rehearsal' : 'kakuho-rehearsal'
}
