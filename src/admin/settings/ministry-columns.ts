import type { FastifyInstance, FastifyReply } from 'fastify'
import {
  MINISTRY_COLUMN_IDS,
  type MinistryColumnId,
  ministryColumnChoices,
  ministryColumnsText,
} from '../../domain/survey/ministry-columns.ts'
import { type Choice, labelOf } from '../../domain/text/choice.ts'
import { normalForm } from '../../domain/text/normal-form.ts'
import { within } from '../../domain/text/text.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'

interface MinistryColumnsModel {
  fields: ColumnField[]
  /** The header line as it would be now. */
  headers: string[]
  errorSummary: ErrorLine[]
  /** The columns as the page shows them, carried along: others are not replaced unseen. */
  shown: string
  isDone: boolean
  /** Somebody else changed them in between. */
  isStale: boolean
}

interface PageState {
  errors?: Errors
  isDone?: boolean
  isStale?: boolean
}

interface ColumnField {
  id: MinistryColumnId
  label: string
  /** The place from the left as typed; blank where the column is left out. */
  value: string
  error: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/settings/ministry-columns': MinistryColumnsModel
  }
}

/** By the column's id; '' where it is left out. */
type Places = ReadonlyMap<MinistryColumnId, string>

/** Which columns the report to the ministry has, and in which order: a number each, from the left. */
export function ministryColumnRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function show(reply: FastifyReply, places: Places, state: PageState = {}): FastifyReply {
    const { further, ministryColumns } = reply.request.site
    const choices = ministryColumnChoices(further)
    const columns = ministryColumns.filter((id) => choices.some((choice) => choice.id === id))
    const { errors = new Map(), isDone = false, isStale = false } = state
    const known = choices.map(({ id }) => id)
    const ids = [...columns, ...known.filter((id) => !columns.includes(id))]
    return adminPage(reply, 'admin/settings/ministry-columns', {
      fields: ids.map((id) => ({
        id,
        label: labelOf(choices, id),
        value: places.get(id) ?? '',
        error: errors.get(id) ?? null,
      })),
      headers: columns.map((id) => labelOf(choices, id)),
      errorSummary: [
        ...errorLines(Object.fromEntries(ids.map((id) => [`place-${id}`, errors.get(id)]))),
        // Of the whole form: none chosen.
        ...errorLines({ [`place-${ids[0]}`]: errors.get('none') }),
      ],
      shown: ministryColumnsText(ministryColumns),
      isDone,
      isStale,
    })
  }

  app.get('/settings/ministry', forReaders, async (request, reply) =>
    show(reply, placesOf(request.site.ministryColumns), {
      isDone: fieldsOf(request.query).get('done') === 'yes',
    }),
  )

  const forAdmins = { config: { role: 'admin', act: '報告の列の設定' } } as const
  app.post('/settings/ministry', forAdmins, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const isReset = fields.get('reset') === 'yes'
    const choices = ministryColumnChoices(request.site.further)
    const places = isReset
      ? placesOf(MINISTRY_COLUMN_IDS)
      : new Map(choices.map(({ id }) => [id, normalisePlace(fields.get(`place.${id}`))]))
    const errors = errorsOf(places, choices)
    if (errors.size > 0) return show(reply.code(422), places, { errors })
    const columns = [...places]
      .filter(([, place]) => place !== '')
      .sort(([, a], [, b]) => Number(a) - Number(b))
      .map(([id]) => id)
    const by = { actor: officerOf(request).login, at: now() }
    const shown = fields.get('shown')
    const { kind } = stores.settings.changeShown(
      { ministryColumns: ministryColumnsText(columns) },
      shown === '' ? {} : { ministryColumns: shown },
      by,
    )
    if (kind === 'changed-meanwhile') return show(reply.code(409), places, { isStale: true })
    return reply.redirect('/admin/settings/ministry?done=yes', 303)
  })
}

/** Two digits at most. */
const normalisePlace = within(2, (text) => normalForm(text, 'NFKC').trim())

function placesOf(columns: readonly MinistryColumnId[]): Places {
  return new Map(columns.map((id, index) => [id, String(index + 1)]))
}

type Errors = Map<MinistryColumnId | 'none', string>

function errorsOf(places: Places, choices: readonly Choice<MinistryColumnId>[]): Errors {
  const errors: Errors = new Map()
  const taken = new Map<number, MinistryColumnId>()
  for (const { id, label } of choices) {
    const typed = places.get(id) ?? ''
    if (typed === '') continue
    const place = /^[1-9]\d?$/.test(typed) ? Number(typed) : null
    const other = place === null ? undefined : taken.get(place)
    if (place === null)
      errors.set(
        id,
        `「${label}」の順番は、1から99までの整数で入力してください。載せない列は空欄にしてください。`,
      )
    else if (other)
      errors.set(id, `「${label}」の順番${place}は、「${labelOf(choices, other)}」と重なっています。`)
    else taken.set(place, id)
  }
  if (errors.size === 0 && taken.size === 0)
    errors.set('none', '報告に載せる列を1つ以上選び、順番を入力してください。')
  return errors
}
