import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isMarkedFile } from '../files/rehearsal.ts'
import { errorPage } from '../web/errors.ts'
import { bringsFile } from '../web/limits.ts'
import { refusal } from './refusals.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes a file: its form is sent as multipart/form-data. */
    upload?: boolean
  }
}

/** A file as a browser sent it. */
export interface UploadedFile {
  name: string
  bytes: Buffer
  /** There was more than a file may have: `bytes` is only its beginning. */
  isTooLarge: boolean
}

/** The largest file that is taken, in bytes: the list of a large prefecture has some twenty million. */
export const LARGEST_UPLOAD = 32 * 1024 * 1024

/** So many are read and worked on at once: each is in the memory until it is answered. */
const MOST_AT_ONCE = 4

let atWork = 0

/** Lets forms with a file in. They are read by `readUpload`, once the guard knows who sends them. */
export async function registerUploads(app: FastifyInstance): Promise<void> {
  const limits = { fileSize: LARGEST_UPLOAD, files: 1, fields: 20, fieldSize: 16 * 1024 }
  await app.register(multipart, { limits, throwFileSizeLimit: false })
}

/** Reads a form with a file into the body: text fields as any form's, the file as an `UploadedFile`. */
export async function readUpload(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  if (!request.isMultipart()) return undefined
  if (!request.routeOptions.config.upload) return errorPage(reply, 415)
  // The others come again: what they send is not kept until then.
  if (atWork >= MOST_AT_ONCE) return errorPage(reply, 429)
  occupy(reply)
  bringsFile(request.raw)
  try {
    const body = await partsOf(request)
    request.body = body
    const isTrial = Object.values(body).some((part) => typeof part !== 'string' && isMarkedFile(part))
    return isTrial && !request.site.isRehearsal ? refusal(reply, 'of-rehearsal') : undefined
  } catch (error) {
    // What the library says of a form that is cut off, or is none, is a plain error: nothing of ours is broken.
    if ((error as { statusCode?: number }).statusCode !== undefined) throw error
    request.log.info({ err: error }, 'a form with a file cannot be read')
    return errorPage(reply, 400)
  }
}

/** Takes a place until the form is answered, or nobody waits for that any more. */
function occupy({ raw }: FastifyReply): void {
  atWork += 1
  let isFree = false
  const leave = () => {
    if (!isFree) atWork -= 1
    isFree = true
  }
  raw.once('finish', leave)
  raw.once('close', leave)
}

async function partsOf(request: FastifyRequest): Promise<Record<string, string | UploadedFile>> {
  const body: Record<string, string | UploadedFile> = {}
  for await (const part of request.parts()) {
    if (part.type === 'field') body[part.fieldname] = readableField(part.value)
    else body[part.fieldname] = await fileOf(part.filename, part)
  }
  return body
}

/** The library puts a lost character where the bytes are no UTF-8. @throws with a status, as for any form's body */
function readableField(value: unknown): string {
  const text = String(value)
  if (!text.includes('\ufffd')) return text
  throw Object.assign(new Error('a form in another encoding than UTF-8'), { statusCode: 415 })
}

/** The file of a form that was sent with one chosen. */
export function uploadedFile(body: unknown, field: string): UploadedFile | null {
  const value: unknown = new Map(Object.entries(body ?? {})).get(field)
  return typeof value === 'object' && value !== null && isChosen(value) ? value : null
}

async function fileOf(
  name: string,
  part: { toBuffer(): Promise<Buffer>; file: { truncated: boolean } },
): Promise<UploadedFile> {
  const bytes = await part.toBuffer()
  return { name, bytes, isTooLarge: part.file.truncated }
}

/** A browser sends an unchosen file as one without name and bytes. */
function isChosen(value: object): value is UploadedFile {
  return 'bytes' in value && 'name' in value && value.name !== ''
}
