import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../../src/cli/run.ts'
import { openStores, type Stores } from '../../src/db/stores.ts'
import { openSurvey } from '../../src/open-survey.ts'
import { freshImage } from './database.ts'

/** Commands on a database file of their own, as a person types them. */
export function startCommands({
  now = '2024-03-11T01:00:00Z',
  /** What is there at first; null for no file. */
  image = freshImage() as Buffer | null,
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-test-'))
  const databasePath = join(folder, 'survey.db')
  if (image) writeFileSync(databasePath, image)

  let clock = now

  async function run(args: string[], stdin = '') {
    const out: string[] = []
    const errors: string[] = []
    const context = {
      environment: { DATABASE_PATH: databasePath, LOG_LEVEL: 'silent' },
      now: () => new Date(clock),
      print: (line: string) => void out.push(line),
      readStdin: async () => stdin,
    }
    const code = await runCommand(args, context, (line) => void errors.push(line))
    return { code, out: out.join('\n'), error: errors.join('\n'), errorLines: errors.length }
  }

  return {
    run,
    databasePath,
    /** What the clock shows from now on. */
    setNow(instant: string): void {
      clock = instant
    },
    file(name: string, content: string | Uint8Array): string {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    },
    /** Looks into the database between two commands. */
    stored<T>(look: (stores: Stores) => T): T {
      const { database } = openSurvey({ databasePath }, { mayCreate: false })
      try {
        return look(openStores(database.db, () => new Date(now)))
      } finally {
        database.close()
      }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
