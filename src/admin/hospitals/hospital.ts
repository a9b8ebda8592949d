import type { FastifyInstance } from 'fastify'
import type { ReadDraft } from '../../office/draft/draft.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { hospitalActRoutes } from './hospital-act.ts'
import { type HospitalModel, hospitalModel } from './hospital-page.ts'
import { moveActs } from './move-acts.ts'
import { overrideActs } from './override-acts.ts'

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/hospital': HospitalModel
  }
}

interface Coded {
  Params: { code: string }
}

/** One hospital of the master, and what an officer may decide about it. */
export function hospitalRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  const { stores } = options

  app.get<Coded>('/hospitals/:code', forReaders, async (request, reply) => {
    const draft = readDraft()
    const hospital = draft.hospitals.find(({ key }) => key === request.params.code)
    if (!hospital) return refusal(reply, 'not-found')
    const model = hospitalModel(stores, draft, hospital, {
      done: DONE.get(fieldsOf(request.query).get('done')) ?? null,
      asksStability: fieldsOf(request.query).get('stability') === 'show',
    })
    return adminPage(reply, 'admin/hospitals/hospital', model)
  })

  for (const act of [...overrideActs(stores), ...moveActs(stores)])
    hospitalActRoutes(app, options, readDraft, act)
}

const DONE = new Map([
  ['designate', '県の指定を登録しました。選定案に反映しています。'],
  ['exclude', '対象外とする判断を登録しました。選定案に反映しています。'],
  ['override-undone', '県の判断を取り消しました。選定案に反映しています。'],
  ['moved', '順位を変更しました。選定案に反映しています。'],
  ['move-undone', '順位の変更を取り消しました。選定案に反映しています。'],
])
