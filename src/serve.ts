import { randomBytes } from 'node:crypto'
import { type AppDeps, buildApp } from './app.ts'
import type { Config } from './config.ts'
import { databaseProblem } from './database-problem.ts'
import { openingFault } from './db/opening-fault.ts'
import { openStores } from './db/stores.ts'
import { forgetKeys, installationKeysOf } from './installation-keys.ts'
import { receiptMailsFrom } from './mail/receipt-mail.ts'
import { startMailSender } from './mail/sender.ts'
import { metricsOf } from './metrics-of.ts'
import { leavingMails } from './office/mail/leaving.ts'
import { type OpenedSurvey, openSurvey } from './open-survey.ts'
import { startRecordLog } from './record-log.ts'
import { openRehearsal } from './rehearsal/rehearsal.ts'
import { START_CODES, StartProblem } from './start-problem.ts'
import { VERSION } from './version.ts'
import { type ConnectionLimits, limitsFor } from './web/limits.ts'
import { LOG_SERIALIZERS } from './web/log.ts'
import { logLines } from './web/log-lines.ts'

export interface RunningServer {
  /** Where each side listens, e.g. http://127.0.0.1:3000 */
  publicAddress: string
  adminAddress: string
  /** Where the first administrator is registered, by whoever reads it; null where somebody may log in. */
  setupAddress: string | null
  /** Where a new database was made; null where there was one. */
  newDatabase: string | null
  close(): Promise<void>
}

/** Config → database → one listener, or one for each side → the sender of mail, where there is a mail server. */
export async function serve(
  config: Config,
  now: () => Date,
  limits: ConnectionLimits = limitsFor(openFiles()),
): Promise<RunningServer> {
  const survey = openSurvey(config, { mayCreate: true })
  try {
    return await serveSurvey(survey, config, now, limits)
  } catch (error) {
    survey.database.close()
    throw error
  }
}

async function serveSurvey(
  { database, receiptKey, isNew, tightened }: OpenedSurvey,
  config: Config,
  now: () => Date,
  limits: ConnectionLimits,
): Promise<RunningServer> {
  const stores = openStores(database.db, now)
  const { staff, purge, audit, outbox, signingKeys } = stores
  const ended = purge.last()
  // What a kill, or another program that read the file, kept from being done.
  if (ended && !ended.isSwept) {
    forgetKeys(config)
    purge.sweep(now())
  }
  const isOver = ended !== null
  // Kept nowhere: another start makes another.
  const setupToken = staff.isNobodyHere() && !isOver ? randomBytes(24).toString('base64url') : null
  const keys = installationKeysOf(config, { receiptKey, signingKeys }, now)
  audit.guardsRestored(database.guardsTakenOff, now())
  const logger = { level: config.logLevel, serializers: LOG_SERIALIZERS, stream: logLines() }
  const rehearsal = openRehearsal({
    ...{ database, now, sides: config.adminListener ? ['public', 'admin'] : ['both'] },
    build: (side, copy, rehearsal) =>
      buildApp({ ...copy, config, now, side, copy, rehearsal, logger, limits }),
    failed: (error) => publicApp.log.error({ err: error }, 'the rehearsal failed'),
  })
  const metrics = await metricsOf(database, config, now)
  const build = (side: AppDeps['side']) =>
    buildApp({
      ...{ config, database, now, keys, side, setupToken, rehearsal, metrics, logger, limits },
      forgetKeys: () => forgetKeys(config),
    })

  const publicApp = await build(config.adminListener ? 'public' : 'both')
  const adminApp = config.adminListener ? await build('admin') : null
  const apps = adminApp ? [publicApp, adminApp] : [publicApp]
  if (tightened.length > 0)
    publicApp.log.warn({ files: tightened }, 'files that other accounts could read are the owner’s alone now')
  publicApp.log.info({ version: VERSION }, 'kakuho starts')
  const publicAddress = await publicApp.listen({ host: config.host, port: config.port })
  const adminAddress = adminApp ? await adminApp.listen(config.adminListener!) : publicAddress
  const { mail, publicUrl } = config
  const { log } = publicApp
  const recordLog = startRecordLog({ head: audit.head, signer: keys.signer, now, log })
  const receiptMail = receiptMailsFrom(stores, publicUrl)
  const written = leavingMails(stores, { invitationKey: keys.invitationKey, publicUrl, receiptMail })
  const { writable } = database
  const sender = mail && startMailSender({ outbox, mail, now, log, written, writable })
  return {
    publicAddress,
    adminAddress,
    newDatabase: isNew ? config.databasePath : null,
    setupAddress: setupToken && `${adminBase(config, adminAddress)}/admin/setup?token=${setupToken}`,
    async close() {
      await Promise.all([...apps.map((app) => app.close()), atMost(limits.end, sender?.close())])
      await rehearsal.close()
      recordLog.close()
      database.close()
    },
  }
}

/** As a browser reaches the officers' side: by a listener of its own, or where the survey is said to be. */
function adminBase({ adminListener, publicUrl, isPublicUrlSet }: Config, address: string): string {
  return adminListener || !isPublicUrlSet ? address : publicUrl
}

/** Why a start failed for a reason its operator can mend, in Japanese; null for anything else. */
export function startProblem(error: unknown): StartProblem | null {
  if (error instanceof StartProblem) return error
  const { code, port, syscall } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRNOTAVAIL' || (syscall === 'getaddrinfo' && code !== undefined))
    return new StartProblem(
      START_CODES.failed,
      'HOST（またはADMIN_HOST）のアドレスは、このサーバーのものではありません。このサーバーのアドレス（例：127.0.0.1）を指定してください。',
    )
  if (port === undefined) return fileProblem(error)
  if (code === 'EADDRINUSE')
    return new StartProblem(
      START_CODES.failed,
      `ポート${port}は使用中です。PORTで別のポートを指定してください（例：PORT=3001）。`,
    )
  if (code === 'EACCES')
    return new StartProblem(
      START_CODES.failed,
      `ポート${port}を使う権限がありません。PORTで1024以上のポートを指定してください。`,
    )
  return null
}

/** Beside the database something cannot be written, or the first writing to it fails. */
function fileProblem(error: unknown): StartProblem | null {
  const fault = openingFault(error)
  return fault && databaseProblem(fault, (error as NodeJS.ErrnoException).path ?? 'DATABASE_PATH')
}

/** No longer than a listener may take to end: a mail that is just being sent is sent again after the next start. */
async function atMost(milliseconds: number, work: Promise<void> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, over])
  clearTimeout(timer)
}

/** How many files this process may hold open; undefined where the system does not tell. */
function openFiles(): unknown {
  // Else it looks up the names of all that is connected.
  Object.assign(process.report, { excludeNetwork: true })
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } }
  return userLimits?.open_files?.soft
}
