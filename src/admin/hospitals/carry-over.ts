import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { hospitalText } from '../../domain/master/hospital.ts'
import { fiscalYearText } from '../../domain/text/dates.ts'
import { type CarryOverPlan, planCarryOver } from '../../office/master/carry-over.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forOfficers } from '../access.ts'
import { hospitalPath } from '../list/cell.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage, type ErrorLine, errorLines } from '../page.ts'
import { officerOf } from '../session/officer.ts'
import { sealed, unsealed } from '../session/sealed.ts'
import { LARGEST_UPLOAD, uploadedFile } from '../upload.ts'

interface CarryOverModel {
  year: string
  errors: { file: string; year: string }
  errorSummary: ErrorLine[]
  /** What a file that was chosen would put down. */
  plan: ShownPlan | null
  done: { yearText: string; changed: number } | null
}

interface ShownPlan {
  fileName: string
  yearText: string
  edition: string
  added: { name: string; href: string }[]
  already: { name: string; href: string }[]
  unknown: { name: string; code: string }[]
  /** Carried along: nothing else is put down than was shown. */
  sealed: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/carry-over': CarryOverModel
  }
}

const PATH = '/hospitals/carry-over'

/** What the form of a shown plan brings back. */
const planSchema = z.object({
  keys: z.array(z.string()),
  year: z.number(),
  archive: z.object({ round: z.number(), edition: z.number(), sha256: z.string() }),
  source: z.string(),
  unknown: z.number(),
})

/** 過去の支援の引継ぎ: who was supported in an earlier year, from the archive of that year's selection. */
export function carryOverRoutes(app: FastifyInstance, { stores, now, sessionSecret }: AdminOptions): void {
  function show(reply: FastifyReply, extras: Partial<CarryOverModel> = {}) {
    const { fiscalYear } = reply.request.site
    const errors = extras.errors ?? { file: '', year: '' }
    return adminPage(reply, 'admin/hospitals/carry-over', {
      year: fiscalYear === null ? '' : fiscalYearText(fiscalYear - 1),
      plan: null,
      done: null,
      ...extras,
      errors,
      errorSummary: errorLines(errors),
    })
  }

  app.get(PATH, forOfficers, async (request, reply) => {
    const query = fieldsOf(request.query)
    const year = Number(query.get('year'))
    const isDone = query.get('done') === 'yes' && Number.isInteger(year) && year >= 2000 && year < 2100
    const done = { yearText: isDone ? fiscalYearText(year) : '', changed: Number(query.get('changed')) || 0 }
    return show(reply, { done: isDone ? done : null })
  })

  app.post(PATH, { config: { role: 'officer', upload: true } }, async (request, reply) => {
    const year = fieldsOf(request.body).get('year')
    const file = uploadedFile(request.body, 'file')
    const refuse = (errors: Partial<CarryOverModel['errors']>) =>
      show(reply.code(422), { year, errors: { file: '', year: '', ...errors } })
    if (!file) return refuse({ file: '前の調査の保存用一式を選択してください。' })
    if (file.isTooLarge) return refuse({ file: TOO_LARGE })
    const planned = await planCarryOver(stores, file.bytes, year)
    if (planned.ok) return show(reply, { year, plan: shownPlan(planned.plan, file.name, sessionSecret) })
    const { field, message } = planned
    return refuse({ [field]: field === 'file' ? `「${file.name}」は取り込めません。${message}` : message })
  })

  const toApply = { config: { role: 'officer', act: '過去の支援の引継ぎ' } } as const
  app.post(`${PATH}/apply`, toApply, async (request, reply) => {
    const plan = planIn(fieldsOf(request.body).get('plan'), sessionSecret)
    if (!plan) return show(reply.code(409), { errors: { file: GONE, year: '' } })
    const by = { actor: officerOf(request).login, at: now() }
    const changed = stores.supportedYears.add(plan.keys, { ...plan, ...by })
    return reply.redirect(`/admin${PATH}?done=yes&year=${plan.year}&changed=${changed}`, 303)
  })
}

function shownPlan(plan: CarryOverPlan, fileName: string, secret: string): ShownPlan {
  const { added, already, unknown, year, archive } = plan
  const named = (hospitals: CarryOverPlan['added']) =>
    hospitals.map((hospital) => ({ name: hospitalText(hospital), href: hospitalPath(hospital.key) }))
  const keys = [...added, ...already].map(({ key }) => key)
  const carried = { keys, year, archive, source: fileName, unknown: unknown.length }
  return {
    fileName,
    yearText: plan.yearText,
    edition: plan.edition,
    added: named(added),
    already: named(already),
    unknown: unknown.map(({ name, medicalCode, naviiCode, code }) => ({
      name,
      code: medicalCode ?? naviiCode ?? code,
    })),
    sealed: sealed(JSON.stringify(carried), secret),
  }
}

/** Null where it is none that was shown here. */
function planIn(text: string, secret: string): z.infer<typeof planSchema> | null {
  try {
    return planSchema.parse(JSON.parse(unsealed(text, secret)))
  } catch {
    // Sealed with another secret, cut off, or made up: all of them have to be shown anew.
    return null
  }
}

const TOO_LARGE = `ファイルが大きすぎます。${LARGEST_UPLOAD / 1024 / 1024}MBまでのファイルを選択してください。`
const GONE = '確認していた内容が残っていません。保存用一式をもう一度選択してください。'
