import type { Db } from '../../src/db/open.ts'
import { overrides } from '../../src/db/schema.ts'

/** The prefecture's own decision about a hospital, as the store keeps it. */
export function addOverride(
  db: Db,
  hospitalCode: string,
  kind: 'designate' | 'exclude',
  reason: string,
): void {
  const createdAt = new Date('2024-03-10T00:00:00Z')
  db.insert(overrides).values({ hospitalCode, kind, reason, author: 'test', createdAt }).run()
}
