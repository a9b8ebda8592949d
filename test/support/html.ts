import type { LightMyRequestResponse } from 'fastify'
import { parseHTML } from 'linkedom'

/** The page of a reply, to be asked by role and label as a person would. */
export function htmlOf(reply: LightMyRequestResponse) {
  return parseHTML(reply.body).document
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
