import type { FastifyInstance } from 'fastify'
import { factValue } from '../../domain/master/facts.ts'
import { FACT_LABELS, factText } from '../../office/master/changed-cells.ts'
import { type DifferingHospital, differingHospitals, sourceText } from '../../office/master/sources.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import { hospitalLink, hospitalPath, link, type Part, tag } from '../list/cell.ts'
import { type Column, type Table, tableOf } from '../list/table.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { mayWork } from '../session/officer.ts'

interface DifferencesModel {
  open: { count: number; bands: number; table: Table | null }
  settled: { count: number; table: Table | null }
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/differences': DifferencesModel
  }
}

/** Hospitals about which their sources differ in what counts, those that nobody has settled first. */
export function differenceRoutes(app: FastifyInstance, { stores }: AdminOptions): void {
  app.get('/hospitals/differences', forReaders, async (request, reply) => {
    const all = differingHospitals(stores)
    const isOpen = ({ difference: { choice, isMoved } }: DifferingHospital) => choice === null || isMoved
    const [open, settled] = [all.filter(isOpen), all.filter((each) => !isOpen(each))]
    const columns = columnsFor(mayWork(request))
    const table = (rows: DifferingHospital[], label: string) =>
      rows.length === 0 ? null : tableOf(columns, rows, { label })
    const inOrder = open.toSorted((a, b) => b.bands.length - a.bands.length)
    return adminPage(reply, 'admin/hospitals/differences', {
      open: {
        count: open.length,
        bands: open.filter(({ bands }) => bands.length > 0).length,
        table: table(inOrder, '選択していない項目'),
      },
      settled: { count: settled.length, table: table(settled, '選択した項目') },
      done: fieldsOf(request.query).get('done') === 'chosen' ? '出典の選択を登録しました。' : null,
    })
  })
}

function columnsFor(mayChoose: boolean): Column<DifferingHospital>[] {
  return [
    { header: '病院', cell: ({ hospital: { key, name } }) => hospitalLink(key, name), look: 'name' },
    { header: '医療圏', cell: ({ hospital }) => hospital.region, look: 'keep' },
    { header: '項目', cell: ({ difference }) => FACT_LABELS[difference.fact], look: 'keep' },
    {
      header: '使っている内容',
      cell: ({ hospital, difference: { fact } }) => factText(fact, factValue(hospital, fact)),
    },
    {
      header: '出典ごとの内容',
      cell: ({ difference: { fact, statements } }) =>
        statements.map(
          (each): Part => ({
            kind: 'small',
            text: `${sourceText(each)}：${factText(fact, each.value)}`,
          }),
        ),
      card: 'below',
    },
    {
      header: '状態',
      cell: ({ difference: { choice, isMoved }, bands }): Part[] => [
        ...(bands.length > 0 ? [tag('warn', `区分が変わる（${bands.join('／')}）`)] : []),
        ...(isMoved ? [tag('warn', '選択した後に出典が変わった')] : []),
        ...(choice === null ? [tag('muted', '選択なし')] : [tag('ok', '選択済み')]),
      ],
      card: 'below',
    },
    ...(mayChoose
      ? [
          {
            header: '操作',
            cell: ({ hospital: { key, name }, difference: { fact } }: DifferingHospital) =>
              link('選択する', `${hospitalPath(key)}/sources?fact=${fact}`, {
                says: `${name}の${FACT_LABELS[fact]}の出典を選択する`,
              }),
            look: 'keep',
          },
        ]
      : []),
  ]
}
