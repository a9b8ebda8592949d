import type { FastifyInstance, FastifyReply } from 'fastify'
import { GROUND_IDS, GROUNDS, type Ground, SHIPPED_WORDINGS } from '../../domain/disclosure/classes.ts'
import { lengthProblem, normaliseMultiline, normaliseText, within } from '../../domain/text/text.ts'
import { fieldsOf } from '../../web/fields.ts'
import { shownId } from '../confirmed-round.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'

interface WordingModel {
  ordinance: string
  /** What counts while nothing is put in. */
  shippedOrdinance: string
  wordings: { id: Ground; label: string; text: string; shipped: string; error: string }[]
  follows: number
  ordinanceError: string
  errorSummary: ErrorLine[]
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/disclosure/wording': WordingModel
  }
}

const LONGEST_ORDINANCE = 100
const LONGEST_WORDING = 500
const oneLine = within(LONGEST_ORDINANCE, normaliseText)
const severalLines = within(LONGEST_WORDING, normaliseMultiline)

/** The words in which the prefecture's own ordinance states the grounds, with its articles. */
export function wordingRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const toSave = { config: { role: 'officer', act: '不開示の理由の文言の変更' } } as const

  app.get('/disclosure/wording', toSave, async (_request, reply) => {
    const { ordinance, wordings } = stores.disclosure.wording()
    return show(reply, { ordinance, wordings }, {})
  })

  app.post('/disclosure/wording', toSave, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const typed = {
      ordinance: oneLine(fields.get('ordinance')),
      wordings: Object.fromEntries(
        GROUND_IDS.map((id) => [id, severalLines(fields.get(id))]),
      ) as Typed['wordings'],
    }
    const errors = errorsOf(typed)
    if (Object.values(errors).some((error) => error !== '')) return show(reply.code(422), typed, { errors })
    const by = { actor: officerOf(request).login, at: now() }
    const outcome = stores.disclosure.reword(typed, shownId(fields.get('follows')), by)
    if (outcome === 'overtaken') return show(reply.code(409), typed, { isStale: true })
    return reply.redirect('/admin/disclosure?done=wording', 303)
  })

  function show(
    reply: FastifyReply,
    { ordinance, wordings }: Typed,
    { errors = {}, isStale = false }: { errors?: Record<string, string>; isStale?: boolean },
  ): FastifyReply {
    return adminPage(reply, 'admin/disclosure/wording', {
      ordinance,
      shippedOrdinance: `${reply.request.site.prefecture}情報公開条例`,
      wordings: GROUNDS.map(({ id, label }) => ({
        id,
        label,
        text: wordings[id],
        shipped: SHIPPED_WORDINGS[id],
        error: errors[id] ?? '',
      })),
      follows: stores.disclosure.wording().id,
      ordinanceError: errors.ordinance ?? '',
      errorSummary: errorLines(errors),
      isStale,
    })
  }
}

interface Typed {
  ordinance: string
  wordings: Readonly<Record<Ground, string>>
}

function errorsOf({ ordinance, wordings }: Typed): Record<string, string> {
  return {
    ordinance: lengthProblem('条例の名称', ordinance, LONGEST_ORDINANCE) ?? '',
    ...Object.fromEntries(
      GROUNDS.map(({ id, label }) => [
        id,
        lengthProblem(`「${label}」の文言`, wordings[id], LONGEST_WORDING) ?? '',
      ]),
    ),
  }
}
