import { REHEARSAL_MARK } from '../domain/survey/rehearsal.ts'
import { assetUrl } from './assets.ts'

/**
 * A page of the copy: its title, a bar above it and a stamp on each sheet of paper say that it is one, and its forms say
 * where they came from. Done to the finished page, so that none can be without it.
 * @param html of anything that is no whole page it is left as it is
 */
export function markedPage(html: string): string {
  if (!/^\s*<!doctype html>/i.test(html) || html.includes(STAMP)) return html
  return html
    .replace('<title>', `<title>${REHEARSAL_MARK}`)
    .replace('</head>', `<link rel="stylesheet" href="${assetUrl('rehearsal.css')}">\n</head>`)
    .replace(BODY, (begin) => `${begin}\n${bar(html.includes('class="admin-header__officer"'))}`)
    .replace(FORM, (form) => (/\smethod="post"/i.test(form) ? form.replace(ACTION, withMark) : form))
    .replace(BUTTON, (button) => button.replace(ACTION, withMark))
}

/** The link past the bar comes first. */
const BODY = /<body[^>]*>(?:\s*<a class="skip-link"[^>]*>[^<]*<\/a>)?/
const FORM = /<form\b[^>]*>/g
const BUTTON = /<button\b[^>]*\sformaction="[^>]*>/g
const ACTION = /(\s(?:form)?action=")([^"]*)"/

const STAMP = '<p class="rehearsal-stamp" aria-hidden="true">試験</p>'

/** @param isOfficers whether the officers' page about the rehearsal can be opened from it */
function bar(isOfficers: boolean): string {
  const more = isOfficers ? '　<a href="/admin/rehearsal">試験の進め方</a>' : ''
  return `<aside class="rehearsal" aria-label="調査の試験">
<div class="rehearsal__inner wrap">
<p><strong>試験</strong>　調査の試験のページです。送信しても、実際の調査には記録されません。${more}</p>
<form method="post" action="/rehearsal/leave"><button class="button button--secondary button--small">試験を抜ける</button></form>
</div>
</aside>
${STAMP}`
}

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
