import { asc } from 'drizzle-orm'
import { policyOfNextEdition } from '../domain/selection/next-edition.ts'
import { settingsOfNextEdition } from '../domain/survey/next-edition.ts'
import type { Act } from './acts.ts'
import { appendAudit, auditHead } from './audit.ts'
import { type Db, immediately, openDatabase, type Transaction } from './open.ts'
import { latestVersion } from './policy-versions.ts'
import * as schema from './schema.ts'

const { gmisMappings, hospitals, policies, settings, staff } = schema

/** How much of a survey its next edition begins with. */
export interface NextEditionCounts {
  hospitals: number
  staff: number
}

/**
 * A survey file for the next edition: settings, users, master and policy of this one, without its dates, answers and
 * lots. Its record begins anew, and says where it came from.
 */
export function nextEditionMaker(db: Db) {
  /** @param path of a file that does not exist yet, in a folder that does */
  return (path: string, { actor, at, file }: Act & { file: string }): NextEditionCounts => {
    const made = openDatabase(path)
    try {
      const counts = immediately(made.db, (tx) => copy(db, tx, { actor, at }))
      const detail = { ...counts }
      immediately(db, (tx) =>
        appendAudit(tx, { at, actor, action: 'next-edition.made', subject: file, detail }),
      )
      return counts
    } finally {
      made.close()
    }
  }
}

function copy(db: Db, tx: Transaction, { actor, at }: Act): NextEditionCounts {
  const stored = Object.fromEntries(
    db
      .select()
      .from(settings)
      .all()
      .map(({ key, value }) => [key, value]),
  )
  for (const [key, value] of Object.entries(settingsOfNextEdition(stored)))
    tx.insert(settings).values({ key, value }).run()
  const users = db.select().from(staff).orderBy(asc(staff.login)).all()
  for (const user of users) tx.insert(staff).values(user).run()
  const master = db.select().from(hospitals).orderBy(asc(hospitals.key)).all()
  for (const hospital of master) tx.insert(hospitals).values(hospital).run()
  const latest = latestVersion(db, null)
  if (latest) {
    const body = JSON.stringify(policyOfNextEdition(latest.policy))
    const note = '前の調査から引き継いだ選定基準'
    tx.insert(policies).values({ scenario: null, version: 1, body, note, author: actor, createdAt: at }).run()
  }
  const [mapping] = db.select().from(gmisMappings).orderBy(asc(gmisMappings.version)).all().slice(-1)
  if (mapping)
    tx.insert(gmisMappings)
      .values({ ...mapping, version: 1 })
      .run()
  const counts = { hospitals: master.length, staff: users.length }
  const { count, head } = auditHead(db)
  const detail = { ...counts, fiscalYear: stored.fiscalYear ?? null, record: { count, head } }
  appendAudit(tx, { at, actor, action: 'survey.begun', subject: stored.title ?? '', detail })
  return counts
}
