import type { FastifyInstance, FastifyRequest } from 'fastify'
import { keptShown } from '../../office/kept.ts'
import { errorPage } from '../../web/errors.ts'
import { hasTag } from '../../web/variants.ts'
import type { SurveyOptions } from '../options.ts'

/** 別添 and the like, as long as the notice names them: a name stands for one file for good. */
export function attachmentRoutes(app: FastifyInstance, { stores }: Pick<SurveyOptions, 'stores'>): void {
  const named = keptShown(
    stores,
    () => new Map(stores.attachments.current().map((each) => [each.name, each])),
  )
  app.get(
    '/attachments/:name',
    { compress: false },
    ({ params, headers }: FastifyRequest<{ Params: { name: string } }>, reply) => {
      const found = named().get(params.name)
      if (!found) return errorPage(reply, 404)
      const etag = `"${found.sha256}"`
      reply.header('etag', etag).header('cache-control', 'public, no-cache')
      if (hasTag(headers['if-none-match'], etag)) return reply.code(304).send()
      const file = stores.attachments.file(params.name)
      if (!file) return errorPage(reply, 404)
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename*=UTF-8''${savedName(file.title)}`)
        .send(file.bytes)
    },
  )
}

/** RFC 5987: what encodeURIComponent leaves and a header may not have is encoded as well. */
function savedName(title: string): string {
  const name = `${title.replace(/[\\/:*?"<>|]/g, '-')}.pdf`
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
