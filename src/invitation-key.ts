import type { Config } from './config.ts'
import type { InvitationKey } from './domain/survey/invitation.ts'
import { installationFiles } from './installation.ts'
import { createKeyFile, newKey, readKeyFile } from './key-file.ts'

/**
 * The key of the hospitals' links: made once, at the first link, and kept beside the database, readable by its owner
 * only. It is in no database, so that a copy of one opens nothing; whoever moves a survey moves this file as well.
 */
export function invitationKeyBeside(config: Pick<Config, 'databasePath'>): InvitationKey {
  if (config.databasePath === ':memory:') return keyInMemory()
  const { invitationKey: path } = installationFiles(config)
  // Never over one that is there: the links that hospitals have are of that one.
  return { read: () => readKeyFile(path), create: () => createKeyFile(path) }
}

function keyInMemory(): InvitationKey {
  let key: Uint8Array | null = null
  return {
    read: () => (key === null ? { kind: 'missing' } : { kind: 'key', key }),
    create() {
      key = newKey()
      return key
    },
  }
}
