import type { FastifyInstance } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { keptPage } from '../../web/kept-page.ts'
import type { SurveyOptions } from '../options.ts'
import {
  type Asking,
  answering,
  isTrapped,
  numbered,
  parserFor,
  STORES_NOTHING,
  TRAPPED,
  typedIn,
} from './answering.ts'
import { confirmPage } from './confirm.ts'
import { decisionSheetPage } from './decision-sheet.ts'
import { draftRoutes } from './draft-link.ts'
import { type SurveyForm, surveyForm } from './form.ts'
import { withinPeriod } from './gate.ts'
import { lateRoutes } from './late.ts'
import { OPEN_DOOR, sendingRoute } from './send.ts'

/** 入力 → 確認 → 完了. Nothing is kept on the server before the end: each page carries the whole answer. */
export function answerRoutes(app: FastifyInstance, options: SurveyOptions): void {
  const { stores, now } = options
  const { hospitals } = stores
  const onlyInPeriod = { preHandler: withinPeriod(hospitals.byCode), ...STORES_NOTHING }
  const form = surveyForm(stores)
  const asking = askingInPeriod(stores, form)

  keptPage(app, '/survey', (site, view) =>
    site.state === 'open'
      ? view('survey/answer/form', form.blank(site))
      : view('survey/answer/outside-period', { lines: [] }),
  )

  // Asked for by GET these pages have nothing to show: an address typed or kept leads to the form.
  for (const url of ['/survey/form', '/survey/confirm', '/survey/print'])
    app.get(url, (_request, reply) => reply.redirect('/survey', 303))

  app.post('/survey/form', onlyInPeriod, (request, reply) => asking.form(reply, typedIn(request), {}))

  app.post(
    '/survey/confirm',
    onlyInPeriod,
    answering(numbered(asking), (submission, reply) => confirmPage(reply, submission, stores)),
  )
  app.post(
    '/survey/print',
    onlyInPeriod,
    answering(numbered(asking), (submission, reply) =>
      decisionSheetPage(reply, submission, { findHospital: hospitals.byCode, now: now() }),
    ),
  )
  sendingRoute(app, options, asking, OPEN_DOOR)
  draftRoutes(app, options, form)
  lateRoutes(app, options)
}

/** The form of the survey, which programs that fill in every form are to fall into. */
function askingInPeriod(stores: Stores, { page }: SurveyForm): Asking {
  const parse = parserFor(stores)
  return {
    typed: typedIn,
    parse: (typed, request) => (isTrapped(request) ? { ok: false, errors: TRAPPED } : parse(typed, request)),
    form: (reply, typed, errors) => page(reply, typed, { errors }),
  }
}
