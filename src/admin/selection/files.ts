import type { FastifyInstance } from 'fastify'
import type { Draft } from '../../office/draft/draft.ts'
import { resultBytes, snapshotBytes } from '../../office/rounds/files.ts'
import { forReaders } from '../access.ts'
import { JSON_TYPE, sendFile } from '../downloads.ts'
import { listFileRoutes } from '../list/files.ts'
import type { AdminOptions } from '../options.ts'
import { officerOf } from '../session/officer.ts'
import { SELECTION, selectionFile } from './list.ts'

/** The draft as files: what the page shows of the ranking, and the two with which anyone can recompute it. */
export function selectionFileRoutes(
  app: FastifyInstance,
  options: AdminOptions,
  readDraft: () => Draft,
): void {
  const { stores, now } = options
  const action = 'selection.exported'
  const about = ({ result }: Draft, file: string) => ({ file, snapshotSha256: result.snapshotSha256 })

  const names = { path: '/selection', name: '選定案の順位（内部資料）', sheet: '順位（内部資料）', action }
  listFileRoutes(app, options, names, async (request, { name }) => {
    const draft = readDraft()
    return {
      ...(await selectionFile(draft, SELECTION.parse(request.query))),
      subject: 'draft',
      detail: about(draft, name),
    }
  })

  const files = {
    'snapshot.json': { name: '選定案の入力.json', bytes: ({ snapshot }: Draft) => snapshotBytes(snapshot) },
    'result.json': { name: '選定案の結果.json', bytes: ({ result }: Draft) => resultBytes(result) },
  }
  for (const [fallback, { name, bytes }] of Object.entries(files))
    app.get(`/selection/${fallback}`, forReaders, async (request, reply) => {
      const draft = readDraft()
      const file = { name, fallback, type: JSON_TYPE, bytes: bytes(draft) }
      return sendFile(reply, file, () => {
        const { login: actor } = officerOf(request)
        stores.audit.append({ at: now(), actor, action, subject: 'draft', detail: about(draft, fallback) })
      })
    })
}
