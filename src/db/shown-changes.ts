import type Database from 'better-sqlite3'

/**
 * What the pages are made of that everybody gets alike, and nothing that comes with an answer: however many hospitals are
 * answering, these stay. A test holds that no such page reads anything else.
 */
export const SHOWN_TABLES = [
  ...['settings', 'hospitals', 'notice_versions', 'question_lists', 'attachments', 'purges'],
  // How equal hospitals are ordered, in the rounds that there are.
  ...['policies', 'editions', 'edition_files', 'edition_settlings'],
  ...['lot_methods', 'lot_announcements', 'lot_draws', 'lot_corrections', 'lot_publications'],
] as const

/** How often a connection has changed them, and how often any of this process has. */
let changesAnywhere = 0
const changesIn = new WeakMap<Database.Database, { count: number }>()

/** Has the connection count its own changes of them from now on, row by row; nothing of it is in the file. */
export function countShownChanges(sqlite: Database.Database): void {
  const changes = { count: 0 }
  changesIn.set(sqlite, changes)
  sqlite.function('shown_changed', { directOnly: false }, () => {
    changes.count += 1
    changesAnywhere += 1
    return null
  })
  for (const table of SHOWN_TABLES)
    for (const event of ['INSERT', 'UPDATE', 'DELETE'])
      sqlite.exec(
        `CREATE TEMP TRIGGER shown_${table}_${event} AFTER ${event} ON main.${table} BEGIN SELECT shown_changed(); END`,
      )
}

/** How many there were. */
export function shownChanges(sqlite: Database.Database): number {
  return changesIn.get(sqlite)!.count
}

/** The same of all connections of this process together. */
export function shownChangesAnywhere(): number {
  return changesAnywhere
}
