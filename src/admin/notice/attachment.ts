import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { normaliseText, within } from '../../domain/text/text.ts'
import { fieldsOf } from '../../web/fields.ts'
import type { AdminOptions } from '../options.ts'
import { refusal } from '../refusals.ts'
import { officerOf } from '../session/officer.ts'
import { type UploadedFile, uploadedFile } from '../upload.ts'
import { textError } from './text-errors.ts'

const LONGEST_TITLE = 100
/** A notice's PDF has pages, no pictures of a scanner at its finest. */
export const LARGEST_ATTACHMENT = 10 * 1024 * 1024

const TAKEN =
  '同じ名称の資料を既に掲載しています。差し替える場合は、先に掲載を取りやめてください。別の資料の場合は、名称を変えてください。'

/** What was typed for a file that is not taken, and why it is not. */
export interface AttachmentTyped {
  title: string
  errors: { title?: string | null; file?: string | null }
}

/** 別添 and the like, put beside the notice as PDF, and taken off it. */
export function attachmentRoutes(
  app: FastifyInstance,
  { stores, now }: AdminOptions,
  show: (reply: FastifyReply, upload: AttachmentTyped) => FastifyReply,
): void {
  const upload = { role: 'officer', act: '資料の掲載', upload: true } as const
  app.post('/notice/attachments', { config: upload }, async (request, reply) => {
    const title = within(LONGEST_TITLE, normaliseText)(fieldsOf(request.body).get('title'))
    const file = uploadedFile(request.body, 'file')
    const errors = { title: textError('資料の名称', title, LONGEST_TITLE), file: fileError(file) }
    if (file === null || errors.title || errors.file) return show(reply.code(422), { title, errors })
    const by = { actor: officerOf(request).login, at: now() }
    if (stores.attachments.add({ title, bytes: file.bytes }, by) === 'taken')
      return show(reply.code(409), { title, errors: { title: TAKEN } })
    return reply.redirect('/admin/notice?done=attached#attachments', 303)
  })

  const config = { role: 'officer', act: '資料の掲載の取りやめ' } as const
  app.post(
    '/notice/attachments/:attachment/withdraw',
    { config },
    async (request: FastifyRequest<{ Params: { attachment: string } }>, reply) => {
      const by = { actor: officerOf(request).login, at: now() }
      const outcome = stores.attachments.withdraw(Number(request.params.attachment), by)
      if (outcome === 'not-there') return refusal(reply, 'not-found')
      return reply.redirect('/admin/notice?done=detached#attachments', 303)
    },
  )
}

function fileError(file: UploadedFile | null): string | null {
  if (file === null) return 'PDFのファイルを選択してください。'
  if (file.isTooLarge || file.bytes.length > LARGEST_ATTACHMENT)
    return `ファイルが大きすぎます。${LARGEST_ATTACHMENT / 1024 / 1024}MBまでのPDFを選択してください。`
  if (file.bytes.length === 0) return 'ファイルの中身が空です。別のファイルを選択してください。'
  return isPdf(file.bytes) ? null : `「${file.name}」はPDFではありません。PDFに変換してから選択してください。`
}

/** Readers take the mark within the first 1,024 bytes. */
function isPdf(bytes: Buffer): boolean {
  return bytes.subarray(0, 1024).includes('%PDF-')
}
