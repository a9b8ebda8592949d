import { rmSync } from 'node:fs'
import type { Config } from './config.ts'
import { installationFiles } from './installation.ts'

/**
 * Of a survey whose keeping is over: no receipt, no link, no draft and no session is left that they would open. The
 * signing key stays, as what it signed is still looked at.
 */
export function forgetKeys(config: Pick<Config, 'databasePath'>): void {
  if (config.databasePath === ':memory:') return
  const { receiptKey, invitationKey, sessionSecret } = installationFiles(config)
  for (const path of [receiptKey, invitationKey, sessionSecret]) rmSync(path, { force: true })
}
