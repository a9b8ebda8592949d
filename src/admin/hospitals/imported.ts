import type { FastifyInstance } from 'fastify'
import type { HospitalChange, HospitalImport } from '../../db/hospital-changes.ts'
import type { Stores } from '../../db/stores.ts'
import type { AnswerLine } from '../../domain/answer/lines.ts'
import { CHANGE_KINDS } from '../../domain/master/change.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText, dayText } from '../../domain/text/dates.ts'
import { changedCells } from '../../office/master/changed-cells.ts'
import { differingHospitals } from '../../office/master/sources.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import { hospitalLink } from '../list/cell.ts'
import { type Table, tableOf } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { sourceLabel } from './import-tables.ts'

interface ImportedModel {
  file: string
  lines: AnswerLine[]
  added: { count: number; table: Table }
  changed: { count: number; table: Table }
  /** What happened, where it has just happened. */
  done: { heading: string; text: string; next: { href: string; label: string }[] } | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/imported': ImportedModel
  }
}

interface Numbered {
  Params: { import: string }
}

/** What one import did: to which hospitals, field by field. */
export function importedRoutes(app: FastifyInstance, { stores }: AdminOptions): void {
  app.get<Numbered>('/hospitals/imports/:import', forReaders, async (request, reply) => {
    const { hospitalHistory } = stores
    const found = /^\d{1,9}$/.test(request.params.import)
      ? hospitalHistory.importById(Number(request.params.import))
      : null
    if (!found) return refusal(reply, 'not-found')
    const changes = hospitalHistory.ofImport(found.id)
    const names = new Map(stores.hospitals.all().map(({ key, name }) => [key, name]))
    const added = changes.filter(({ before }) => before === null)
    const changed = changes.filter(({ before }) => before !== null)
    const isDone = fieldsOf(request.query).get('done') === 'imported'
    return adminPage(reply, 'admin/hospitals/imported', {
      file: found.file,
      lines: linesOf(stores, found),
      added: { count: added.length, table: addedTable(added) },
      changed: {
        count: new Set(changed.map(({ hospitalCode }) => hospitalCode)).size,
        table: changedTable(changed, names),
      },
      done: isDone ? doneOf(stores, found) : null,
    })
  })
}

/** Lines of one table: more are read hospital by hospital. */
const MOST = 2000

function linesOf(stores: Stores, found: HospitalImport): AnswerLine[] {
  const { at, actor, source, day, added, changed, unchanged, missing, proposed, blank } = found
  return [
    { label: '日時', text: dateTimeText(at) },
    { label: '取り込んだ人', text: officerNames(stores)(actor) },
    ...(source ? [{ label: '種類', text: sourceLabel(source) }] : []),
    ...(day ? [{ label: '時点', text: dayText(day) }] : []),
    {
      label: '結果',
      text: `追加${added}件、変更${changed}件、変更なし${unchanged}件、照合待ち${proposed}件、ファイルにない登録済みの病院${missing}件`,
    },
    {
      label: '空欄のセル',
      text: blank === 'clear' ? '空欄として取り込み' : '登録済みの値を残した',
    },
  ]
}

function addedTable(changes: readonly HospitalChange[]): Table {
  return tableOf<HospitalChange>(
    [
      {
        header: '病院',
        cell: ({ hospitalCode, after }) => hospitalLink(hospitalCode, after.name ?? hospitalCode),
        look: 'name',
      },
      { header: '医療圏', cell: ({ after }) => after.region ?? '', look: 'keep' },
      { header: '市町村', cell: ({ after }) => after.municipality ?? '－', look: 'keep' },
      { header: '病床数', cell: ({ after }) => String(after.beds ?? ''), look: 'number' },
    ],
    changes.slice(0, MOST),
    { label: '追加した病院' },
  )
}

function changedTable(changes: readonly HospitalChange[], names: ReadonlyMap<string, string>): Table {
  const rows = changes.flatMap((change) =>
    changedCells(change.before, change.after).map((cell) => ({ ...change, ...cell })),
  )
  return tableOf<(typeof rows)[number]>(
    [
      {
        header: '病院',
        cell: ({ hospitalCode }) => hospitalLink(hospitalCode, names.get(hospitalCode) ?? hospitalCode),
        look: 'name',
      },
      { header: '項目', cell: ({ label }) => label },
      { header: '変更前', cell: ({ before }) => before || '（空欄）' },
      { header: '変更後', cell: ({ after }) => after || '（空欄）' },
      { header: '処理', cell: ({ kind }) => labelOf(CHANGE_KINDS, kind), card: 'below' },
    ],
    rows.slice(0, MOST),
    { label: '変更した病院' },
  )
}

function doneOf(stores: Stores, { added, changed, proposed }: HospitalImport): ImportedModel['done'] {
  const waiting = stores.hospitalMatches.waiting().length
  const differing = differingHospitals(stores).filter(({ difference }) => difference.choice === null).length
  return {
    heading: '取り込みました',
    text: `追加${added}件、変更${changed}件${proposed > 0 ? `、照合を待つ行${proposed}件` : ''}。元に戻す場合は、病院ごとに登録内容を変更してください。`,
    next: [
      ...(waiting > 0 ? [{ href: '/admin/hospitals/matches', label: `病院の照合（${waiting}件）` }] : []),
      ...(differing > 0
        ? [{ href: '/admin/hospitals/differences', label: `出典により異なる病院（${differing}件）` }]
        : []),
      { href: '/admin/hospitals', label: '病院台帳を見る' },
    ],
  }
}
