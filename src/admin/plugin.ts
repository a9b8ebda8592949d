import type { FastifyInstance } from 'fastify'
import type { Stores } from '../db/stores.ts'
import { dashboardRoutes } from './dashboard.ts'
import { decisionRoutes } from './decisions.ts'
import { registerGuard } from './guard.ts'
import { hospitalRoutes } from './hospital.ts'
import { hospitalListRoutes } from './hospitals.ts'
import { lateLinkRoutes } from './late-links.ts'
import { loginRoutes } from './login.ts'
import { overrideRoutes } from './overrides.ts'
import { passwordRoutes } from './password-page.ts'
import { policyRoutes } from './policy.ts'
import { registerRefusals } from './refusals.ts'
import { scenariosRoutes } from './scenarios.ts'
import { selectionRoutes } from './selection.ts'
import { draftReader } from './selection-draft.ts'
import { selectionOrderRoutes } from './selection-order.ts'
import { registerSession } from './session.ts'
import { settingsRoutes } from './settings.ts'
import { submissionRoutes } from './submission.ts'
import { submissionListRoutes } from './submissions.ts'
import { unsentRoutes } from './unsent.ts'
import { registerUploads } from './upload.ts'

export interface AdminOptions {
  stores: Stores
  now: () => Date
  sessionSecret: string
  /** Whether browsers reach this side by https: cookies are then marked Secure. */
  https: boolean
  /** Where the hospitals' side is reached, without a slash at the end. */
  publicUrl: string
}

/** The officers' side: everything but the login needs a session. */
export async function adminSide(app: FastifyInstance, options: AdminOptions): Promise<void> {
  await registerSession(app, options)
  await registerUploads(app)
  registerGuard(app, options)
  registerRefusals(app)
  await loginRoutes(app, options)
  passwordRoutes(app, options)
  unsentRoutes(app)
  submissionListRoutes(app, options)
  submissionRoutes(app, options)
  lateLinkRoutes(app, options)
  const readDraft = draftReader(options)
  dashboardRoutes(app, options, readDraft)
  selectionRoutes(app, options, readDraft)
  hospitalListRoutes(app, options, readDraft)
  hospitalRoutes(app, options, readDraft)
  overrideRoutes(app, options, readDraft)
  selectionOrderRoutes(app, options, readDraft)
  decisionRoutes(app, options, readDraft)
  policyRoutes(app, options, readDraft)
  scenariosRoutes(app, options, readDraft)
  settingsRoutes(app, options)
}
