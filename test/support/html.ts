import type { LightMyRequestResponse } from 'fastify'
import { parseHTML } from 'linkedom'

/** The page of a reply, to be asked by role and label as a person would. */
export function htmlOf(reply: LightMyRequestResponse) {
  return parseHTML(reply.body).document
}

export type Page = ReturnType<typeof htmlOf>
export type PageElement = NonNullable<ReturnType<Page['querySelector']>>
/** A page, or a part of one. */
export type PagePart = Pick<Page, 'querySelector' | 'querySelectorAll'>

/** As a person reads it: runs of white space are one. */
export function textIn(element: Pick<PageElement, 'textContent'> | null): string {
  return element!.textContent!.replace(/\s+/g, ' ').trim()
}

/** The same of the first that matches; '' where none does. */
export function textOf(page: PagePart, selector: string): string {
  const found = page.querySelector(selector)
  return found ? textIn(found) : ''
}

/** `application/x-www-form-urlencoded`, as a browser sends it. */
export function formPost(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return {
    method: 'POST' as const,
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(fields).toString(),
  }
}

/** `multipart/form-data` with one file in the field `file`, as a browser sends it. */
export function multipartPost(
  url: string,
  fields: Record<string, string>,
  file: { name: string; bytes: Uint8Array } | null,
) {
  const boundary = '----formdata-of-the-tests'
  const part = (head: string, body: Uint8Array | string) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(body),
      Buffer.from('\r\n'),
    ])
  const type = 'Content-Type: application/octet-stream'
  const payload = Buffer.concat([
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value)),
    part(`name="file"; filename="${file?.name ?? ''}"\r\n${type}`, file?.bytes ?? ''),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  return { method: 'POST' as const, url, headers, payload }
}

/** The cells of a table's body and foot, as a person reads them. */
export function tableRows(table: PageElement | null): string[][] {
  return [...table!.querySelectorAll('tbody tr, tfoot tr')].map((row) =>
    [...row.querySelectorAll('th, td')].map((cell) => cell.textContent!.trim().replace(/\s*\n\s*/g, ' ')),
  )
}
