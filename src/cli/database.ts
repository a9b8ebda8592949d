import { readConfig } from '../config.ts'
import { openStores, type Stores } from '../db/stores.ts'
import { openWithReceiptKey } from '../receipt-key.ts'
import { signerBeside } from '../signing-key.ts'
import { badInput, type CommandContext } from './command.ts'

/** Runs a command's work on the configured database and closes it whatever happens. */
export async function withStores<T>(
  context: CommandContext,
  work: (stores: Stores) => T | Promise<T>,
): Promise<T> {
  const config = configOf(context)
  const { database } = openWithReceiptKey(config)
  try {
    const { signingKeys, audit } = openStores(database.db, context.now)
    const signer = signerBeside(config, signingKeys, context.now)
    audit.guardsRestored(database.guardsTakenOff, context.now())
    return await work(openStores(database.db, context.now, signer))
  } finally {
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
