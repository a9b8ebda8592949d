import type { FastifyInstance } from 'fastify'
import type { Override } from '../../db/overrides.ts'
import type { Stores } from '../../db/stores.ts'
import { overrideLabel } from '../../domain/record/override.ts'
import type { BandBoard } from '../../domain/selection/board.ts'
import type { Reading } from '../../domain/selection/reading.ts'
import { problemTexts } from '../../domain/selection/words/decision.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { officerNames } from '../../office/officer-names.ts'
import { forReaders } from '../access.ts'
import { hospitalLink, hospitalPath, link } from '../list/cell.ts'
import { type Column, pickColumns, type Table, tableOf } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { mayWork } from '../session/officer.ts'

interface OverridesModel {
  /** In effect; null where there is none. */
  inEffect: Table | null
  undone: Table | null
  problems: string[]
  board: BandBoard
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/overrides': OverridesModel
  }
}

/** 県の判断: every designation and exclusion, in effect or undone. */
export function overrideRoutes(app: FastifyInstance, { stores }: AdminOptions, readDraft: ReadDraft): void {
  app.get('/overrides', forReaders, async (request, reply) => {
    const { reading } = readDraft()
    const columns = overrideColumns(stores, reading)
    const tableFor = (overrides: Override[], headers: string[], label: string) =>
      overrides.length === 0 ? null : tableOf(pickColumns(columns, headers), overrides, { label, look: '' })
    const all = stores.overrides.all()
    const inEffect = all.filter(({ undoneAt }) => undoneAt === null)
    const undone = all.filter(({ undoneAt }) => undoneAt !== null)
    const acts = mayWork(request) ? ['選定案での判定', '操作'] : ['選定案での判定']
    return adminPage(reply, 'admin/hospitals/overrides', {
      inEffect: tableFor(inEffect, [...ABOUT, ...acts], '有効な判断'),
      undone: tableFor(undone, [...ABOUT, '取消しの理由', '取り消した人と日時'], '取り消した判断'),
      problems: problemTexts(reading),
      board: reading.board(),
    })
  })
}

const ABOUT = ['病院', '医療圏', '判断', '理由', '登録した人と日時']

function overrideColumns(stores: Stores, { candidate, row, texts, place }: Reading): Column<Override>[] {
  const nameOf = officerNames(stores)
  const by = (login: string, at: Date) => `${nameOf(login)}\n${dateTimeText(at)}`
  const hospitalOf = ({ hospitalCode }: Override) => candidate(hospitalCode)
  const label = ({ kind }: Override) => overrideLabel(kind, place)
  return [
    { header: '病院', cell: (each) => hospitalLink(each.hospitalCode, hospitalOf(each).name), look: 'name' },
    { header: '医療圏', cell: (each) => hospitalOf(each).region, look: 'keep' },
    { header: '判断', cell: label, look: 'keep' },
    { header: '理由', cell: ({ reason }) => reason, look: 'preserve-lines why' },
    { header: '登録した人と日時', cell: ({ author, createdAt }) => by(author, createdAt), look: 'by' },
    {
      // What the draft says of the hospital today.
      header: '選定案での判定',
      cell: ({ hospitalCode }) => texts.decision(row(hospitalCode)),
      look: 'keep',
    },
    {
      header: '操作',
      cell: (each) =>
        link('取り消す', `${hospitalPath(each.hospitalCode)}/undo-override`, {
          says: `${hospitalOf(each).name}の${label(each)}を取り消す`,
        }),
      look: 'keep',
    },
    { header: '取消しの理由', cell: ({ undoneReason }) => undoneReason ?? '', look: 'preserve-lines why' },
    {
      header: '取り消した人と日時',
      cell: ({ undoneBy, undoneAt }) => (undoneBy && undoneAt ? by(undoneBy, undoneAt) : ''),
      look: 'by',
    },
  ]
}
