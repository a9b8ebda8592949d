import { answerMarkStore } from './answer-marks.ts'
import { answerNoteStore } from './answer-notes.ts'
import { auditStore } from './audit.ts'
import { changeStamp } from './change-stamp.ts'
import { contactStore } from './contacts.ts'
import { editionStore } from './editions.ts'
import { gmisStore } from './gmis.ts'
import { gmisMappingStore } from './gmis-mappings.ts'
import { gmisStageStore } from './gmis-stages.ts'
import { hospitalStore } from './hospitals.ts'
import { invitationStore } from './invitations.ts'
import { lateLinkStore } from './late-links.ts'
import { messageTextStore } from './message-texts.ts'
import type { Db } from './open.ts'
import { outboxStore } from './outbox.ts'
import { overrideStore } from './overrides.ts'
import { policyStore } from './policies.ts'
import { rankMoveStore } from './rank-moves.ts'
import { reminderStore } from './reminders.ts'
import { sessionTable } from './sessions.ts'
import { settingsStore } from './settings.ts'
import { staffStore } from './staff.ts'
import { submissionStore } from './submissions.ts'

export type Stores = ReturnType<typeof openStores>

/** Everything that is kept, one store a noun, over one open database. */
export function openStores(db: Db, now: () => Date) {
  return {
    answerMarks: answerMarkStore(db),
    answerNotes: answerNoteStore(db),
    audit: auditStore(db),
    changeStamp: changeStamp(db),
    contacts: contactStore(db),
    editions: editionStore(db),
    gmis: gmisStore(db),
    gmisMappings: gmisMappingStore(db),
    gmisStages: gmisStageStore(db),
    hospitals: hospitalStore(db),
    invitations: invitationStore(db),
    lateLinks: lateLinkStore(db),
    messageTexts: messageTextStore(db),
    outbox: outboxStore(db),
    overrides: overrideStore(db),
    policies: policyStore(db),
    rankMoves: rankMoveStore(db),
    reminders: reminderStore(db),
    sessions: sessionTable(db, now),
    settings: settingsStore(db),
    staff: staffStore(db),
    submissions: submissionStore(db),
  }
}
