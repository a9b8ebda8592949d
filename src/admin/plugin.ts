import type { FastifyInstance } from 'fastify'
import { draftReader } from '../office/draft/draft.ts'
import { acceptanceRoutes } from './acceptance/acceptance.ts'
import { accountRoutes } from './account/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { dashboardRoutes } from './dashboard/dashboard.ts'
import { disclosureRoutes } from './disclosure/routes.ts'
import { fairnessRoutes } from './fairness/fairness.ts'
import { gmisRoutes } from './gmis/routes.ts'
import { helpRoutes } from './help/help.ts'
import { byHandRoutes } from './hospitals/by-hand.ts'
import { carryOverRoutes } from './hospitals/carry-over.ts'
import { hospitalRoutes } from './hospitals/hospital.ts'
import { hospitalListRoutes } from './hospitals/list.ts'
import { masterRoutes } from './hospitals/master.ts'
import { overrideRoutes } from './hospitals/overrides.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { lateLinkRoutes } from './late-links/list.ts'
import { letterRoutes } from './letters/letters.ts'
import { lotRoutes } from './lot/lot.ts'
import { nextEditionRoutes } from './next-edition/next-edition.ts'
import { nonrespondentRoutes } from './nonrespondents/routes.ts'
import { noticeRoutes } from './notice/notice.ts'
import type { AdminOptions } from './options.ts'
import { packageRoutes } from './package/package.ts'
import { registerFrame } from './page.ts'
import { policyRoutes } from './policy/routes.ts'
import { pointsRoutes } from './publication/points.ts'
import { publicationRoutes } from './publication/publication.ts'
import { purgeRoutes } from './purge/purge.ts'
import { furtherQuestionRoutes } from './questions/questions.ts'
import { registerRefusals } from './refusals.ts'
import { rehearsalRoutes } from './rehearsal/rehearsal.ts'
import { reminderRoutes } from './reminders/routes.ts'
import { reportRoutes } from './reports/reports.ts'
import { roundRoutes } from './rounds/routes.ts'
import { orderRoutes } from './selection/order.ts'
import { orderDifferenceRoutes } from './selection/order-difference.ts'
import { selectionRoutes } from './selection/selection.ts'
import { codeRoutes } from './session/code.ts'
import { registerGuard } from './session/guard.ts'
import { loginRoutes } from './session/login.ts'
import { passwordRoutes } from './session/password.ts'
import { proofRoutes } from './session/proof.ts'
import { registerSession } from './session/session.ts'
import { typedByOfficer, unsentRoutes } from './session/unsent.ts'
import { registerWalkers } from './session/walkers.ts'
import { ministryColumnRoutes } from './settings/ministry-columns.ts'
import { settingsRoutes } from './settings/settings.ts'
import { signingKeyRoutes } from './settings/signing-key.ts'
import { setupRoutes } from './setup/setup.ts'
import { answerRoutes } from './submissions/routes.ts'
import { tallyRoutes } from './tally/routes.ts'
import { undeliveredRoutes } from './undelivered/undelivered.ts'
import { registerUploads } from './upload.ts'
import { usersRoutes } from './users/routes.ts'

/** The officers' side: everything but the login needs a session. */
export async function adminSide(app: FastifyInstance, options: AdminOptions): Promise<void> {
  await registerSession(app, options)
  registerWalkers(app, options)
  await registerUploads(app)
  registerGuard(app, options)
  registerFrame(app, options.stores.staff)
  registerRefusals(app, options.stores)
  app.decorate('typedLines', typedByOfficer)
  await loginRoutes(app, options)
  setupRoutes(app, options)
  passwordRoutes(app, options)
  codeRoutes(app, options)
  proofRoutes(app, options)
  accountRoutes(app, options)
  unsentRoutes(app, options.stores)
  answerRoutes(app, options)
  lateLinkRoutes(app, options)
  noticeRoutes(app, options)
  furtherQuestionRoutes(app, options)
  helpRoutes(app, options)
  packageRoutes(app, options)
  rehearsalRoutes(app, options)
  disclosureRoutes(app, options)
  gmisRoutes(app, options)
  nonrespondentRoutes(app, options)
  reminderRoutes(app, options)
  invitationRoutes(app, options)
  const readDraft = draftReader(options)
  dashboardRoutes(app, options, readDraft)
  undeliveredRoutes(app, options)
  tallyRoutes(app, options, readDraft)
  selectionRoutes(app, options, readDraft)
  fairnessRoutes(app, options, readDraft)
  orderRoutes(app, options, readDraft)
  orderDifferenceRoutes(app, options, readDraft)
  lotRoutes(app, options, readDraft)
  hospitalListRoutes(app, options, readDraft)
  masterRoutes(app, options)
  carryOverRoutes(app, options)
  nextEditionRoutes(app, options)
  purgeRoutes(app, options)
  hospitalRoutes(app, options, readDraft)
  byHandRoutes(app, options, readDraft)
  overrideRoutes(app, options, readDraft)
  roundRoutes(app, options, readDraft)
  acceptanceRoutes(app, options)
  publicationRoutes(app, options)
  pointsRoutes(app, options)
  reportRoutes(app, options)
  letterRoutes(app, options)
  policyRoutes(app, options, readDraft)
  settingsRoutes(app, options)
  signingKeyRoutes(app, options)
  ministryColumnRoutes(app, options)
  usersRoutes(app, options)
  auditRoutes(app, options)
}
