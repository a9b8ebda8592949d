/**
 * Where to go after the login: a path of the officers' side, never another site.
 * @returns path and query as a browser would resolve them, or /admin for anything else
 */
export function localPath(text: string): string {
  if (!/^\/(?![/\\])/.test(text)) return HOME
  const url = URL.parse(text, ORIGIN)
  if (url?.origin !== ORIGIN || !/^\/admin(\/|$)/.test(url.pathname)) return HOME
  return NOT_AFTER_LOGIN.has(url.pathname) ? HOME : url.pathname + url.search
}

const HOME = '/admin'
const ORIGIN = 'http://local.invalid'
const NOT_AFTER_LOGIN = new Set(['/admin/login', '/admin/login/code', '/admin/logout', '/admin/proof'])
