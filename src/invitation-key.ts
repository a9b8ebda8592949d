import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Config } from './config.ts'
import type { InvitationKey } from './domain/survey/invitation.ts'

/**
 * The key of the hospitals' links: made once, at the first link, and kept beside the database, readable by its owner
 * only. It is in no database, so that a copy of one opens nothing; whoever moves a survey moves this file as well.
 */
export function invitationKeyBeside({ databasePath }: Pick<Config, 'databasePath'>): InvitationKey {
  return databasePath === ':memory:' ? keyInMemory() : keyInFile(`${databasePath}.invitation-key`)
}

function keyInFile(path: string): InvitationKey {
  return {
    read: () => readKey(path),
    create() {
      const key = randomBytes(SIZE)
      // Never over one that is there: the links that hospitals have are of that one.
      writeFileSync(path, `${key.toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true })
      return key
    },
  }
}

const SIZE = 32
/** 32 bytes in base64url. */
const WRITTEN = /^[\w-]{43}$/

function readKey(path: string): ReturnType<InvitationKey['read']> {
  try {
    const text = readFileSync(path, 'utf8').trim()
    if (!WRITTEN.test(text)) return { kind: 'unreadable' }
    return { kind: 'key', key: Buffer.from(text, 'base64url') }
  } catch (error) {
    return { kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable' }
  }
}

function keyInMemory(): InvitationKey {
  let key: Buffer | null = null
  return {
    read: () => (key === null ? { kind: 'missing' } : { kind: 'key', key }),
    create() {
      key = randomBytes(SIZE)
      return key
    },
  }
}
