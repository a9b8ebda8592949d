import type { FastifyInstance } from 'fastify'
import type { Override } from '../../db/overrides.ts'
import { dateTimeText } from '../../domain/period.ts'
import { labelOf } from '../../domain/questionnaire.ts'
import { DECISIONS } from '../../domain/selection/result.ts'
import { officerNames } from '../officer-names.ts'
import { adminPage } from '../page.ts'
import type { AdminOptions } from '../plugin.ts'
import { type BandBoard, bandBoard } from '../selection/band-board.ts'
import { problemText } from '../selection/problem-texts.ts'
import type { ReadDraft } from '../selection/selection-draft.ts'
import { OVERRIDE_LABELS } from './override-acts.ts'

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
    'admin/overrides': OverridesModel
  }
}

/** 県の判断: every designation and exclusion, in effect or undone. */
export function overrideRoutes(app: FastifyInstance, { stores }: AdminOptions, readDraft: ReadDraft): void {
  app.get('/overrides', async (_request, reply) => {
    const { hospitals, snapshot, result } = readDraft()
    const known = new Map(hospitals.map((hospital) => [hospital.code, hospital]))
    const rows = new Map(result.results.map((row) => [row.code, row]))
    const nameOf = officerNames(stores)
    const by = (login: string, at: Date) => `${nameOf(login)}\n${dateTimeText(at)}`
    const lineOf = ({ hospitalCode: code, kind, reason, author, createdAt }: Override): OverrideLine => ({
      code,
      name: known.get(code)!.name,
      region: known.get(code)!.region,
      kind,
      label: OVERRIDE_LABELS[kind],
      reason,
      by: by(author, createdAt),
      decision: labelOf(DECISIONS, rows.get(code)!.decision),
    })
    const all = stores.overrides.all()
    return adminPage(reply, 'admin/overrides', {
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
