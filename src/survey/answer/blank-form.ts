import type { FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { typedForm } from '../../domain/answer/form.ts'
import { fieldsOf } from '../../web/fields.ts'
import { sendVariant, variantsOf } from '../../web/variants.ts'
import { pageText } from '../../web/views.ts'
import { formModel } from './form.ts'

/**
 * The form before anything was typed: the same bytes for everyone, as a sending gets its number at 確認 only. Kept
 * encoded for as long as the hospitals and the settings stay as they are; a browser that has it gets 304.
 */
export function blankForm(hospitals: Stores['hospitals']): (reply: FastifyReply) => Promise<FastifyReply> {
  let ready = { text: '', variants: variantsOf('') }
  return async (reply) => {
    const model = formModel(reply.request.site, hospitals.all(), typedForm(fieldsOf({})))
    const text = await pageText(reply, 'survey/answer/form', model)
    if (text !== ready.text) ready = { text, variants: variantsOf(text) }
    // Asked for every time, so that the page ends with the period.
    reply.type('text/html; charset=utf-8').header('cache-control', 'public, no-cache')
    return sendVariant(reply, ready.variants)
  }
}
