import type { FastifyInstance, FastifyRequest } from 'fastify'
import { editionLabel } from '../../domain/record/round.ts'
import { sha256Hex } from '../../domain/text/canonical.ts'
import { markedZip, withoutNote } from '../../files/rehearsal.ts'
import type { ListFile } from '../../office/disclosure/documents.ts'
import { roundDisclosure } from '../../office/disclosure/set.ts'
import { forOfficers } from '../access.ts'
import { type Numbered, newestOf } from '../confirmed-round.ts'
import { sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'

/** The lists of a set, by what makes them on the officers' side. */
const LISTS: readonly { id: string; type: ListFile['type']; address: (round: number) => string }[] = [
  { id: 'letters', type: 'xlsx', address: (round) => `/letters.xlsx?round=${round}` },
  { id: 'hospitals', type: 'csv', address: () => '/hospitals.csv' },
  { id: 'invitations', type: 'csv', address: () => '/invitations.csv' },
  { id: 'submissions', type: 'csv', address: () => '/submissions.csv' },
  { id: 'nonrespondents', type: 'csv', address: () => '/nonrespondents.csv' },
  { id: 'reminders/log', type: 'csv', address: () => '/reminders/log.csv' },
  { id: 'tally', type: 'csv', address: () => '/tally.csv' },
  { id: 'fairness', type: 'csv', address: (round) => `/fairness.csv?round=${round}` },
  { id: 'audit', type: 'csv', address: () => '/audit.csv' },
]

/** 開示用の一式 of a confirmed round, as one ZIP. */
export function disclosureSetRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  app.get<Numbered>('/rounds/:number/disclosure.zip', forOfficers, async (request, reply) => {
    const round = newestOf(stores, request.params.number)
    if (!round) return refusal(reply, 'not-found')
    const at = now()
    const lists: ListFile[] = []
    for (const { id, type, address } of LISTS)
      lists.push({ id, type, bytes: await bytesOf(request, address(round.number)) })
    const made = await roundDisclosure(stores, request.site, { round, lists, now: at })
    if (!made) return refusal(reply, 'took-too-long')
    const bytes = request.site.isRehearsal ? markedZip(made) : made
    const label = editionLabel(round.number, round.edition)
    const name = `${request.site.prefecture}_${label}_開示用.zip`
    const fallback = `round-${round.number}-disclosure.zip`
    return sendFile(reply, { name, fallback, type: 'application/zip', bytes }, () =>
      stores.audit.append({
        at,
        actor: officerOf(request).login,
        action: 'disclosure.made',
        subject: `round ${round.number}`,
        detail: { edition: round.edition, sha256: sha256Hex(bytes) },
      }),
    )
  })
}

/** What the address gives this officer: the very bytes of the download, in a rehearsal without the note above its header. */
async function bytesOf(request: FastifyRequest, address: string): Promise<Buffer> {
  const headers = { cookie: request.headers.cookie ?? '', host: request.host }
  const reply = await request.server.inject({ url: `/admin${address}`, headers })
  if (reply.statusCode !== 200) throw new Error(`/admin${address} gives ${reply.statusCode}`)
  return request.site.isRehearsal ? withoutNote(reply.rawPayload) : reply.rawPayload
}
