import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Round } from '../db/rounds.ts'
import { roundLabel } from '../domain/facts.ts'
import { dateTimeText } from '../domain/period.ts'
import { csvType, encodingOf, JSON_TYPE, sendFile } from './downloads.ts'
import { officerOf } from './officer.ts'
import { adminPage } from './page.ts'
import type { AdminOptions } from './plugin.ts'
import { refusal } from './refusals.ts'
import type { RoundFileName } from './round-files.ts'
import { type RoundModel, roundModel } from './round-page.ts'

declare module './page.ts' {
  interface AdminViews {
    'admin/rounds': { rounds: { href: string; label: string; confirmedAt: string }[] }
    'admin/round': RoundModel
  }
}

interface Numbered {
  Params: { number: string }
}

/** Confirmed rounds: always the frozen bytes, never today's facts. */
export function roundRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function find(number: string): Round | null {
    return /^[1-9]\d{0,3}$/.test(number) ? stores.rounds.byNumber(Number(number)) : null
  }

  app.get('/rounds', async (_request, reply) => {
    const rounds = stores.rounds.all().map(({ number, confirmedAt }) => ({
      href: `/admin/rounds/${number}`,
      label: roundLabel(number),
      confirmedAt: dateTimeText(confirmedAt),
    }))
    return adminPage(reply, 'admin/rounds', { rounds })
  })

  app.get<Numbered>('/rounds/:number', async (request, reply) => {
    const round = find(request.params.number)
    return round ? adminPage(reply, 'admin/round', roundModel(stores, round)) : refusal(reply, 'not-found')
  })

  for (const path of ['snapshot.json', 'result.json', 'ministry.csv'] as const)
    app.get<Numbered>(`/rounds/:number/${path}`, async (request, reply) => {
      const { file, name, type } = wanted(request, path)
      const round = find(request.params.number)
      const frozen = round && stores.rounds.file(round, file)
      if (!round || !frozen) return refusal(reply, 'not-found')
      const detail = { file, sha256: frozen.sha256 }
      const { login: actor } = officerOf(request)
      const subject = `round ${round.number}`
      stores.audit.append({ at: now(), actor, action: 'round.downloaded', subject, detail })
      const fallback = `round-${round.number}-${path}`
      return sendFile(reply, {
        name: `${roundLabel(round.number)}_${name}`,
        fallback,
        type,
        bytes: frozen.bytes,
      })
    })
}

interface Wanted {
  file: RoundFileName
  name: string
  type: string
}

function wanted(request: FastifyRequest, path: 'snapshot.json' | 'result.json' | 'ministry.csv'): Wanted {
  if (path === 'snapshot.json') return { file: path, name: '入力.json', type: JSON_TYPE }
  if (path === 'result.json') return { file: path, name: '結果.json', type: JSON_TYPE }
  const encoding = encodingOf(request.query)
  const file = encoding === 'cp932' ? 'ministry.cp932.csv' : 'ministry.csv'
  return { file, name: '厚生労働省報告.csv', type: csvType(encoding) }
}
