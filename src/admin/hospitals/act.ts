import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ReasonedAct } from '../../db/acts.ts'
import { type Hospital, hospitalOf } from '../../domain/master/hospital.ts'
import { parseReason } from '../../domain/record/reason.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import type { Draft, ReadDraft } from '../../office/draft/draft.ts'
import { type Consequences, consequencesOf, type Subject } from '../../office/draft/trial.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'

/** What an officer decides about one hospital: a page of its own, with what the draft would become. */
export interface HospitalAct {
  /** Behind the hospital's address. */
  path: string
  /** Where it is offered to be sent again. */
  title: string
  prepare: (target: Target) => Prepared
}

export interface Target {
  draft: Draft
  hospital: Hospital
  now: Date
  /** The field `position` as typed; '' where it is not given. */
  position: string
}

export interface Prepared {
  heading: string
  sentences: string[]
  /** Why it cannot be done (any more); null where it can. */
  blocked: string | null
  /** With the act done; null where nothing can be tried yet. */
  tried: Reading | null
  /** What officers have decided until now that this takes the place of or builds on. */
  decided: Subject['decided']
  position: PositionField | null
  button: string
  /** Does it. @returns whether somebody was faster */
  store: (decision: ReasonedAct) => 'done' | 'too-late'
  /** What the hospital's page says afterwards: the key of a text there. */
  done: string
}

export interface PositionField {
  value: string
  error: string | null
  /** The ranks are 1 to this. */
  last: number
}

interface HospitalActModel extends Omit<Prepared, 'tried' | 'store' | 'done' | 'decided'> {
  code: string
  medicalCode: string | null
  name: string
  path: string
  consequences: Consequences | null
  reason: string
  reasonError: string | null
  /** Something changed what the act would do after the page was shown. */
  isStale: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/act': HospitalActModel
  }
}

interface Coded {
  Params: { code: string }
}

/** `GET` shows what the act would do, `POST` does it: with a reason, and only what was shown. */
export function hospitalActRoutes(
  app: FastifyInstance,
  { now }: AdminOptions,
  readDraft: ReadDraft,
  act: HospitalAct,
): void {
  const address = `/hospitals/:code/${act.path}`
  const targetOf = (request: FastifyRequest<Coded>, fields: { get(name: string): string }): Target | null => {
    const draft = readDraft()
    const hospital = hospitalOf(draft.hospitals, request.params.code)
    return hospital ? { draft, hospital, now: now(), position: fields.get('position') } : null
  }

  app.get<Coded>(address, forOfficers, async (request, reply) => {
    const target = targetOf(request, fieldsOf(request.query))
    return target ? actPage(reply, act, opened(act, target)) : refusal(reply, 'not-found')
  })

  app.post<Coded>(address, { config: { role: 'officer', act: act.title } }, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const target = targetOf(request, fields)
    if (!target) return refusal(reply, 'not-found')
    const page = opened(act, target)
    const { blocked, store, done } = page.prepared
    const reason = fields.get('reason')
    if (blocked !== null) return actPage(reply.code(409), act, page, { reason })
    const parsed = parseReason(reason)
    if (!page.consequences || !parsed.ok)
      return actPage(reply.code(422), act, page, { reason, reasonError: parsed.ok ? null : parsed.message })
    if (page.consequences.outcome !== fields.get('outcome'))
      return actPage(reply.code(409), act, page, { reason, isStale: true })
    const outcome = store({ actor: officerOf(request).login, at: now(), reason: parsed.reason })
    if (outcome === 'too-late') return actPage(reply.code(409), act, page, { reason, isStale: true })
    return reply.redirect(`/admin/hospitals/${encodeURIComponent(target.hospital.key)}?done=${done}`, 303)
  })
}

/** An act on its page, tried once for the look, the check and the deed. */
interface Opened {
  hospital: Hospital
  prepared: Prepared
  consequences: Consequences | null
}

function opened(act: HospitalAct, target: Target): Opened {
  const { draft, hospital } = target
  const prepared = act.prepare(target)
  const { tried, decided } = prepared
  const about = { code: hospital.key, decided }
  return { hospital, prepared, consequences: tried && consequencesOf(draft.reading, tried, about) }
}

interface Typed {
  reason?: string
  reasonError?: string | null
  isStale?: boolean
}

function actPage(
  reply: FastifyReply,
  { path }: HospitalAct,
  { hospital, prepared, consequences }: Opened,
  { reason = '', reasonError = null, isStale = false }: Typed = {},
): FastifyReply {
  const { tried: _, store: __, done: ___, decided: ____, ...shown } = prepared
  if (shown.position?.error) reply.code(422)
  return adminPage(reply, 'admin/hospitals/act', {
    ...shown,
    code: hospital.key,
    medicalCode: hospital.medicalCode,
    name: hospital.name,
    path,
    consequences,
    reason,
    reasonError,
    isStale,
  })
}
