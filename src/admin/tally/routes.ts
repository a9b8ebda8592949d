import type { FastifyInstance, FastifyRequest } from 'fastify'
import { dateTimeText } from '../../domain/text/dates.ts'
import { toXlsx, XLSX_TYPE } from '../../files/xlsx/write.ts'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { tallyOf } from '../../office/tally/tally.ts'
import { forReaders } from '../access.ts'
import { encodingOf, sendCsv, sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import type { TallyTable } from './cells.ts'
import { tallyTables } from './tables.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/tally/tally': { tables: TallyTable[]; asOf: string }
  }
}

/** 集計: the survey in numbers, as a page and as files of the same tables. */
export function tallyRoutes(app: FastifyInstance, { stores, now }: AdminOptions, readDraft: ReadDraft): void {
  const tablesFor = ({ site }: FastifyRequest) =>
    tallyTables(tallyOf(stores, readDraft(), site.prefectureCode))
  const record = (request: FastifyRequest, subject: string) => () => {
    const { login: actor } = officerOf(request)
    stores.audit.append({ at: now(), actor, action: 'tally.exported', subject, detail: {} })
  }

  app.get('/tally', forReaders, async (request, reply) =>
    adminPage(reply, 'admin/tally/tally', { tables: tablesFor(request), asOf: dateTimeText(now()) }),
  )

  app.get('/tally.csv', forReaders, async (request, reply) => {
    const file = {
      name: '集計.csv',
      fallback: 'tally.csv',
      columns: CSV_COLUMNS,
      rows: lines(tablesFor(request)),
    }
    return sendCsv(reply, file, encodingOf(request.query), record(request, 'csv'))
  })

  app.get('/tally.xlsx', forReaders, async (request, reply) => {
    const bytes = await toXlsx(
      tablesFor(request).map(({ title, rowHead, columns, rows }) => ({
        name: title,
        headers: [rowHead, ...columns.map((column, place) => headOf(column, rows[0]?.cells[place]?.text))],
        rows: rows.map(({ label, cells }) => [label, ...cells.map(({ value }) => value)]),
      })),
    )
    const file = { name: '集計.xlsx', fallback: 'tally.xlsx', type: XLSX_TYPE, bytes }
    return sendFile(reply, file, record(request, 'xlsx'))
  })
}

interface Line {
  table: string
  row: string
  column: string
  value: number | null
}

/** A line a number, so that a spreadsheet can turn them as it is asked to. */
const CSV_COLUMNS = [
  { header: '表', value: ({ table }: Line) => table },
  { header: '行', value: ({ row }: Line) => row },
  { header: '列', value: ({ column }: Line) => column },
  { header: '値', value: ({ value }: Line) => value },
]

function lines(tables: readonly TallyTable[]): Line[] {
  return tables.flatMap(({ title, columns, rows }) =>
    rows.flatMap(({ label, cells }) =>
      cells.map(({ value, text }, place) => ({
        table: title,
        row: label,
        column: headOf(columns[place]!, text),
        value,
      })),
    ),
  )
}

/** A column of percents says so in a file, where its numbers are bare. */
function headOf(column: string, text = ''): string {
  return text.endsWith('％') || column.endsWith('率') || column.endsWith('割合') ? `${column}（％）` : column
}
