import { readConfig } from '../config.ts'
import type { OpenDatabase } from '../db/open.ts'
import { signingKeyStore } from '../db/signing-keys.ts'
import { openStores, type Stores } from '../db/stores.ts'
import { openWithReceiptKey } from '../receipt-key.ts'
import { signerBeside } from '../signing-key.ts'
import { badInput, type CommandContext } from './command.ts'

/** Runs a command's work on the configured database and closes it whatever happens. */
export async function withStores<T>(
  context: CommandContext,
  work: (stores: Stores, opened: Pick<OpenDatabase, 'guardsTakenOff'>) => T | Promise<T>,
): Promise<T> {
  const config = configOf(context)
  const { database } = openWithReceiptKey(config)
  try {
    const signer = signerBeside(config, signingKeyStore(database.db), context.now)
    return await work(openStores(database.db, context.now, signer), database)
  } finally {
    // After the work, which may be to look at the record as it was found.
    openStores(database.db, context.now).audit.guardsRestored(database.guardsTakenOff, context.now())
    database.close()
  }
}

export function configOf({ environment }: CommandContext) {
  try {
    return readConfig(environment)
  } catch (error) {
    throw badInput((error as Error).message.replace(/\n\s*/g, ' '))
  }
}
