import { readConfig } from '../config.ts'
import type { OpenDatabase } from '../db/open.ts'
import { signingKeyStore } from '../db/signing-keys.ts'
import { openStores, type Stores } from '../db/stores.ts'
import { installationFiles } from '../installation.ts'
import { openSurvey, removeNew } from '../open-survey.ts'
import { signerBeside } from '../signing-key.ts'
import { isWrongPath, StartProblem } from '../start-problem.ts'
import { badInput, type CommandContext, failed } from './command.ts'

type Work<T> = (stores: Stores, opened: Pick<OpenDatabase, 'guardsTakenOff'>) => T | Promise<T>

/** Runs a command's work on the configured database and closes it whatever happens. */
export async function withStores<T>(
  context: CommandContext,
  work: Work<T>,
  { evenAfterPurge = false } = {},
): Promise<T> {
  const survey = openedFor(context, { mayCreate: false })
  try {
    return await worked(context, survey, work, { evenAfterPurge })
  } finally {
    survey.database.close()
  }
}

/** The same, for a command that may be the first: where there is no database it makes one, and says so. */
export async function withNewStores<T>(context: CommandContext, work: Work<T>): Promise<T> {
  const survey = openedFor(context, { mayCreate: true })
  const { database, isNew, path } = survey
  try {
    if (isNew) context.print(`データベース（${path}）がないため、新しく作成します。`)
    const done = await worked(context, survey, work)
    database.close()
    return done
  } catch (error) {
    database.close()
    // What was refused leaves nothing behind.
    if (isNew) removeNew(installationFiles({ databasePath: path }))
    throw error
  }
}

async function worked<T>(
  context: CommandContext,
  { database }: Pick<ReturnType<typeof openedFor>, 'database'>,
  work: Work<T>,
  { evenAfterPurge = false } = {},
): Promise<T> {
  const found = openStores(database.db, context.now)
  if (!evenAfterPurge) refuseAfterPurge(found)
  try {
    const signer = asProblemOf(() =>
      signerBeside(configOf(context), signingKeyStore(database.db), context.now),
    )
    return await work(openStores(database.db, context.now, signer), database)
  } finally {
    // After the work, which may be to look at the record as it was found.
    found.audit.guardsRestored(database.guardsTakenOff, context.now())
  }
}

function refuseAfterPurge({ purge }: Stores): void {
  if (purge.last())
    throw failed('この調査は、保存期間が満了し、回答などの記録を消去しました。ほかの操作はできません。')
}

/** For a command that needs the database without the key that signs. */
export function openedFor(context: CommandContext, rules: { mayCreate: boolean }) {
  const config = configOf(context)
  return asProblemOf(() => ({ ...openSurvey(config, rules), path: config.databasePath }))
}

function asProblemOf<T>(open: () => T): T {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error
    throw isWrongPath(error) ? badInput(error.message) : failed(error.message)
  }
}

export function configOf({ environment }: CommandContext) {
  try {
    return readConfig(environment)
  } catch (error) {
    throw badInput((error as Error).message.replace(/\n\s*/g, ' '))
  }
}
