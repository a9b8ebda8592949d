import type { FastifyInstance } from 'fastify'
import type { Override } from '../../db/overrides.ts'
import { OVERRIDES } from '../../domain/record/override.ts'
import { type BandBoard, bandBoard } from '../../domain/selection/board.ts'
import { DECISIONS } from '../../domain/selection/result.ts'
import { problemText } from '../../domain/selection/words/problem.ts'
import { dateTimeText } from '../../domain/survey/period.ts'
import { labelOf } from '../../domain/text/choice.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { officerNames } from '../../office/officer-names.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'

export interface OverridesModel {
  inEffect: OverrideLine[]
  undone: (OverrideLine & { undoneBy: string; undoneReason: string })[]
  problems: string[]
  board: BandBoard
}

export interface OverrideLine {
  code: string
  name: string
  region: string
  kind: Override['kind']
  label: string
  reason: string
  by: string
  /** What the draft says of the hospital today. */
  decision: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/overrides': OverridesModel
  }
}

/** 県の判断: every designation and exclusion, in effect or undone. */
export function overrideRoutes(app: FastifyInstance, { stores }: AdminOptions, readDraft: ReadDraft): void {
  app.get('/overrides', forReaders, async (_request, reply) => {
    const { hospitals, snapshot, result } = readDraft()
    const known = new Map(hospitals.map((hospital) => [hospital.key, hospital]))
    const rows = new Map(result.results.map((row) => [row.code, row]))
    const nameOf = officerNames(stores)
    const by = (login: string, at: Date) => `${nameOf(login)}\n${dateTimeText(at)}`
    const lineOf = ({ hospitalCode: code, kind, reason, author, createdAt }: Override): OverrideLine => ({
      code,
      name: known.get(code)!.name,
      region: known.get(code)!.region,
      kind,
      label: labelOf(OVERRIDES, kind),
      reason,
      by: by(author, createdAt),
      decision: labelOf(DECISIONS, rows.get(code)!.decision),
    })
    const all = stores.overrides.all()
    return adminPage(reply, 'admin/hospitals/overrides', {
      inEffect: all.filter(({ undoneAt }) => undoneAt === null).map(lineOf),
      undone: all.flatMap((override) => {
        const { undoneAt, undoneBy, undoneReason } = override
        if (undoneAt === null || undoneBy === null) return []
        return [{ ...lineOf(override), undoneBy: by(undoneBy, undoneAt), undoneReason: undoneReason ?? '' }]
      }),
      problems: result.problems.map((problem) => problemText(problem, snapshot)),
      board: bandBoard(snapshot, result),
    })
  })
}
