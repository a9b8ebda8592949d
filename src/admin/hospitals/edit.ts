import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { namedLines } from '../../domain/answer/lines.ts'
import type { Submission } from '../../domain/answer/submission.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { dateText } from '../../domain/text/dates.ts'
import { lengthProblem, normaliseMultiline, within } from '../../domain/text/text.ts'
import { type FieldIssue, type TypedCells, typedCells } from '../../files/hospitals/typed.ts'
import { correctionReader } from '../../office/master/corrections.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { type HospitalFieldGroup, hospitalFields } from './hospital-fields.ts'
import { hospitalStamp, parseHospital, typedHospital, warningStamp } from './typed-hospital.ts'

interface EditModel {
  /** Null for a new hospital. */
  hospital: { key: string; name: string } | null
  action: string
  groups: HospitalFieldGroup[]
  /** The hospital as it was shown, carried along. */
  shown: string
  /** What is to be looked at before it is stored; the same, carried along once it was shown. */
  warnings: { anchor: string; message: string }[]
  looked: string
  reason: string
  reasonError: string | null
  /** What leads here: a hospital's own statement, or the answer of a hospital that the master lacks. */
  beside: { number: string; received: string; heading: string; text: string } | null
  correction: string
  submission: string
  /** Hospitals that have one of the codes already. */
  taken: { key: string; name: string }[]
  errorSummary: ErrorLine[]
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/edit': EditModel
  }
}

interface Coded {
  Params: { code: string }
}

interface PageState {
  typed: TypedCells
  errors?: FieldIssue[]
  warnings?: FieldIssue[]
  reason?: string
  reasonError?: string | null
  taken?: Hospital[]
  isStale?: boolean
}

/** One hospital of the master by hand: put right, or added. What an import would refuse is refused here as well. */
export function hospitalEditRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function page(reply: FastifyReply, hospital: Hospital | null, state: PageState): FastifyReply {
    const { request } = reply
    const { typed, errors = [], warnings = [], reason = '', reasonError = null } = state
    const asked = askedFor(request)
    const isStale = state.isStale ?? false
    const standing = isStale && hospital ? typedCells(hospital) : null
    return adminPage(reply, 'admin/hospitals/edit', {
      hospital,
      action: hospital ? `/admin/hospitals/${encodeURIComponent(hospital.key)}/edit` : '/admin/hospitals/new',
      groups: hospitalFields(typed, { site: request.site, errors, warnings, now: standing }),
      shown: hospital ? hospitalStamp(hospital) : '',
      warnings: warnings.map(({ field, message }) => ({ anchor: field, message })),
      looked: warningStamp(warnings),
      reason,
      reasonError,
      beside: hospital ? statementOf(asked.correction, hospital) : unknownHospital(asked.submission),
      ...asked,
      taken: state.taken ?? [],
      errorSummary: [
        ...errors.map(({ field, message }) => ({ anchor: field, message })),
        ...(reasonError ? [{ anchor: 'reason', message: reasonError }] : []),
      ],
      isStale,
    })
  }

  function statementOf(number: string, { key }: Hospital): EditModel['beside'] {
    const submission = number === '' ? null : stores.submissions.byNumber(number)
    const correction = submission?.hospitalCode === key ? correctionReader(stores)(submission) : null
    return submission && correction ? beside(submission, '病院からの訂正の申出', correction.statement) : null
  }

  function unknownHospital(number: string): EditModel['beside'] {
    const submission = number === '' ? null : stores.submissions.byNumber(number)
    if (submission?.state !== 'unlinked' || !submission.typedHospital) return null
    const lines = namedLines(submission.typedHospital).map(({ label, text }) => `${label}：${text}`)
    return beside(submission, '回答に入力された病院', lines.join('\n'))
  }

  /** Stores it, or says why not. */
  function stored(request: FastifyRequest, reply: FastifyReply, before: Hospital | null): FastifyReply {
    const fields = fieldsOf(request.body)
    const typed = typedHospital(request.body)
    const reason = fields.get('reason')
    if (before && !stillShows(request.body, 'shown', hospitalStamp(before)))
      return page(reply.code(409), before, { typed, reason, isStale: true })
    const shown = before ? typedCells(before) : {}
    const parsed = parseHospital(stores, request.site, typed, { before, shown })
    const { hospital, errors, warnings, taken } = parsed
    const reasonError = lengthProblem('変更の経緯', within(500, normaliseMultiline)(reason), 500)
    if (!hospital || reasonError)
      return page(reply.code(422), before, { typed, reason, reasonError, errors, taken })
    if (warnings.length > 0 && fields.get('looked') !== warningStamp(warnings))
      return page(reply.code(422), before, { typed, reason, warnings })
    return reply.redirect(keep(request, before, hospital, normaliseMultiline(reason) || null), 303)
  }

  /** @returns where it goes on */
  function keep(request: FastifyRequest, before: Hospital | null, hospital: Hospital, reason: string | null) {
    const act = { actor: officerOf(request).login, at: now(), reason }
    const { correction, submission } = askedFor(request)
    const address = `/admin/hospitals/${encodeURIComponent(hospital.key)}`
    if (before) {
      const settled = statementOf(correction, before) ? correction : null
      const outcome = stores.hospitalActs.edit(hospital, act, settled)
      return `${address}?done=${settled ? 'corrected' : outcome}`
    }
    const answer = unknownHospital(submission) ? submission : null
    const outcome = stores.hospitalActs.add(hospital, act, answer)
    return `${address}?done=${outcome === 'linked' ? 'added-linked' : 'added'}`
  }

  app.get('/hospitals/new', forOfficers, async (request, reply) => {
    const typedByHospital = stores.submissions.byNumber(askedFor(request).submission)?.typedHospital
    const typed = { inspection: '未把握', ...(typedByHospital && namedCells(typedByHospital)) }
    return page(reply, null, { typed })
  })
  app.post('/hospitals/new', { config: { role: 'officer', act: '病院の追加' } }, async (request, reply) =>
    stored(request, reply, null),
  )

  app.get<Coded>('/hospitals/:code/edit', forOfficers, async (request, reply) => {
    const hospital = stores.hospitals.byCode(request.params.code)
    return hospital ? page(reply, hospital, { typed: typedCells(hospital) }) : refusal(reply, 'not-found')
  })
  const toEdit = { config: { role: 'officer', act: '病院の登録内容の変更' } } as const
  app.post<Coded>('/hospitals/:code/edit', toEdit, async (request, reply) => {
    const hospital = stores.hospitals.byCode(request.params.code)
    return hospital ? stored(request, reply, hospital) : refusal(reply, 'not-found')
  })
}

/** What the form is opened for: by the address, and then carried along. */
function askedFor({ query, body }: FastifyRequest): Pick<EditModel, 'correction' | 'submission'> {
  const [asked, sent] = [fieldsOf(query), fieldsOf(body)]
  return {
    correction: sent.get('correction') || asked.get('correction'),
    submission: sent.get('submission') || asked.get('submission'),
  }
}

function beside({ number, submittedAt }: Submission, heading: string, text: string): EditModel['beside'] {
  return { number, received: dateText(submittedAt), heading, text }
}

/** What a hospital outside the master said of itself, as far as the form asks for it. */
function namedCells({ name, address, beds }: NonNullable<Submission['typedHospital']>): TypedCells {
  return { name, address, beds: String(beds) }
}
