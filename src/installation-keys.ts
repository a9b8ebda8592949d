import { rmSync } from 'node:fs'
import type { Config } from './config.ts'
import type { SigningKeyStore } from './db/signing-keys.ts'
import type { InvitationKey } from './domain/survey/invitation.ts'
import type { Signer } from './domain/text/ed25519.ts'
import { installationFiles } from './installation.ts'
import { invitationKeyBeside } from './invitation-key.ts'
import { sessionSecretOf } from './session-secret.ts'
import { signerBeside } from './signing-key.ts'
import { START_CODES, StartProblem } from './start-problem.ts'

/** All that opens or signs something of one survey: each in a file of its own beside the database, none within it. */
export interface InstallationKeys {
  /** Of the officers' sessions and of drafts. */
  sessionSecret: string
  /** Of the hospitals' links. */
  invitationKey: InvitationKey
  /** Of the receipts' 確認コード, and of what else a copy of the database must not tell. */
  receiptKey: Uint8Array
  /** Signs what is confirmed; null where nothing that counts is, as in a rehearsal. */
  signer: Signer | null
}

/**
 * The keys of a survey that is served, made where they are made by a start.
 * @param opened what the opening of the survey has brought along
 * @throws StartProblem where one cannot be read, or is not this survey's
 */
export function installationKeysOf(
  config: Config,
  opened: { receiptKey: Uint8Array; signingKeys: SigningKeyStore },
  now: () => Date,
): InstallationKeys & { signer: Signer } {
  const { receiptKey, signingKeys } = opened
  return {
    sessionSecret: sessionSecretOf(config),
    invitationKey: readableInvitationKey(config),
    receiptKey,
    signer: signerBeside(config, signingKeys, now),
  }
}

/** The hospitals' links are of it: without it the first of them would fail, and nobody would know why. */
function readableInvitationKey(config: Config): InvitationKey {
  const key = invitationKeyBeside(config)
  if (key.read().kind !== 'unreadable') return key
  throw new StartProblem(
    START_CODES['invitation-key'],
    `${installationFiles(config).invitationKey}：回答用リンクの鍵のファイルを読み取れません。所有者と権限を確認するか、バックアップから戻してください。`,
  )
}

/**
 * Of a survey whose keeping is over: no receipt, no link, no draft and no session is left that they would open. The
 * signing key stays, as what it signed is still looked at. What was once put aside of a -wal holds answers.
 */
export function forgetKeys(config: Pick<Config, 'databasePath'>): void {
  if (config.databasePath === ':memory:') return
  const { receiptKey, invitationKey, sessionSecret, walAside } = installationFiles(config)
  for (const path of [receiptKey, invitationKey, sessionSecret, walAside]) rmSync(path, { force: true })
}
