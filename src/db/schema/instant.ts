import { integer } from 'drizzle-orm/sqlite-core'

/** Every instant is stored as UTC milliseconds. Nothing is deleted in use, only ended. */
export const instant = (name: string) => integer(name, { mode: 'timestamp_ms' })
