import { REHEARSAL_MARK } from '../domain/survey/rehearsal.ts'
import { assetUrl } from './assets.ts'

/**
 * A page of the copy: its title, a bar above it and a stamp on each sheet of paper say that it is one, and its forms say
 * where they came from. Done to the finished page, so that none can be without it.
 * @param html what is no whole page is left as it is
 * @param barFor the bar with the way out and, for officers, to the page about the rehearsal
 */
export function markedPage(html: string, barFor: (reader: { isOfficer: boolean }) => string): string {
  if (!/^\s*<!doctype html>/i.test(html) || html.includes(MARKED)) return html
  const isOfficer = html.includes('class="admin-header__officer"')
  return html
    .replace('<title>', `<title>${REHEARSAL_MARK}`)
    .replace('</head>', `<link rel="stylesheet" href="${assetUrl('rehearsal.css')}">\n</head>`)
    .replace(BODY, (begin) => `${begin}\n${barFor({ isOfficer })}`)
    .replace(FORM, (form) => (/\smethod="post"/i.test(form) ? form.replace(ACTION, withMark) : form))
    .replace(BUTTON, (button) => button.replace(ACTION, withMark))
}

const MARKED = 'class="rehearsal-stamp"'
/** The link past the bar comes first. */
const BODY = /<body[^>]*>(?:\s*<a class="skip-link"[^>]*>[^<]*<\/a>)?/
const FORM = /<form\b[^>]*>/g
const BUTTON = /<button\b[^>]*\sformaction="[^>]*>/g
const ACTION = /(\s(?:form)?action=")([^"]*)"/

/** In the query of an address to which a form of the copy is sent. */
const MARK = 'rehearsal=yes'

function withMark(_whole: string, begin: string, address: string): string {
  const [path, fragment] = address.split('#')
  const query = `${path}${path!.includes('?') ? '&amp;' : '?'}${MARK}`
  return `${begin}${query}${fragment === undefined ? '' : `#${fragment}`}"`
}

/** Whether what is sent comes from a form of a copy. */
export function isMarked(url: string): boolean {
  return queryOf(url).includes(MARK)
}

/** The address as the copy itself knows it. */
export function withoutMark(url: string): string {
  if (!isMarked(url)) return url
  const rest = queryOf(url).filter((part) => part !== MARK)
  return url.split('?')[0]! + (rest.length > 0 ? `?${rest.join('&')}` : '')
}

function queryOf(url: string): string[] {
  const at = url.indexOf('?')
  return at < 0 ? [] : url.slice(at + 1).split('&')
}
