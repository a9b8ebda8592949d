import type { FastifyInstance } from 'fastify'

/**
 * Forms as browsers send them, in UTF-8 alone. A text in Shift_JIS or EUC-JP, or one cut within a character, would
 * otherwise be stored as something that nobody typed: it is refused, and nothing of it is kept.
 */
export function registerForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (request, body, done) => {
      const charset =
        /;\s*charset="?([^\s;"]{1,40})/i.exec(request.headers['content-type'] ?? '')?.[1] ?? 'utf-8'
      const fields = UTF_8.has(charset.toLowerCase()) ? formFields(body as Buffer) : null
      if (fields) done(null, fields)
      else done(Object.assign(new Error('a form in another encoding than UTF-8'), { statusCode: 415 }))
    },
  )
}

/** ASCII is part of it. */
const UTF_8 = new Set(['utf-8', 'utf8', 'us-ascii'])

/** A text a field, or several under one name. Null where it is no UTF-8. */
function formFields(body: Buffer): Record<string, string | string[]> | null {
  const fields = new Map<string, string[]>()
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
    for (const pair of text.split('&')) {
      if (pair === '') continue
      const at = pair.indexOf('=')
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
      const values = fields.get(decoded(name)) ?? []
      values.push(decoded(value))
      fields.set(decoded(name), values)
    }
  } catch {
    // Both decoders say "no" by throwing.
    return null
  }
  const entries = Object.create(null) as Record<string, string | string[]>
  for (const [name, values] of fields) entries[name] = values.length === 1 ? values[0]! : values
  return entries
}

/** @throws where the bytes behind the % signs are no UTF-8 */
function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}
