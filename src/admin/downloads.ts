import type { FastifyReply } from 'fastify'
import { REHEARSAL_MARK } from '../domain/survey/rehearsal.ts'
import { markedFile } from '../files/rehearsal.ts'
import type { Column } from '../files/table/csv.ts'
import { csvFile } from '../files/table/csv-file.ts'
import type { TextEncoding } from '../files/table/encoding.ts'
import { fieldsOf } from '../web/fields.ts'

const TYPES = {
  csv: { 'utf-8': 'text/csv; charset=utf-8', cp932: 'text/csv; charset=windows-31j' },
  json: 'application/json; charset=utf-8',
}

interface FileToKeep {
  name: string
  fallback: string
  type: string
  bytes: Buffer
}

/**
 * Sends bytes as a file to keep. The name is Japanese: RFC 6266 carries it, with ASCII for what cannot read that.
 * @param record writes down who took it away: last of all, so that nothing is on the record that was not handed out
 */
export function sendFile(reply: FastifyReply, file: FileToKeep, record: () => void): FastifyReply {
  const { name, fallback, type, bytes } = reply.request.site.isRehearsal ? ofRehearsal(file) : file
  record()
  const disposition = `attachment; filename="${fallback}"; filename*=UTF-8''${encodeRfc5987(name)}`
  return reply.type(type).header('content-disposition', disposition).send(bytes)
}

/** 試験 in its name, and in it wherever a person reads it. */
function ofRehearsal({ name, fallback, type, bytes }: FileToKeep): FileToKeep {
  return {
    name: REHEARSAL_MARK + name,
    fallback: `rehearsal-${fallback}`,
    type,
    bytes: markedFile(bytes, type),
  }
}

/** Rows as a CSV in the encoding asked for. */
export async function sendCsv<Row>(
  reply: FastifyReply,
  {
    columns,
    rows,
    ...names
  }: { name: string; fallback: string; columns: readonly Column<Row>[]; rows: readonly Row[] },
  encoding: TextEncoding,
  record: () => void,
): Promise<FastifyReply> {
  const bytes = await csvFile(columns, rows, encoding)
  return sendFile(reply, { ...names, type: csvType(encoding), bytes }, record)
}

export function csvType(encoding: TextEncoding): string {
  return TYPES.csv[encoding]
}

export const JSON_TYPE = TYPES.json

/** `?encoding=cp932` for Excel of older days; anything else is UTF-8. */
export function encodingOf(query: unknown): TextEncoding {
  return fieldsOf(query).get('encoding').toLowerCase() === 'cp932' ? 'cp932' : 'utf-8'
}

function encodeRfc5987(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
