import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import {
  GMIS_QUESTION_IDS,
  GMIS_QUESTIONS,
  type GmisMapping,
  type GmisQuestion,
  readAs,
} from '../../domain/survey/gmis-mapping.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { dateTimeText } from '../../domain/text/dates.ts'
import { readGmis } from '../../office/gmis/reading.ts'
import { officerNames } from '../../office/officer-names.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { shownQuestions } from './questions.ts'
import { mappingErrors, typedMapping } from './typed-mapping.ts'

interface QuestionField {
  question: GmisQuestion
  label: string
  column: string
  /** A line each, for where no file is looked at. */
  yes: string
  no: string
  /** That stand in the column of the file, of the hospitals that consented. */
  found: { value: string; count: number; readAs: 'yes' | 'no' | 'unknown' }[]
  errors: { column: string; yes: string; no: string }
}

interface MappingModel {
  questions: QuestionField[]
  /** The file's own, to choose from; null where no file is looked at. */
  columns: string[] | null
  stage: number | null
  version: number
  versions: { version: number; at: string; author: string; lines: { label: string; text: string }[] }[]
  errorSummary: ErrorLine[]
  isStale: boolean
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/gmis/mapping': MappingModel
  }
}

type Stage = ReturnType<Stores['gmisStages']['byId']>

/** More different answers than these are no choice of a question. */
const MOST_FOUND = 30

const DONE: ReadonlyMap<string, string> = new Map([
  [
    'yes',
    '設問の対応付けを変更しました。次に取り込むファイルから、この対応付けで読み取ります。取込み済みの回答は変わりません。',
  ],
  ['columns', '列を変更しました。次に、選んだ列にある回答の読み方を確認してください。'],
])

/** Which column of a GMIS export is which fact, and which of its values mean yes and no. */
export function gmisMappingRoutes(app: FastifyInstance, { stores, now }: AdminOptions): void {
  function show(
    reply: FastifyReply,
    stage: Stage,
    mapping: GmisMapping,
    { errors = {}, isStale = false, done = null }: Extras = {},
  ) {
    const nameOf = officerNames(stores)
    return adminPage(reply, 'admin/gmis/mapping', {
      questions: questionFields(stores, stage, mapping, errors),
      columns: stage ? stage.columns : null,
      stage: stage?.id ?? null,
      version: stores.gmisMappings.current().version,
      versions: stores.gmisMappings.versions().map(({ version, mapping, author, createdAt }) => ({
        version,
        at: dateTimeText(createdAt!),
        author: nameOf(author!),
        lines: shownQuestions(mapping),
      })),
      errorSummary: errorLines(errors),
      isStale,
      done,
    })
  }

  app.get('/gmis/mapping', forOfficers, async (request, reply) => {
    const query = fieldsOf(request.query)
    const stage = stores.gmisStages.byId(Number(query.get('import')))
    const { mapping } = stores.gmisMappings.current()
    return show(reply, stage, mapping, { done: DONE.get(query.get('done')) ?? null })
  })

  const toSave = { config: { role: 'officer', act: 'GMIS調査の設問の対応付けの変更' } } as const
  app.post('/gmis/mapping', toSave, async (request, reply) => {
    const fields = fieldsOf(request.body)
    const stage = stores.gmisStages.byId(Number(fields.get('import')))
    const before = stores.gmisMappings.current().mapping
    const mapping = typedMapping(fields, before)
    const errors = mappingErrors(mapping)
    if (Object.keys(errors).length > 0) return show(reply.code(422), stage, mapping, { errors })
    const isOther = stage !== null && hasOtherColumns(stores, stage, mapping)
    const shown = fields.get('version')
    const by = { actor: officerOf(request).login, at: now(), ...(shown !== '' && { basedOn: Number(shown) }) }
    const outcome = stores.gmisMappings.save(mapping, by)
    if (outcome === 'changed-meanwhile') return show(reply.code(409), stage, mapping, { isStale: true })
    if (!stage) return reply.redirect('/admin/gmis/mapping?done=yes', 303)
    const next = isOther ? 'mapping?done=columns&' : 'import?done=mapping&'
    return reply.redirect(`/admin/gmis/${next}import=${stage.id}`, 303)
  })
}

interface Extras {
  errors?: Record<string, string>
  isStale?: boolean
  done?: string | null
}

function questionFields(
  stores: Stores,
  stage: Stage,
  mapping: GmisMapping,
  errors: Record<string, string>,
): QuestionField[] {
  const read = stage ? readGmis(stores, stage, mapping).questions : []
  return GMIS_QUESTION_IDS.map((question) => {
    const { column, yes, no } = mapping[question]
    const inFile = read.find((each) => each.question === question)
    return {
      question,
      label: labelOf(GMIS_QUESTIONS, question),
      column: inFile?.column ?? column,
      yes: yes.join('\n'),
      no: no.join('\n'),
      found: (inFile?.values ?? []).slice(0, MOST_FOUND).map(({ value, count }) => {
        const is = readAs(mapping[question], value)
        return { value, count, readAs: is === null ? 'unknown' : is ? 'yes' : 'no' }
      }),
      errors: {
        column: errors[`${question}-column`] ?? '',
        yes: errors[`${question}-yes`] ?? '',
        no: errors[`${question}-no`] ?? '',
      },
    }
  })
}

/** Whether a question is answered by another column of the file than before: its values have not been seen yet. */
function hasOtherColumns(stores: Stores, stage: NonNullable<Stage>, mapping: GmisMapping): boolean {
  const columns = (of?: GmisMapping) => readGmis(stores, stage, of).questions.map(({ column }) => column)
  const before = columns()
  return columns(mapping).some((column, index) => column !== null && column !== before[index])
}
