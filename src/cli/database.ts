import { readConfig } from '../config.ts'
import { openStores, type Stores } from '../db/stores.ts'
import { openWithReceiptKey } from '../receipt-key.ts'
import { badInput, type CommandContext } from './command.ts'

/** Runs a command's work on the configured database and closes it whatever happens. */
export async function withStores<T>(
  context: CommandContext,
  work: (stores: Stores) => T | Promise<T>,
): Promise<T> {
  const { database } = openWithReceiptKey(configOf(context))
  try {
    return await work(openStores(database.db, context.now))
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
