import type { Signer } from '../domain/text/ed25519.ts'
import { acceptanceStore } from './acceptance.ts'
import { answerMarkStore } from './answer-marks.ts'
import { answerNoteStore } from './answer-notes.ts'
import { approvalPaperStore } from './approval-papers.ts'
import { attachmentStore } from './attachments.ts'
import { auditStore } from './audit.ts'
import { backupStore } from './backups.ts'
import { changeStamp, shownStamp } from './change-stamp.ts'
import { contactStore } from './contacts.ts'
import { correctionStore } from './corrections.ts'
import { disclosureStore } from './disclosure.ts'
import { editionStore } from './editions.ts'
import { filingMappingStore } from './filing-mappings.ts'
import { gmisStore } from './gmis.ts'
import { gmisMappingStore } from './gmis-mappings.ts'
import { gmisStageStore } from './gmis-stages.ts'
import { hospitalActStore } from './hospital-acts.ts'
import { hospitalHistoryStore } from './hospital-changes.ts'
import { hospitalMatchStore } from './hospital-matches.ts'
import { hospitalStore } from './hospitals.ts'
import { invitationStore } from './invitations.ts'
import { knownPlaceStore } from './known-places.ts'
import { lateLinkStore } from './late-links.ts'
import { letterStore } from './letters.ts'
import { loginHistoryOf } from './login-history.ts'
import { loginTryStore } from './login-tries.ts'
import { lotStore } from './lots.ts'
import { messageTextStore } from './message-texts.ts'
import { nextEditionMaker } from './next-edition.ts'
import { noticeStore } from './notice.ts'
import { type Db, immediately } from './open.ts'
import { outboxStore } from './outbox.ts'
import { overrideStore } from './overrides.ts'
import { policyStore } from './policies.ts'
import { publicationStore } from './publications.ts'
import { purgeStore } from './purge.ts'
import { questionStore } from './questions.ts'
import { rankMoveStore } from './rank-moves.ts'
import { rehearsalStore } from './rehearsal.ts'
import { reminderStore } from './reminders.ts'
import { reportStore } from './reports.ts'
import { seatStore } from './seats.ts'
import { secondFactorStore } from './second-factors.ts'
import { sessionTable } from './sessions.ts'
import { settingsStore } from './settings.ts'
import { sharedCommits } from './shared-commits.ts'
import { signingKeyStore } from './signing-keys.ts'
import { staffStore } from './staff.ts'
import { stagedImportStore } from './staged-imports.ts'
import { submissionStore } from './submissions.ts'
import { supportedYearStore } from './supported-years.ts'
import { undeliveredStore } from './undelivered.ts'

export type Stores = ReturnType<typeof openStores>

/**
 * Everything that is kept, one store a noun, over one open database.
 * @param signer by which what is confirmed is signed; null where nothing that counts is
 */
export function openStores(db: Db, now: () => Date, signer: Signer | null = null) {
  return {
    attachments: attachmentStore(db),
    answerMarks: answerMarkStore(db),
    answerNotes: answerNoteStore(db),
    acceptance: acceptanceStore(db),
    approvalPapers: approvalPaperStore(db),
    audit: auditStore(db),
    backups: backupStore(db),
    changeStamp: changeStamp(db),
    corrections: correctionStore(db),
    contacts: contactStore(db),
    disclosure: disclosureStore(db),
    editions: editionStore(db),
    filingMappings: filingMappingStore(db),
    gmis: gmisStore(db),
    hospitalActs: hospitalActStore(db),
    gmisMappings: gmisMappingStore(db),
    gmisStages: gmisStageStore(db),
    hospitalHistory: hospitalHistoryStore(db),
    hospitalMatches: hospitalMatchStore(db),
    hospitals: hospitalStore(db),
    invitations: invitationStore(db),
    lateLinks: lateLinkStore(db),
    knownPlaces: knownPlaceStore(db),
    loginHistory: loginHistoryOf(db),
    loginTries: loginTryStore(db),
    notice: noticeStore(db),
    letters: letterStore(db),
    lots: lotStore(db),
    messageTexts: messageTextStore(db),
    nextEdition: nextEditionMaker(db),
    outbox: outboxStore(db),
    overrides: overrideStore(db),
    policies: policyStore(db),
    publications: publicationStore(db),
    questions: questionStore(db),
    purge: purgeStore(db),
    rankMoves: rankMoveStore(db),
    rehearsal: rehearsalStore(db),
    reports: reportStore(db),
    secondFactors: secondFactorStore(db),
    seats: seatStore(db),
    reminders: reminderStore(db),
    sessions: sessionTable(db, now),
    settings: settingsStore(db),
    shownStamp: shownStamp(db),
    signer,
    signingKeys: signingKeyStore(db),
    stagedImports: stagedImportStore(db),
    staff: staffStore(db),
    submissions: submissionStore(db),
    supportedYears: supportedYearStore(db),
    undelivered: undeliveredStore(db),
    /** An act with whatever else comes in at this moment: each by itself, with one wait for the disk. */
    withOthers: sharedCommits(db),
    /** Several of their acts as one: all of them are stored, or none. */
    together: <T>(acts: () => T): T => immediately(db, acts),
  }
}
