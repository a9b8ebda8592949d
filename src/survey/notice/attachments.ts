import type { FastifyInstance, FastifyRequest } from 'fastify'
import { errorPage } from '../../web/errors.ts'
import type { SurveyOptions } from '../options.ts'

/** 別添 and the like, as long as the notice names them. */
export function attachmentRoutes(app: FastifyInstance, { stores }: Pick<SurveyOptions, 'stores'>): void {
  app.get('/attachments/:name', (request: FastifyRequest<{ Params: { name: string } }>, reply) => {
    const file = stores.attachments.file(request.params.name)
    if (file === null) return errorPage(reply, 404)
    return reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename*=UTF-8''${savedName(file.title)}`)
      .header('cache-control', 'public, no-cache')
      .send(file.bytes)
  })
}

/** RFC 5987: what encodeURIComponent leaves and a header may not have is encoded as well. */
function savedName(title: string): string {
  const name = `${title.replace(/[\\/:*?"<>|]/g, '-')}.pdf`
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
