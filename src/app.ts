import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { adminSide } from './admin/plugin.ts'
import type { Config } from './config.ts'
import type { OpenDatabase } from './db/open.ts'
import { openStores, type Stores } from './db/stores.ts'
import { asUnavailable } from './db/unavailable.ts'
import type { InstallationKeys } from './installation-keys.ts'
import { receiptMailsFrom } from './mail/receipt-mail.ts'
import { endedSurvey } from './office/retention.ts'
import type { Copy } from './rehearsal/copy.ts'
import { registerDoor } from './rehearsal/door.ts'
import type { Rehearsal } from './rehearsal/rehearsal.ts'
import { surveySide } from './survey/routes.ts'
import { registerAssets } from './web/assets.ts'
import { type Counting, registerCounting, registerMetrics } from './web/counting.ts'
import { registerEnd } from './web/ended.ts'
import { registerErrorPages } from './web/errors.ts'
import { registerFailures } from './web/failures.ts'
import { LONGEST_FORM, registerForms } from './web/forms.ts'
import { registerHealth } from './web/health.ts'
import { registerIndexing } from './web/indexing.ts'
import { CONNECTION_LIMITS, type ConnectionLimits } from './web/limits.ts'
import { listenerOptions, registerListener } from './web/listener.ts'
import { RequestLog } from './web/log.ts'
import { isUnprotected, warnOfPlainHttp } from './web/plain-http.ts'
import { warnOfUnknownProxy } from './web/proxy.ts'
import { registerRequestIds, requestIds } from './web/request-id.ts'
import { registerSecurityHeaders } from './web/security.ts'
import { registerSite, type SiteReaders } from './web/site.ts'
import { ownAddress, readableAddress, registerTidyAddresses } from './web/tidy-address.ts'
import { registerViews } from './web/views.ts'
import { registerWriting } from './web/writing.ts'

export interface AppDeps {
  config: Config
  database: OpenDatabase
  now: () => Date
  keys: InstallationKeys
  /** `both` on one listener, or each of the two on its own. */
  side: 'both' | 'public' | 'admin'
  /** Opens the page of the first administrator; null where somebody may log in already. */
  setupToken?: string | null
  /** 調査の試験, where one can be held. */
  rehearsal?: Rehearsal | null
  /** What is served is the copy of a rehearsal, and this is it; null for the survey itself. */
  copy?: Copy | null
  /** Removes what opens nothing any more, once the keeping is over. */
  forgetKeys?: () => void
  /** Counts what is answered; null where nobody asks. Never of a copy. */
  metrics?: Counting | null
  logger: NonNullable<FastifyServerOptions['logger']>
  limits?: ConnectionLimits
}

/** What a copy answers is for one browser alone, whatever the same address may say to everybody. */
function keepOutOfSharedCaches(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply) => {
    if (String(reply.getHeader('cache-control')).startsWith('public'))
      reply.header('cache-control', 'private, no-cache')
  })
}

/** What every page says of the survey. */
function siteReaders(stores: Stores): SiteReaders {
  const { settings, notice, questions } = stores
  return {
    stamp: stores.shownStamp,
    settings: settings.read,
    notice: () => notice.current().notice,
    further: questions.all,
    ended: () => endedSurvey(stores),
    isUnavailable: (error) => asUnavailable(error) !== null,
  }
}

/** Node takes no longer head of a request. */
const LONGEST_HEAD = 16_384

/** Who is near a limit is not told how near, only when to come again. */
const UNTOLD = Object.fromEntries(
  (['addHeaders', 'addHeadersOnExceeding'] as const).map((which) => [
    which,
    { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  ]),
)

/** Everything that is registered, in order. */
export async function buildApp({
  config,
  database,
  now,
  keys,
  side,
  setupToken = null,
  rehearsal = null,
  copy = null,
  forgetKeys = () => {},
  metrics = null,
  logger,
  limits = CONNECTION_LIMITS,
}: AppDeps): Promise<FastifyInstance> {
  const stores = copy?.stores ?? openStores(database.db, now, keys.signer)
  const refused = (status: number) => metrics?.refused(status)
  const https = config.publicUrl.startsWith('https:')
  const app = Fastify({
    logger,
    logController: new RequestLog(),
    trustProxy: [...config.trustProxy],
    genReqId: requestIds(config.trustProxy),
    bodyLimit: LONGEST_FORM,
    // The router answers by itself, in English, what it cannot read, and what is longer than this.
    rewriteUrl: ({ url = '/' }) => readableAddress(ownAddress(url)),
    routerOptions: { maxParamLength: LONGEST_HEAD },
    ...listenerOptions({ https, limits, maxHeaderSize: LONGEST_HEAD, refused }),
  })

  registerSite(app, siteReaders(stores), now)
  registerRequestIds(app)
  if (metrics) registerCounting(app, metrics)
  registerSecurityHeaders(app, config)
  registerListener(app, { https, limits, refused })
  registerIndexing(app, side)
  warnOfUnknownProxy(app, config)
  warnOfPlainHttp(app, config)
  registerTidyAddresses(app)
  await registerForms(app)
  await app.register(rateLimit, { global: false, ...UNTOLD })
  await registerViews(app, { cache: config.keepsViews, isRehearsal: copy !== null })
  registerErrorPages(app, side)
  registerFailures(app, asUnavailable)
  registerWriting(app, database)
  registerEnd(app)
  if (copy) keepOutOfSharedCaches(app)
  if (rehearsal && !copy) registerDoor(app, { rehearsal, side, https })
  await registerAssets(app)
  registerHealth(app, database)
  if (metrics && config.metricsToken && side !== 'public') registerMetrics(app, metrics, config.metricsToken)
  database.serve((error) => app.log.error({ reason: (error as Error).message }, 'the database file'))
  const mail = config.mail ? receiptMailsFrom(stores, config.publicUrl) : undefined
  const { publicUrl } = config
  const sendsMail = mail !== undefined
  const { sessionSecret: secret, invitationKey } = keys
  if (side !== 'admin')
    await app.register(surveySide, { stores, now, mail, publicUrl, secret, invitationKey })
  if (side !== 'public')
    await app.register(adminSide, {
      prefix: '/admin',
      ...{ stores, now, https, publicUrl, mail, sendsMail, setupToken },
      ...keys,
      ...{ rehearsal, isRehearsal: copy !== null, forgetKeys, isUnprotected: isUnprotected(config) },
      writable: () => database.writable(),
    })
  return app
}
