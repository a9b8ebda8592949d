import type { FastifyInstance, FastifyReply } from 'fastify'
import {
  MINISTRY_COLUMN_CHOICES,
  MINISTRY_COLUMN_IDS,
  type MinistryColumnId,
  ministryColumnsText,
} from '../../domain/survey/ministry-columns.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { normalForm } from '../../domain/text/cp932.ts'
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

type Places = Record<MinistryColumnId, string>

/** Which columns the report to the ministry has, and in which order: a number each, from the left. */
export function ministryColumnRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function show(reply: FastifyReply, places: Places, state: PageState = {}): FastifyReply {
    const columns = reply.request.site.ministryColumns
    const { errors = new Map(), isDone = false, isStale = false } = state
    const ids = [...columns, ...MINISTRY_COLUMN_IDS.filter((id) => !columns.includes(id))]
    return adminPage(reply, 'admin/settings/ministry-columns', {
      fields: ids.map((id) => ({
        id,
        label: labelOf(MINISTRY_COLUMN_CHOICES, id),
        value: places[id],
        error: errors.get(id) ?? null,
      })),
      headers: columns.map((id) => labelOf(MINISTRY_COLUMN_CHOICES, id)),
      errorSummary: [
        ...errorLines(Object.fromEntries(ids.map((id) => [`place-${id}`, errors.get(id)]))),
        // Of the whole form: none chosen.
        ...errorLines({ [`place-${ids[0]}`]: errors.get('none') }),
      ],
      shown: ministryColumnsText(columns),
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
    const places = isReset
      ? placesOf(MINISTRY_COLUMN_IDS)
      : placesWith((id) => normalisePlace(fields.get(`place.${id}`)))
    const errors = errorsOf(places)
    if (errors.size > 0) return show(reply.code(422), places, { errors })
    const chosen = MINISTRY_COLUMN_IDS.filter((id) => places[id] !== '')
    const columns = chosen.sort((a, b) => Number(places[a]) - Number(places[b]))
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
  return placesWith((id) => (columns.includes(id) ? String(columns.indexOf(id) + 1) : ''))
}

function placesWith(placeOf: (id: MinistryColumnId) => string): Places {
  return Object.fromEntries(MINISTRY_COLUMN_IDS.map((id) => [id, placeOf(id)])) as Places
}

type Errors = Map<MinistryColumnId | 'none', string>

function errorsOf(places: Places): Errors {
  const errors: Errors = new Map()
  const taken = new Map<number, MinistryColumnId>()
  for (const id of MINISTRY_COLUMN_IDS) {
    const label = labelOf(MINISTRY_COLUMN_CHOICES, id)
    if (places[id] === '') continue
    const place = /^[1-9]\d?$/.test(places[id]) ? Number(places[id]) : null
    const other = place === null ? undefined : taken.get(place)
    if (place === null)
      errors.set(
        id,
        `「${label}」の順番は、1から99までの整数で入力してください。載せない列は空欄にしてください。`,
      )
    else if (other)
      errors.set(
        id,
        `「${label}」の順番${place}は、「${labelOf(MINISTRY_COLUMN_CHOICES, other)}」と重なっています。`,
      )
    else taken.set(place, id)
  }
  if (errors.size === 0 && taken.size === 0)
    errors.set('none', '報告に載せる列を1つ以上選び、順番を入力してください。')
  return errors
}
