import type { FastifyInstance } from 'fastify'
import { draftReader } from '../office/draft/draft.ts'
import { dashboardRoutes } from './dashboard/dashboard.ts'
import { gmisRoutes } from './gmis/routes.ts'
import { carryOverRoutes } from './hospitals/carry-over.ts'
import { hospitalRoutes } from './hospitals/hospital.ts'
import { hospitalListRoutes } from './hospitals/list.ts'
import { overrideRoutes } from './hospitals/overrides.ts'
import { lateLinkRoutes } from './late-links/list.ts'
import { nextEditionRoutes } from './next-edition/next-edition.ts'
import type { AdminOptions } from './options.ts'
import { registerFrame } from './page.ts'
import { policyRoutes } from './policy/routes.ts'
import { registerRefusals } from './refusals.ts'
import { roundRoutes } from './rounds/routes.ts'
import { orderRoutes } from './selection/order.ts'
import { orderDifferenceRoutes } from './selection/order-difference.ts'
import { selectionRoutes } from './selection/selection.ts'
import { registerGuard } from './session/guard.ts'
import { loginRoutes } from './session/login.ts'
import { passwordRoutes } from './session/password.ts'
import { registerSession } from './session/session.ts'
import { unsentRoutes } from './session/unsent.ts'
import { ministryColumnRoutes } from './settings/ministry-columns.ts'
import { settingsRoutes } from './settings/settings.ts'
import { submissionListRoutes } from './submissions/list.ts'
import { submissionRoutes } from './submissions/submission.ts'
import { tallyRoutes } from './tally/routes.ts'
import { registerUploads } from './upload.ts'

/** The officers' side: everything but the login needs a session. */
export async function adminSide(app: FastifyInstance, options: AdminOptions): Promise<void> {
  await registerSession(app, options)
  await registerUploads(app)
  registerGuard(app, options)
  registerFrame(app, options.stores.staff)
  registerRefusals(app, options.stores)
  await loginRoutes(app, options)
  passwordRoutes(app, options)
  unsentRoutes(app, options.stores)
  submissionListRoutes(app, options)
  submissionRoutes(app, options)
  lateLinkRoutes(app, options)
  gmisRoutes(app, options)
  const readDraft = draftReader(options)
  dashboardRoutes(app, options, readDraft)
  tallyRoutes(app, options, readDraft)
  selectionRoutes(app, options, readDraft)
  orderRoutes(app, options, readDraft)
  orderDifferenceRoutes(app, options, readDraft)
  hospitalListRoutes(app, options, readDraft)
  carryOverRoutes(app, options)
  nextEditionRoutes(app, options)
  hospitalRoutes(app, options, readDraft)
  overrideRoutes(app, options, readDraft)
  roundRoutes(app, options, readDraft)
  policyRoutes(app, options, readDraft)
  settingsRoutes(app, options)
  ministryColumnRoutes(app, options)
}
