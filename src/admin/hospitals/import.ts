import type { FastifyInstance, FastifyReply } from 'fastify'
import type { HospitalImport } from '../../db/hospital-changes.ts'
import type { BlankRule } from '../../domain/master/open-cells.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import {
  foreseeImport,
  hasGeography,
  listOf,
  packed,
  readMasterFile,
  unpacked,
} from '../../office/master/import.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { LARGEST_UPLOAD, uploadedFile } from '../upload.ts'
import { showPreview } from './import-preview.ts'

interface ImportModel {
  /** Why the file was not taken. */
  problem: string | null
  hasGeography: boolean
  prefectureCode: string
  largest: number
  done: string | null
  imports: { id: number; at: string; by: string; file: string; counts: string }[]
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/import': ImportModel
  }
}

interface Staged {
  Params: { staged: string }
}

/** The largest content that is kept between the look and the act. */
const LARGEST_CONTENT = 32 * 1024 * 1024
const RECENT = 10

/**
 * A master file, looked at before it is taken in. What was read is kept beside the master, for the officer who brought
 * it and for a day: the page that shows it names it, and is compared with what would be done then.
 */
export function importRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  const importPage = (reply: FastifyReply, problem: string | null, done: string | null = null) =>
    adminPage(reply, 'admin/hospitals/import', {
      problem,
      done,
      hasGeography: hasGeography(stores),
      prefectureCode: stores.settings.read().prefectureCode,
      largest: LARGEST_UPLOAD / 1024 / 1024,
      imports: stores.hospitalHistory.imports(RECENT).map(importLine(officerNames(stores))),
    })

  app.get('/hospitals/import', forOfficers, async (request, reply) => {
    const done = fieldsOf(request.query).get('done')
    return importPage(
      reply,
      null,
      done === 'cancelled' ? '取込みを中止しました。病院台帳は変わっていません。' : null,
    )
  })

  app.post('/hospitals/import', { config: { role: 'officer', upload: true } }, async (request, reply) => {
    if (!hasGeography(stores)) return importPage(reply.code(409), NO_GEOGRAPHY)
    const file = uploadedFile(request.body, 'file')
    if (!file) return importPage(reply.code(422), '病院台帳のファイルを選択してください。')
    if (file.isTooLarge) return importPage(reply.code(422), TOO_LARGE)
    const read = await readMasterFile(stores, file.name, file.bytes, now())
    if (!read.ok) {
      const sheet = read.sheet && `シート「${read.sheet}」：`
      return importPage(reply.code(422), `「${file.name}」を取り込めませんでした。${sheet}${read.message}`)
    }
    const foreseen = foreseeImport(stores, read.file, 'keep')
    if (foreseen.errors.length > 0)
      return showPreview(reply.code(422), stores, { file: read.file, foreseen, blank: 'keep', staged: null })
    const content = packed(read.file)
    if (content.length > LARGEST_CONTENT) return importPage(reply.code(422), TOO_MUCH)
    const staged = stores.stagedImports.add(
      { actor: officerOf(request).login, file: file.name, content },
      now(),
    )
    return showPreview(reply, stores, { file: read.file, foreseen, blank: 'keep', staged })
  })

  app.get<Staged>('/hospitals/import/:staged', forOfficers, async (request, reply) => {
    const open = stores.stagedImports.open(Number(request.params.staged), officerOf(request).login, now())
    if (!open) return importPage(reply.code(404), OVER)
    const blank = blankOf(fieldsOf(request.query).get('blank'))
    const file = unpacked(open.content)
    const foreseen = foreseeImport(stores, file, blank)
    return showPreview(reply, stores, { file, foreseen, blank, staged: open.id })
  })

  app.post<Staged>(
    '/hospitals/import/:staged',
    { config: { role: 'officer', act: '病院台帳の取込み' } },
    async (request, reply) => {
      const { login: actor } = officerOf(request)
      const open = stores.stagedImports.open(Number(request.params.staged), actor, now())
      if (!open) return importPage(reply.code(409), OVER)
      const fields = fieldsOf(request.body)
      const blank = blankOf(fields.get('blank'))
      const file = unpacked(open.content)
      const act = { actor, at: now(), source: file.name }
      const done = stores.hospitals.importAsShown(listOf(file, blank), act, fields.get('digest'))
      if (done === 'stale') {
        const foreseen = foreseeImport(stores, file, blank)
        return showPreview(reply.code(409), stores, { file, foreseen, blank, staged: open.id, isStale: true })
      }
      stores.stagedImports.end(open.id, 'applied', now())
      return reply.redirect(`/admin/hospitals/imports/${done}?done=imported`, 303)
    },
  )

  app.post<Staged>(
    '/hospitals/import/:staged/cancel',
    { config: { role: 'officer', act: '病院台帳の取込みの中止' } },
    async (request, reply) => {
      const open = stores.stagedImports.open(Number(request.params.staged), officerOf(request).login, now())
      if (open) stores.stagedImports.end(open.id, 'cancelled', now())
      return reply.redirect('/admin/hospitals/import?done=cancelled', 303)
    },
  )
}

const NO_GEOGRAPHY =
  '市町村と二次医療圏の表がないため、取り込めません。下の案内に沿って表を追加してください。'
const TOO_LARGE = `ファイルが大きすぎます。${LARGEST_UPLOAD / 1024 / 1024}MBまでのファイルを選択してください。`
const TOO_MUCH = 'ファイルの内容が多すぎます。病院ごとに1行の表にするか、ファイルを分けてください。'
const OVER =
  '確認中のファイルがありません。取り込んだか中止した後、または確認してから24時間を過ぎた後です。もう一度ファイルを選択してください。'

function blankOf(text: string): BlankRule {
  return text === 'clear' ? 'clear' : 'keep'
}

/** One line an import, as the lists of them show it. */
function importLine(nameOf: (login: string) => string) {
  return ({ id, at, actor, file, added, changed, unchanged, proposed }: HospitalImport) => ({
    id,
    at: dateTimeText(at),
    by: nameOf(actor),
    file,
    counts: `追加${added}、変更${changed}、変更なし${unchanged}${proposed > 0 ? `、照合待ち${proposed}` : ''}`,
  })
}
