import type { FastifyReply } from 'fastify'
import type { Edition } from '../../db/edition-rows.ts'
import { XLSX_TYPE } from '../../files/xlsx/write.ts'
import { FILE_NAMES, savedNames } from '../../office/rounds/files.ts'
import { ROUND_FILES, type RoundFileName } from '../../office/rounds/frozen.ts'
import { csvType, encodingOf, JSON_TYPE, sendFile } from '../downloads.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'

/** The last part of an address below an edition's. In which encoding the report's CSV goes out is asked for by `?encoding=`. */
export const EDITION_PATHS = ROUND_FILES.filter((name) => name !== 'ministry.cp932.csv')

const TYPES: Record<RoundFileName, string> = {
  'archive.json': JSON_TYPE,
  'snapshot.json': JSON_TYPE,
  'result.json': JSON_TYPE,
  'amended.json': JSON_TYPE,
  'register.json': JSON_TYPE,
  'questions.json': JSON_TYPE,
  'checks.json': JSON_TYPE,
  'lottery.json': JSON_TYPE,
  'reasons.json': JSON_TYPE,
  'classes.json': JSON_TYPE,
  'ministry.csv': csvType('utf-8'),
  'ministry.cp932.csv': csvType('cp932'),
  'ministry.xlsx': XLSX_TYPE,
  'internal.xlsx': XLSX_TYPE,
}

/** Sends the frozen bytes, and puts on the record who took them away, and as what. */
export function sendEditionFile(
  reply: FastifyReply,
  { stores, now }: AdminOptions,
  { edition, path, isProposal }: { edition: Edition | null; path: RoundFileName; isProposal: boolean },
): FastifyReply {
  const isCp932 = path === 'ministry.csv' && encodingOf(reply.request.query) === 'cp932'
  const name = isCp932 ? 'ministry.cp932.csv' : path
  const file = edition && stores.editions.file(edition, name)
  if (!edition || !file) return refusal(reply, 'not-found')
  const { japanese, ascii: fallback } = savedNames(edition, path)
  const download = { name: japanese, fallback, type: TYPES[name], bytes: file.bytes }
  const taken = isProposal ? { proposal: edition.proposal } : { edition: edition.edition }
  return sendFile(reply, download, () =>
    stores.audit.append({
      at: now(),
      actor: officerOf(reply.request).login,
      action: `${isProposal ? 'proposal' : 'round'}.downloaded`,
      subject: `round ${edition.number}`,
      detail: { ...taken, file: name, sha256: file.sha256 },
    }),
  )
}

export interface FileLink {
  href: string
  label: string
  sha256: string
}

/** @param base the page's address */
export function fileLinks(base: string, files: readonly { name: string; sha256: string }[]): FileLink[] {
  const hashes = new Map(files.map(({ name, sha256 }) => [name, sha256]))
  return FILE_NAMES.flatMap(({ name, label }) => {
    const sha256 = hashes.get(name)
    const path = name === 'ministry.cp932.csv' ? 'ministry.csv?encoding=cp932' : name
    return sha256 === undefined ? [] : [{ href: `${base}/${path}`, label, sha256 }]
  })
}
