import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Hospital } from '../../domain/master/hospital.ts'
import { type DifferingFact, differingFacts, mergedHospital, type Side } from '../../domain/master/merger.ts'
import { parseReason } from '../../domain/record/reason.ts'
import { shippedGeography } from '../../files/geography/shipped-geography.ts'
import { type Merging, mergingOf, staysBefore } from '../../office/master/merging.ts'
import { type HospitalPicker, hospitalPicker } from '../../office/master/picker.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { hospitalStamp } from './typed-hospital.ts'

interface MergeModel {
  /** From whose page it came. */
  hospital: Named
  picker: HospitalPicker
  pickerError: string | null
  /** Null until the other one is chosen. */
  pair: PairModel | null
  errorSummary: ErrorLine[]
  isStale: boolean
}

interface Named {
  key: string
  name: string
}

interface PairModel extends Omit<Merging, 'kept' | 'gone'> {
  kept: Named & { place: string }
  gone: Named & { place: string }
  facts: (DifferingFact & { side: Side })[]
  /** Who stays the other way round. */
  swapHref: string
  shown: string
  reason: string
  reasonError: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/merge': MergeModel
  }
}

interface Coded {
  Params: { code: string }
}

interface PageState {
  pickerError?: string
  reasonError?: string
  isStale?: boolean
}

/** Two hospitals of the master that are one: which stays, with whose facts, and what goes over to it. */
export function hospitalMergeRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function page(request: FastifyRequest, reply: FastifyReply, hospital: Hospital, state: PageState = {}) {
    const { site } = request
    const { reasonError = null, pickerError = null, isStale = false } = state
    const others = stores.hospitals.operating().filter(({ key }) => key !== hospital.key)
    const geography = shippedGeography(site.prefectureCode)
    const chosen = { chosen: askedFor(request).other, typedName: hospital.name }
    const pair = pairOf(request, hospital)
    return adminPage(reply, 'admin/hospitals/merge', {
      hospital: named(hospital),
      picker: hospitalPicker(others, geography, chosen),
      pickerError,
      pair: pair && pairModel(request, hospital, pair, reasonError),
      errorSummary: errorLines({ with: pickerError, reason: reasonError }),
      isStale,
    })
  }

  /** Null where the other one is not chosen, or is the same. */
  function pairOf(request: FastifyRequest, hospital: Hospital): Merging | null {
    const { other: code, keep } = askedFor(request)
    const other = code === '' ? null : stores.hospitals.byCode(code)
    if (!other || other.key === hospital.key) return null
    const stays = keep === '' ? staysBefore(stores, hospital, other) : keep !== other.key
    const [kept, gone] = stays ? [hospital, other] : [other, hospital]
    return mergingOf(stores, kept, gone, request.site.place, now())
  }

  function pairModel(
    request: FastifyRequest,
    hospital: Hospital,
    { kept, gone, ...rest }: Merging,
    reasonError: string | null,
  ): PairModel {
    const fields = fieldsOf(request.body)
    const other = kept.key === hospital.key ? gone : kept
    const swapped = new URLSearchParams({ with: other.key, keep: gone.key })
    return {
      ...rest,
      kept: { ...named(kept), place: placeOf(kept) },
      gone: { ...named(gone), place: placeOf(gone) },
      facts: differingFacts(kept, gone).map((each) => ({ ...each, side: sideOf(request, each) })),
      swapHref: `/admin/hospitals/${encodeURIComponent(hospital.key)}/merge?${swapped}`,
      shown: shownOf(kept, gone),
      reason: fields.get('reason'),
      reasonError,
    }
  }

  /** Both as they were shown, with their answers: what is moved is what somebody looked at. */
  function shownOf(...hospitals: Hospital[]): string {
    return hospitals
      .flatMap((hospital) => [
        hospitalStamp(hospital),
        ...stores.submissions.ofHospital(hospital.key).map(({ number, state }) => `${number}.${state}`),
      ])
      .join(' ')
  }

  app.get<Coded>('/hospitals/:code/merge', forOfficers, async (request, reply) => {
    const hospital = stores.hospitals.byCode(request.params.code)
    if (!hospital) return refusal(reply, 'not-found')
    const isAsked = fieldsOf(request.query).get('with') !== ''
    const isChosen = pairOf(request, hospital) !== null
    return isAsked && !isChosen
      ? page(request, reply.code(422), hospital, { pickerError: NOT_CHOSEN })
      : page(request, reply, hospital)
  })

  const toMerge = { config: { role: 'officer', act: '2つの病院の統合' } } as const
  app.post<Coded>('/hospitals/:code/merge', toMerge, async (request, reply) => {
    const hospital = stores.hospitals.byCode(request.params.code)
    if (!hospital) return refusal(reply, 'not-found')
    const pair = pairOf(request, hospital)
    if (!pair) return page(request, reply.code(422), hospital, { pickerError: NOT_CHOSEN })
    const { kept, gone } = pair
    if (!stillShows(request.body, 'shown', shownOf(kept, gone)))
      return page(request, reply.code(409), hospital, { isStale: true })
    const reason = parseReason(fieldsOf(request.body).get('reason'))
    if (pair.refusal !== null) return page(request, reply.code(409), hospital)
    if (!reason.ok) return page(request, reply.code(422), hospital, { reasonError: reason.message })
    const sides = new Map(differingFacts(kept, gone).map((each) => [each.id, sideOf(request, each)]))
    const after = mergedHospital(kept, gone, (id) => sides.get(id) ?? 'kept')
    const by = { actor: officerOf(request).login, at: now(), reason: reason.reason }
    const outcome = stores.hospitalActs.merge({ kept: after, gone: gone.key }, by)
    if (outcome !== 'merged') return page(request, reply.code(409), hospital, { isStale: true })
    return reply.redirect(`/admin/hospitals/${encodeURIComponent(kept.key)}?done=merged`, 303)
  })
}

const NOT_CHOSEN = '統合する病院を一覧から選択してください。'

/** By the address, and then carried along. */
function askedFor({ query, body }: FastifyRequest): { other: string; keep: string } {
  const [asked, sent] = [fieldsOf(query), fieldsOf(body)]
  return { other: sent.get('with') || asked.get('with'), keep: sent.get('keep') || asked.get('keep') }
}

function sideOf({ body }: FastifyRequest, { id, proposed }: DifferingFact): Side {
  const typed = fieldsOf(body).get(`fact.${id}`)
  return typed === 'kept' || typed === 'gone' ? typed : proposed
}

function named({ key, name }: Hospital): Named {
  return { key, name }
}

function placeOf({ municipality, region, beds }: Hospital): string {
  return [municipality ?? `${region}医療圏`, `${beds}床`].join('・')
}
