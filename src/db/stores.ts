import { auditStore } from './audit.ts'
import { changeStamp } from './change-stamp.ts'
import { editionStore } from './editions.ts'
import { gmisStore } from './gmis.ts'
import { hospitalStore } from './hospitals.ts'
import { lateLinkStore } from './late-links.ts'
import type { Db } from './open.ts'
import { outboxStore } from './outbox.ts'
import { overrideStore } from './overrides.ts'
import { policyStore } from './policies.ts'
import { rankMoveStore } from './rank-moves.ts'
import { seatStore } from './seats.ts'
import { sessionTable } from './sessions.ts'
import { settingsStore } from './settings.ts'
import { staffStore } from './staff.ts'
import { submissionStore } from './submissions.ts'

export type Stores = ReturnType<typeof openStores>

/** Everything that is kept, one store a noun, over one open database. */
export function openStores(db: Db, now: () => Date) {
  return {
    audit: auditStore(db),
    changeStamp: changeStamp(db),
    editions: editionStore(db),
    gmis: gmisStore(db),
    hospitals: hospitalStore(db),
    lateLinks: lateLinkStore(db),
    outbox: outboxStore(db),
    overrides: overrideStore(db),
    policies: policyStore(db),
    rankMoves: rankMoveStore(db),
    seats: seatStore(db),
    sessions: sessionTable(db, now),
    settings: settingsStore(db),
    staff: staffStore(db),
    submissions: submissionStore(db),
  }
}
