import Database from 'better-sqlite3'
import { vi } from 'vitest'

/** The ways in which a statement is run, however long ago it was prepared. */
const RUNS = ['get', 'all', 'run', 'iterate'] as const

/** The statements that SQLite is asked to run by some work, in order. */
export async function statementsOf(work: () => unknown): Promise<string[]> {
  const ran: string[] = []
  const database = new Database(':memory:')
  const statements = Object.getPrototypeOf(database.prepare('SELECT 1')) as Database.Statement
  database.close()
  const spies = RUNS.map((name) => {
    const original = statements[name] as (...values: unknown[]) => unknown
    return vi.spyOn(statements, name).mockImplementation(function (
      this: Database.Statement,
      ...values: unknown[]
    ) {
      ran.push(this.source)
      return original.apply(this, values)
    } as never)
  })
  try {
    await work()
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  return ran
}
