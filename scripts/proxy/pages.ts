import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { LARGEST_UPLOAD } from '../../src/admin/upload.ts'
import { errorText } from '../../src/web/error-texts.ts'
import { securityHeaders } from '../../src/web/headers.ts'
import { PLAIN_HEADERS, plainPage, plainPageOf } from '../../src/web/plain-answer.ts'

/**
 * `npm run build:proxy-pages`: what the proxies of deploy/ answer where the program is not asked, or does not answer, with its
 * own texts and headers. Run it where one of them has changed; a test finds what is old.
 */
export function proxyPages(): Map<string, string> {
  const pages = [...ANSWERED_BY_PROXIES].map((status) => [`${status}.html`, plainPage(status)] as const)
  const named = Object.entries({ away: AWAY, 403: KEPT_OFF, '413-file': FILE_TOO_LARGE })
  return new Map([
    ...[...pages, ...named.map(([name, text]) => [`${name}.html`, plainPageOf(text)] as const)].map(
      ([name, page]) => [`nginx/kakuho-pages/${name}`, page] as const,
    ),
    ['nginx/kakuho-page-headers.conf', nginxHeaders()],
    ['caddy/page-headers.caddy', caddyHeaders()],
  ])
}

const ANSWERED_BY_PROXIES = [400, 405, 408, 413, 414, 429]

/** Of a network that may not come in: nothing that is tried again, or opened anew, helps. */
const KEPT_OFF = [
  'このページは表示できません',
  '担当者用のページは、許可されたネットワークからだけ開くことができます。職場のネットワークから開いてください。職場から開いてもこの画面が表示される場合は、システム管理者に御連絡ください。回答をする病院の方は、調査の通知にあるアドレスから開いてください。',
] as const

/**
 * The program may have stored what was sent, and have ended before it could say so. Sent again, the same answer gets the
 * receipt that it has (`survey/answer/send.ts`).
 */
const AWAY = [
  'ただいま利用できません',
  '回答や操作を送信した直後にこの画面が表示された場合は、保存できていないことがあります。1分ほど待ってから、ブラウザーの「戻る」で前のページに戻り、もう一度送信してください。回答が既に保存されていた場合も、二重にはならず、その受付票が表示されます。前のページが表示されない場合は、再読み込みすると、入力した内容に戻ります。しばらくしても利用できないときは、調査の通知にある問合せ先まで、電話で御連絡ください。',
] as const

const FILE_TOO_LARGE = [
  errorText(413)[0],
  `ファイルの大きさは、${LARGEST_UPLOAD / 1024 / 1024}MBまでです。このファイルは、受け付けていません。ブラウザーの「戻る」で前のページに戻り、ファイルを確認してください。`,
] as const

const FROM = '# Made by `npm run build:proxy-pages` of what the program sends with every page.\n'

function headers(): [name: string, value: string][] {
  const { 'content-type': _, ...others } = PLAIN_HEADERS
  return Object.entries({ ...securityHeaders({ https: true }), ...others })
}

function nginxHeaders(): string {
  return `${FROM}${headers()
    .map(([name, value]) => `add_header ${name} "${value}" always;\n`)
    .join('')}`
}

function caddyHeaders(): string {
  return `${FROM}header {\n${headers()
    .map(([name, value]) => `\t${name} "${value}"\n`)
    .join('')}\tcontent-type "${PLAIN_HEADERS['content-type']}"\n}\n`
}

if (import.meta.main)
  for (const [name, content] of proxyPages()) {
    const path = join(resolve(import.meta.dirname, '../../deploy'), name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
