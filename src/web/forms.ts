import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/**
 * Forms as browsers send them, in UTF-8 alone. A text in Shift_JIS or EUC-JP, or one cut within a character, would
 * otherwise be stored as something that nobody typed: it is refused, and nothing of it is kept.
 */
export async function registerForms(app: FastifyInstance): Promise<void> {
  app.addHook('preParsing', ({ headers }, _reply, _payload, done) => {
    const said = /;\s*charset="?([^\s;"]{1,40})/i.exec(headers['content-type'] ?? '')?.[1]
    if (said !== undefined && !UTF_8.has(said.toLowerCase())) throw otherEncoding()
    done()
  })
  // Nothing of ours is sent as JSON or as plain text, which another site's page could send as well.
  app.removeAllContentTypeParsers()
  await app.register(formbody, { parser: formFields })
}

/**
 * The body of a form, read by now or not: where it failed before anything was read, what was typed is still on its way.
 * @returns null of what is no form, or was read and not understood
 */
export async function formOf({ body, raw, headers }: FastifyRequest): Promise<object | null> {
  if (typeof body === 'object' && body !== null) return body
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')
  if (!isForm || raw.readableDidRead || !(Number(headers['content-length']) <= LONGEST_FORM)) return null
  const chunks: Buffer[] = []
  for await (const chunk of raw) chunks.push(chunk as Buffer)
  return formFields(Buffer.concat(chunks).toString('utf8'))
}

/** In bytes; whatever else is sent but a file is no longer either. */
export const LONGEST_FORM = 256 * 1024

/** ASCII is part of it. */
const UTF_8 = new Set(['utf-8', 'utf8', 'us-ascii'])

function otherEncoding(): Error {
  return Object.assign(new Error('a form in another encoding than UTF-8'), { statusCode: 415 })
}

/** A text a field, or several under one name. @throws where it is no UTF-8 */
function formFields(body: string): Record<string, string | string[]> {
  // Bytes that were none stand here as this one; a browser sends it as %EF%BF%BD where somebody typed it.
  if (body.includes('\ufffd')) throw otherEncoding()
  const fields = new Map<string, string[]>()
  for (const pair of body.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
    const values = fields.get(decoded(name)) ?? []
    values.push(decoded(value))
    fields.set(decoded(name), values)
  }
  const entries = Object.create(null) as Record<string, string | string[]>
  for (const [name, values] of fields) entries[name] = values.length === 1 ? values[0]! : values
  return entries
}

/** @throws where the bytes behind the % signs are no UTF-8 */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw otherEncoding()
  }
}
