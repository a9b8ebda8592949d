import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Edition } from '../../db/edition-rows.ts'
import { editionLabel } from '../../domain/record/round.ts'
import type { MinistryFacts } from '../../files/reports/ministry.ts'
import { REASON_COLUMNS, reasonRows } from '../../files/reports/reasons.ts'
import { draftFacts } from '../../office/draft/confirmation.ts'
import { draftOfQuery, type ReadDraft } from '../../office/draft/draft.ts'
import { frozenRoundReader } from '../../office/rounds/frozen.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import { encodingOf, sendCsv } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import {
  type Identified,
  PROPOSAL_ADDRESS,
  proposalAt,
  ROUND_ADDRESSES,
  type RoundAddress,
  roundAt,
} from './address.ts'

/** What goes on the record of a file that is taken away, and what the file is called. */
interface Taken {
  label: string
  action: string
  subject: string
  detail: Record<string, string | number>
}

/** 病院ごとの理由 as CSV, beside the list to print: of the draft, of a proposal, of a confirmed edition. */
export function reasonFileRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  readDraft: ReadDraft,
): void {
  const frozenOf = frozenRoundReader(stores)

  async function send(
    reply: FastifyReply,
    facts: MinistryFacts | null,
    { label, ...taken }: Taken,
  ): Promise<FastifyReply> {
    const rows = facts ? reasonRows(facts) : []
    if (rows.length === 0) return refusal(reply, 'not-found')
    const file = {
      name: `${label}_病院ごとの理由（内部資料）.csv`,
      fallback: FILE,
      columns: REASON_COLUMNS,
      rows,
    }
    const actor = officerOf(reply.request).login
    const encoding = encodingOf(reply.request.query)
    return sendCsv(reply, file, encoding, () => stores.audit.append({ at: now(), actor, ...taken }))
  }

  const frozen = (reply: FastifyReply, edition: Edition | null, about: Record<string, number>) => {
    if (!edition) return refusal(reply, 'not-found')
    const { number } = edition
    return send(reply, frozenOf(edition), {
      label: editionLabel(number, edition.edition),
      action: 'proposal' in about ? 'proposal.downloaded' : 'round.downloaded',
      subject: `round ${number}`,
      detail: { ...about, file: FILE },
    })
  }

  app.get(`/selection/${FILE}`, forReaders, async (request, reply) => {
    const draft = draftOfQuery(stores, readDraft, fieldsOf(request.query).get('round'))
    const { snapshotSha256 } = draft.result
    const detail = { file: FILE, snapshotSha256 }
    const taken = { label: '選定案', action: 'selection.exported', subject: 'draft', detail }
    return send(reply, draftFacts(draft, request.site), taken)
  })
  app.get<Identified>(`${PROPOSAL_ADDRESS}/${FILE}`, forReaders, async ({ params: { id } }, reply) =>
    frozen(reply, proposalAt(stores, id), { proposal: Number(id) }),
  )
  for (const address of ROUND_ADDRESSES)
    app.get<RoundAddress>(`${address}/${FILE}`, forReaders, async ({ params }, reply) => {
      const edition = roundAt(stores, params)
      return frozen(reply, edition, { edition: edition?.edition ?? 0 })
    })
}

const FILE = 'reasons.csv'
