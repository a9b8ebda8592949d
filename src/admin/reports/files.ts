import type { FastifyReply } from 'fastify'
import { sha256Hex } from '../../domain/text/canonical.ts'
import { XLSX_TYPE } from '../../files/xlsx/write.ts'
import type { ReportFileName } from '../../office/reports/report.ts'
import { csvType, encodingOf, sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { officerOf } from '../session/officer.ts'

/** The last part of an address. In which encoding the CSV goes out is asked for by `?encoding=`. */
export const FILE_PATHS = ['ministry.csv', 'ministry.xlsx'] as const

const TYPES: Record<ReportFileName, string> = {
  'ministry.csv': csvType('utf-8'),
  'ministry.cp932.csv': csvType('cp932'),
  'ministry.xlsx': XLSX_TYPE,
}

export function nameOfFile(path: (typeof FILE_PATHS)[number], query: unknown): ReportFileName {
  return path === 'ministry.csv' && encodingOf(query) === 'cp932' ? 'ministry.cp932.csv' : path
}

interface Sent {
  name: ReportFileName
  bytes: Buffer
  saved: { japanese: string; ascii: string }
  /** What it stands under on the record. */
  subject: string
  action: string
  detail: Record<string, string | number>
}

export function sendReportFile(
  reply: FastifyReply,
  { stores, now }: AdminOptions,
  { name, bytes, saved, subject, action, detail }: Sent,
): FastifyReply {
  const file = { name: saved.japanese, fallback: saved.ascii, type: TYPES[name], bytes }
  return sendFile(reply, file, () =>
    stores.audit.append({
      at: now(),
      actor: officerOf(reply.request).login,
      action,
      subject,
      detail: { ...detail, file: name, sha256: sha256Hex(bytes) },
    }),
  )
}

/** The three forms in which a report goes out. @param base up to the file's name. @param query what the draft is asked by */
export function fileLinks(
  base: string,
  files: readonly { name: string; sha256: string }[],
  query = '',
): { href: string; label: string; sha256: string }[] {
  const of = (name: ReportFileName) => files.find((file) => file.name === name)?.sha256 ?? ''
  const ask = (path: string, ...more: string[]) => {
    const asked = [query, ...more].filter(Boolean).join('&')
    return `${base}/${path}${asked && `?${asked}`}`
  }
  return [
    { href: ask('ministry.xlsx'), label: 'Excel', sha256: of('ministry.xlsx') },
    { href: ask('ministry.csv'), label: 'CSV（UTF-8）', sha256: of('ministry.csv') },
    {
      href: ask('ministry.csv', 'encoding=cp932'),
      label: 'CSV（Shift_JIS）',
      sha256: of('ministry.cp932.csv'),
    },
  ]
}
