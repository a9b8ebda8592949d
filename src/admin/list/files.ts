import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AuditValue } from '../../domain/record/audit.ts'
import type { Column } from '../../files/table/csv.ts'
import type { TextEncoding } from '../../files/table/encoding.ts'
import { sheetOf, toXlsx, XLSX_TYPE } from '../../files/xlsx/write.ts'
import { encodingOf, sendCsv, sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { officerOf } from '../session/officer.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A file of a list, made from the columns of its page. */
    isListFile?: boolean
  }
}

/** A list to be taken away: all pages of what the filter shows. */
export interface ListFile<Row> {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** What the record says of it beside the rows. */
  subject: string
  detail?: Record<string, AuditValue>
}

interface ListFileNames {
  /** Of the page, under /admin. */
  path: string
  /** 回答一覧: with the extension behind it the file's name. */
  name: string
  /** Of the workbook, where the name is too long for it. */
  sheet?: string
  /** hospitals.exported */
  action: string
  /** Who may take it away; a list that shows links is for those who send them. */
  role?: 'viewer' | 'officer'
}

/** The list as CSV and as a workbook. It is on the record only once there is a file. */
export function listFileRoutes<Row>(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  { path, name, sheet = name, action, role = 'viewer' }: ListFileNames,
  fileOf: (request: FastifyRequest, file: FileAbout) => ListFile<Row> | Promise<ListFile<Row>>,
): void {
  const listFile = { config: { role, isListFile: true } } as const
  const fallback = (type: string) => `${path.slice(1)}.${type}`
  const record = (request: FastifyRequest, { rows, subject, detail }: ListFile<Row>) => {
    const { login: actor } = officerOf(request)
    stores.audit.append({ at: now(), actor, action, subject, detail: { rows: rows.length, ...detail } })
  }

  app.get(`${path}.csv`, listFile, async (request, reply) => {
    const encoding = encodingOf(request.query)
    const file = await fileOf(request, { type: 'csv', name: fallback('csv'), encoding })
    const names = { name: `${name}.csv`, fallback: fallback('csv') }
    return sendCsv(reply, { ...names, columns: file.columns, rows: file.rows }, encoding, () =>
      record(request, file),
    )
  })

  app.get(`${path}.xlsx`, listFile, async (request, reply) => {
    const file = await fileOf(request, { type: 'xlsx', name: fallback('xlsx') })
    const bytes = await toXlsx([sheetOf(sheet, file.columns, file.rows)])
    const names = { name: `${name}.xlsx`, fallback: fallback('xlsx'), type: XLSX_TYPE }
    return sendFile(reply, { ...names, bytes }, () => record(request, file))
  })
}

/** What is asked for, as the record may say it. */
export interface FileAbout {
  type: 'csv' | 'xlsx'
  name: string
  encoding?: TextEncoding
}
