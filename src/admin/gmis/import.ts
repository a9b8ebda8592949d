import type { FastifyInstance, FastifyReply } from 'fastify'
import { dateTimeText } from '../../domain/text/dates.ts'
import { importGmis, type MissingRule } from '../../office/gmis/import.ts'
import { lookAtGmis } from '../../office/gmis/look.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { stillShows } from '../shown.ts'
import { LARGEST_UPLOAD, uploadedFile } from '../upload.ts'
import { type GmisPreview, gmisPreview } from './preview.ts'
import { shownQuestions } from './questions.ts'

interface ImportModel {
  kept: number
  consenting: number
  questions: { label: string; text: string }[]
  imports: ImportLine[]
  /** Has just been taken in. */
  done: ImportLine | null
  error: string | null
  errorSummary: ErrorLine[]
}

interface ImportLine {
  id: number
  at: string
  author: string
  fileName: string
  stored: number
  withoutConsent: number
  withoutAnswer: number
  unknown: number
  removed: number
}

interface PreviewModel {
  preview: GmisPreview
  missingRule: MissingRule
  isStale: boolean
  isMapped: boolean
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/gmis/import': ImportModel
    'admin/gmis/preview': PreviewModel
  }
}

const PATH = '/gmis/import'

/** GMIS answers from a file: looked at, then taken in. Of hospitals without consent nothing is read, shown or kept. */
export function gmisImportRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function show(reply: FastifyReply, error: string | null = null, done: ImportLine | null = null) {
    const current = stores.submissions.all().filter(({ state }) => state === 'current')
    return adminPage(reply, 'admin/gmis/import', {
      kept: stores.gmis.kept().size,
      consenting: current.filter(({ answers }) => answers.gmisConsent).length,
      questions: shownQuestions(stores.gmisMappings.current().mapping),
      imports: importLines(),
      done,
      error,
      errorSummary: errorLines({ file: error }),
    })
  }

  function importLines(): ImportLine[] {
    const nameOf = officerNames(stores)
    return stores.gmis.imports().map(({ createdAt, author, ...line }) => ({
      ...line,
      at: dateTimeText(createdAt),
      author: nameOf(author),
    }))
  }

  function showStaged(reply: FastifyReply, id: number, extras: Partial<PreviewModel> = {}) {
    const stage = stores.gmisStages.byId(id)
    if (!stage) return show(reply.code(409), GONE)
    const { preview } = gmisPreview(stores, stage)
    const plain = { missingRule: 'keep', isStale: false, isMapped: false } as const
    return adminPage(reply, 'admin/gmis/preview', { ...plain, ...extras, preview })
  }

  app.get(PATH, forOfficers, async (request, reply) => {
    const query = fieldsOf(request.query)
    const id = query.get('import')
    if (id !== '') return showStaged(reply, Number(id), { isMapped: query.get('done') === 'mapping' })
    const done = importLines().find((line) => String(line.id) === query.get('done'))
    return show(reply, null, done ?? null)
  })

  app.post(PATH, { config: { role: 'officer', upload: true } }, async (request, reply) => {
    const file = uploadedFile(request.body, 'file')
    if (!file) return show(reply.code(422), 'GMIS調査の回答のファイルを選択してください。')
    if (file.isTooLarge) return show(reply.code(422), TOO_LARGE)
    const looked = await lookAtGmis(stores, file)
    if (!looked.ok) {
      const sheet = looked.sheet === '' ? '' : `シート「${looked.sheet}」：`
      return show(reply.code(422), `「${file.name}」は取り込めません。${sheet}${looked.message}`)
    }
    if (looked.errors.length > 0) {
      const { preview } = gmisPreview(stores, looked)
      const model = { preview, missingRule: 'keep', isStale: false, isMapped: false } as const
      return adminPage(reply.code(422), 'admin/gmis/preview', model)
    }
    const { rows, errors: _, elsewhere: __, ok: ___, ...stage } = looked
    const by = { actor: officerOf(request).login, at: now() }
    return showStaged(reply, stores.gmisStages.add(stage, rows, by))
  })

  const toApply = { config: { role: 'officer', act: 'GMIS調査の回答の取込み' } } as const
  app.post(`${PATH}/apply`, toApply, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const stage = stores.gmisStages.byId(Number(fields.get('import')))
    if (!stage) return show(reply.code(409), GONE)
    const missing = fields.get('missing') === 'remove' ? 'remove' : 'keep'
    const { preview, reading } = gmisPreview(stores, stage)
    const isWrong = preview.problem !== null || preview.errorCount > 0
    if (isWrong) return showStaged(reply.code(422), stage.id)
    if (!stillShows(request.body, 'shown', preview.stamp))
      return showStaged(reply.code(409), stage.id, { isStale: true, missingRule: missing })
    const by = { actor: officerOf(request).login, at: now(), missing } as const
    const { id } = importGmis(stores, stage, reading, by)
    return reply.redirect(`/admin/gmis/import?done=${id}`, 303)
  })
}

const GONE =
  '確認していたファイルは、既に取り込まれたか、別のファイルが選択されたため、残っていません。取り込む場合は、ファイルをもう一度選択してください。'
const TOO_LARGE = `ファイルが大きすぎます。${LARGEST_UPLOAD / 1024 / 1024}MBまでのファイルを選択してください。`
