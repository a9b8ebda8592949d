import { auditStore } from './audit.ts'
import { changeStamp } from './change-stamp.ts'
import { editionStore } from './editions.ts'
import { gmisStore } from './gmis.ts'
import { gmisMappingStore } from './gmis-mappings.ts'
import { gmisStageStore } from './gmis-stages.ts'
import { hospitalHistoryStore } from './hospital-changes.ts'
import { hospitalStore } from './hospitals.ts'
import { lateLinkStore } from './late-links.ts'
import { nextEditionMaker } from './next-edition.ts'
import type { Db } from './open.ts'
import { outboxStore } from './outbox.ts'
import { overrideStore } from './overrides.ts'
import { policyStore } from './policies.ts'
import { rankMoveStore } from './rank-moves.ts'
import { sessionTable } from './sessions.ts'
import { settingsStore } from './settings.ts'
import { staffStore } from './staff.ts'
import { submissionStore } from './submissions.ts'
import { supportedYearStore } from './supported-years.ts'

export type Stores = ReturnType<typeof openStores>

/** Everything that is kept, one store a noun, over one open database. */
export function openStores(db: Db, now: () => Date) {
  return {
    audit: auditStore(db),
    changeStamp: changeStamp(db),
    editions: editionStore(db),
    gmis: gmisStore(db),
    gmisMappings: gmisMappingStore(db),
    gmisStages: gmisStageStore(db),
    hospitalHistory: hospitalHistoryStore(db),
    hospitals: hospitalStore(db),
    lateLinks: lateLinkStore(db),
    nextEdition: nextEditionMaker(db),
    outbox: outboxStore(db),
    overrides: overrideStore(db),
    policies: policyStore(db),
    rankMoves: rankMoveStore(db),
    sessions: sessionTable(db, now),
    settings: settingsStore(db),
    staff: staffStore(db),
    submissions: submissionStore(db),
    supportedYears: supportedYearStore(db),
  }
}
