import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { type AppDeps, buildApp } from './app.ts'
import type { Config } from './config.ts'
import { openStores } from './db/stores.ts'
import { invitationKeyBeside } from './invitation-key.ts'
import { receiptMailsFrom } from './mail/receipt-mail.ts'
import { startMailSender } from './mail/sender.ts'
import { leavingMails } from './office/mail/leaving.ts'
import { openWithReceiptKey } from './receipt-key.ts'
import { startRecordLog } from './record-log.ts'
import { openRehearsal } from './rehearsal/rehearsal.ts'
import { sessionSecretOf } from './session-secret.ts'
import { signerBeside } from './signing-key.ts'

export interface RunningServer {
  /** Where each side listens, e.g. http://127.0.0.1:3000 */
  publicAddress: string
  adminAddress: string
  /** Where the first administrator is registered, by whoever reads it; null where somebody may log in. */
  setupAddress: string | null
  close(): Promise<void>
}

/** Config → database → one listener, or one for each side → the sender of mail, where there is a mail server. */
export async function serve(config: Config, now: () => Date): Promise<RunningServer> {
  const { database, receiptKey } = openWithReceiptKey(config)
  const sessionSecret = sessionSecretOf(config)
  // Kept nowhere: another start makes another.
  const { staff } = openStores(database.db, now)
  const setupToken = staff.isNobodyHere() ? randomBytes(24).toString('base64url') : null
  const invitationKey = invitationKeyBeside(config)
  const { audit, signingKeys } = openStores(database.db, now)
  const signer = signerBeside(config, signingKeys, now)
  audit.guardsRestored(database.guardsTakenOff, now())
  const logger = loggerOptions(config)
  const rehearsal = openRehearsal({
    ...{ database, now, sides: config.adminListener ? ['public', 'admin'] : ['both'] },
    build: (side, copy, rehearsal) => buildApp({ ...copy, config, now, side, copy, rehearsal, logger }),
    failed: (error) => publicApp.log.error({ err: error }, 'the rehearsal failed'),
  })
  const build = (side: AppDeps['side']) =>
    buildApp({
      ...{
        config,
        database,
        now,
        sessionSecret,
        invitationKey,
        receiptKey,
        signer,
        side,
        setupToken,
        rehearsal,
        logger,
      },
    })

  const publicApp = await build(config.adminListener ? 'public' : 'both')
  const adminApp = config.adminListener ? await build('admin') : null
  const apps = adminApp ? [publicApp, adminApp] : [publicApp]
  for (const app of apps) closeIdleConnectionsWhileClosing(app)
  const publicAddress = await publicApp.listen({ host: config.host, port: config.port })
  const adminAddress = adminApp ? await adminApp.listen(config.adminListener!) : publicAddress
  const { mail, publicUrl } = config
  const stores = openStores(database.db, now)
  const recordLog = startRecordLog({ head: stores.audit.head, signer, now, log: publicApp.log })
  const receiptMail = receiptMailsFrom(stores, publicUrl)
  const written = leavingMails(stores, { invitationKey, publicUrl, receiptMail })
  const sender = mail && startMailSender({ outbox: stores.outbox, mail, now, log: publicApp.log, written })
  return {
    publicAddress,
    adminAddress,
    setupAddress: setupToken && `${adminBase(config, adminAddress)}/admin/setup?token=${setupToken}`,
    async close() {
      await Promise.all(apps.map((app) => app.close()))
      await rehearsal.close()
      await sender?.close()
      recordLog.close()
      database.close()
    },
  }
}

/** As a browser reaches the officers' side: by a listener of its own, or where the survey is said to be. */
function adminBase({ adminListener, publicUrl, isPublicUrlSet }: Config, address: string): string {
  return adminListener || !isPublicUrlSet ? address : publicUrl
}

/** What to do when a start failed for a reason its operator can mend, in Japanese; null for anything else. */
export function startProblem(error: unknown): string | null {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE')
    return `ポート${port}は使用中です。PORTで別のポートを指定してください（例：PORT=3001）。`
  if (code === 'EACCES')
    return `ポート${port}を使う権限がありません。PORTで1024以上のポートを指定してください。`
  return null
}

/** Browsers keep connections open for a minute: requests in flight finish, the idle rest is cut. */
function closeIdleConnectionsWhileClosing(app: FastifyInstance): void {
  app.addHook('preClose', async () => {
    const timer = setInterval(() => app.server.closeIdleConnections(), 100)
    timer.unref()
    app.server.once('close', () => clearInterval(timer))
  })
}

function loggerOptions({ logLevel }: Config): NonNullable<FastifyServerOptions['logger']> {
  return {
    level: logLevel,
    serializers: {
      req: ({ method, url, ip }: { method: string; url: string; ip: string }) => ({
        method,
        url: withoutSecrets(url),
        ip,
      }),
    },
  }
}

/** 確認コード, the tokens of links and what people search for stay out of the log. */
export function withoutSecrets(url: string): string {
  return url
    .replace(/\?.*$/, '?…')
    .replace(/^(\/receipts\/[^/]+)\/[^/]+/, '$1/…')
    .replace(/^(\/(?:late|i|rehearsal))\/[^/]+/, '$1/…')
}
