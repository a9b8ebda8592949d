import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Decision } from '../../db/acts.ts'
import type { Hospital } from '../../domain/master/hospital.ts'
import { parseReason } from '../../domain/record/reason.ts'
import type { Snapshot } from '../../domain/selection/snapshot.ts'
import { type Consequences, consequencesOf, type Subject } from '../../office/draft/consequences.ts'
import type { Draft, ReadDraft } from '../../office/draft/draft.ts'
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
  tried: Snapshot | null
  /** What officers have decided until now that this takes the place of or builds on. */
  decided: Subject['decided']
  position: PositionField | null
  button: string
  /** Does it. @returns whether somebody was faster */
  store: (decision: Decision) => 'done' | 'too-late'
  /** What the hospital's page says afterwards: the key of a text there. */
  done: string
}

export interface PositionField {
  value: string
  error: string | null
  /** The ranks are 1 to this. */
  last: number
}

export interface HospitalActModel extends Omit<Prepared, 'tried' | 'store' | 'done' | 'decided'> {
  code: string
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
    const hospital = draft.hospitals.find(({ key }) => key === request.params.code)
    return hospital ? { draft, hospital, now: now(), position: fields.get('position') } : null
  }

  app.get<Coded>(address, forOfficers, async (request, reply) => {
    const target = targetOf(request, fieldsOf(request.query))
    return target ? actPage(reply, act, target) : refusal(reply, 'not-found')
  })

  app.post<Coded>(address, { config: { role: 'officer', act: act.title } }, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const target = targetOf(request, fields)
    if (!target) return refusal(reply, 'not-found')
    const { blocked, tried, store, done, decided } = act.prepare(target)
    const typed = fields.get('reason')
    if (blocked !== null) return actPage(reply.code(409), act, target, { reason: typed })
    const parsed = parseReason(typed)
    if (!tried || !parsed.ok)
      return actPage(reply.code(422), act, target, {
        reason: typed,
        reasonError: parsed.ok ? null : parsed.message,
      })
    const isStale =
      consequencesOf(target.draft, tried, { code: null, decided }).outcome !== fields.get('outcome')
    if (isStale) return actPage(reply.code(409), act, target, { reason: typed, isStale })
    const outcome = store({ actor: officerOf(request).login, at: now(), reason: parsed.reason })
    if (outcome === 'too-late') return actPage(reply.code(409), act, target, { reason: typed, isStale: true })
    return reply.redirect(`/admin/hospitals/${encodeURIComponent(target.hospital.key)}?done=${done}`, 303)
  })
}

interface Typed {
  reason?: string
  reasonError?: string | null
  isStale?: boolean
}

function actPage(
  reply: FastifyReply,
  act: HospitalAct,
  target: Target,
  { reason = '', reasonError = null, isStale = false }: Typed = {},
): FastifyReply {
  const { tried, store: _, done: __, decided, ...prepared } = act.prepare(target)
  if (prepared.position?.error) reply.code(422)
  return adminPage(reply, 'admin/hospitals/act', {
    ...prepared,
    code: target.hospital.key,
    name: target.hospital.name,
    path: act.path,
    consequences: tried && consequencesOf(target.draft, tried, { code: target.hospital.key, decided }),
    reason,
    reasonError,
    isStale,
  })
}
