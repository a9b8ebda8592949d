import type { Config } from './config.ts'

/** The files of one survey, all beside each other: whoever moves a survey moves them all. */
export function installationFiles({ databasePath }: Pick<Config, 'databasePath'>) {
  return {
    database: databasePath,
    /** SQLite's own, while the database is open and after a kill. */
    wal: `${databasePath}-wal`,
    shm: `${databasePath}-shm`,
    /** What could be written into no file any more, for whoever looks for an answer (`db/open-file.ts`). */
    walAside: `${databasePath}-wal.aside`,
    /** Of the officers' sessions and of drafts. In no backup: whoever restores logs in again. */
    sessionSecret: `${databasePath}.session-secret`,
    /** Of the hospitals' own links. */
    invitationKey: `${databasePath}.invitation-key`,
    /** Of the receipts' 確認コード. */
    receiptKey: `${databasePath}.receipt-key`,
    /** By which the record is signed. */
    signingKey: `${databasePath}.signing-key`,
    /** Held open by every program that has the database open; exclusively by whoever replaces it. */
    lock: `${databasePath}.lock`,
    /** A folder with the files that are about to take the places of these: there from the decision until it is done. */
    restoring: `${databasePath}.restoring`,
  } as const
}
